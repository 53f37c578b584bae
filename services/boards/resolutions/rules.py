"""What a resolution must say and who may take it: pure functions."""

from collections.abc import Collection, Sequence

from services.contracts.boards.bodies import BodyKind
from services.contracts.boards.implementations import ImplementationState
from services.contracts.boards.resolutions import (
    ImplementationStand,
    NewResponse,
    ResolutionKind,
)
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid

OPEN = frozenset({ImplementationState.open, ImplementationState.in_progress})


def check_kind(kind: ResolutionKind, body: BodyKind) -> None:
    """Refuse that another body than the council (Stadtrat, Kreistag) legitimises a strategy."""
    if kind == ResolutionKind.legitimation and body != BodyKind.council:
        raise Invalid(
            "A strategy is legitimised by the council alone.", pointer="/kind", code="not-a-council"
        )


def check_responses(
    responses: Sequence[NewResponse], given: Collection[str], known: Collection[str]
) -> None:
    """Refuse an answer to what is no recommendation, and silence on one given on the same paper.

    `given` are the valid recommendations on the paper, `known` those that can be answered at all.
    """
    faults = [
        Fault(
            pointer=f"/responses/{place}/recommendation",
            code="unknown",
            detail="There is no such recommendation.",
        )
        for place, one in enumerate(responses)
        if one.recommendation not in known
    ]
    silent = sorted(set(given) - {one.recommendation for one in responses})
    if silent:
        detail = f"Say what becomes of the recommendations given on the paper: {', '.join(silent)}."
        faults.append(Fault(pointer="/responses", code="unanswered", detail=detail))
    if faults:
        raise Invalid("Recommendations are answered one by one.", faults=faults)


def series(year: int) -> str:
    """The series of numbers a resolution of this year belongs to."""
    return f"B-{{number}}/{year}"


def stand(states: Collection[str], *, overdue: bool) -> ImplementationStand:
    """How far a resolution is carried out, by its tasks."""
    if not states:
        return ImplementationStand.none
    if overdue:
        return ImplementationStand.overdue
    return ImplementationStand.open if OPEN & set(states) else ImplementationStand.done
