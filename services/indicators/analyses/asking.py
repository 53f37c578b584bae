"""Query parameters that maps and charts have in common."""

from typing import Annotated

from fastapi import Query

from services.contracts.shared.base import Key
from services.indicators.analyses.trends import MOST_PERIODS
from services.indicators.observations import filters
from services.indicators.periods import PeriodRefused, parse_period
from services.kit.problems import Invalid

Level = Annotated[
    Key | None,
    Query(
        description="Level of the areas; if not given, the one with most areas that has figures."
    ),
]
Within = Annotated[Key | None, Query(description="Only areas below this one, at any depth.")]
PeriodAsked = Annotated[
    str | None,
    Query(
        description="`2024`, `2024-Q1`, `2024-12-31`; the latest if not given.",
        max_length=20,
    ),
]
Breakdown = Annotated[
    str | None,
    Query(description="One, such as `GES:GESM`; the total if not given.", max_length=400),
]
AsOf = Annotated[
    int | None, Query(ge=1, le=2**31 - 1, description="As the figures stood with this release.")
]
Periods = Annotated[
    int, Query(ge=1, le=MOST_PERIODS, description="How many periods trends look back.")
]


def period(text: str | None) -> str | None:
    """The period in the form in which it is stored; refuses what is none."""
    try:
        return None if text is None else parse_period(text).text
    except PeriodRefused as refused:
        raise Invalid(str(refused), parameter="period", code="period") from None


def breakdown(text: str | None) -> str:
    """The one breakdown that is asked for."""
    found = filters.breakdowns(text or "")
    if len(found) > 1:
        raise _several()
    return found[0]


def _several() -> Invalid:
    return Invalid("Ask for one breakdown at a time.", parameter="breakdown", code="several")
