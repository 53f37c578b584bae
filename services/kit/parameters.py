"""Query parameters of a request: known to the operation, and there once.

A misspelt filter would otherwise answer another question than the one that was asked.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from fastapi.dependencies.models import Dependant
from starlette.requests import Request

from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid


def known_of(dependant: Dependant) -> Iterator[str]:
    """The query parameters that an operation declares."""
    yield from (field.alias for field in dependant.query_params)
    for part in dependant.dependencies:
        yield from known_of(part)


def refuse_unknown(unknown: Collection[str], known: Collection[str]) -> None:
    """Refuse (422) parameters that are not known, and say which are."""
    if not unknown:
        return
    takes = f"it takes {', '.join(sorted(known))}" if known else "it takes none"
    detail = f"This address does not know the parameter; {takes}."
    raise Invalid(
        "A query parameter is not known here.",
        faults=[
            Fault(parameter=name[:100], code="unknown_parameter", detail=detail)
            for name in sorted(unknown)
        ],
    )


def refuse_repeated(request: Request) -> None:
    """Refuse (422) a parameter that is there twice: the last would win. Lists have commas."""
    counted = Counter(name for name, _ in request.query_params.multi_items())
    if repeated := [name for name, times in counted.items() if times > 1]:
        detail = "The parameter is there more than once; a list is separated by commas."
        raise Invalid(
            "A query parameter is repeated.",
            faults=[
                Fault(parameter=name[:100], code="repeated_parameter", detail=detail)
                for name in sorted(repeated)
            ],
        )
