"""What a resolution must say and who may take it: pure functions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from services.contracts.boards.bodies import BodyKind
from services.contracts.boards.implementations import ImplementationState
from services.contracts.boards.resolutions import (
    Ended,
    EndingKind,
    ImplementationStand,
    NewEnding,
    NewResolution,
    NewResponse,
    ResolutionKind,
    ResolutionState,
    ResponseKind,
)
from services.contracts.boards.votes import VoteOutcome
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid

NUMBERS = "B-{number}/{year}"
"""How resolutions are numbered where the body does not say otherwise."""
OPEN = frozenset({ImplementationState.open, ImplementationState.in_progress})


class Task(NamedTuple):
    """How far a task is, and whether its day is over."""

    state: str
    late: bool


class Deciding(NamedTuple):
    """Who decides, and when."""

    body: str
    kind: BodyKind
    decided_on: date


class Decided(NamedTuple):
    """Who decided, when, and whether it holds."""

    body: str
    decided_on: date
    valid: bool


def rests_on(kind: ResolutionKind) -> VoteOutcome:
    """How a vote went that carries a resolution of the kind."""
    return VoteOutcome.rejected if kind == ResolutionKind.refusal else VoteOutcome.adopted


def check_refusal(new: NewResolution) -> None:
    """Refuse that a body, turning a matter down, follows advice to it or ends what it decided."""
    if new.kind != ResolutionKind.refusal:
        return
    faults = [
        Fault(
            pointer=f"/responses/{place}/kind",
            code="refused",
            detail="The matter was turned down; the recommendation is not followed.",
        )
        for place, one in enumerate(new.responses)
        if one.kind != ResponseKind.rejects
    ]
    if new.ends:
        detail = "What was turned down ends nothing."
        faults.append(Fault(pointer="/ends", code="refused", detail=detail))
    if faults:
        raise Invalid("A refusal changes nothing but the matter it refuses.", faults=faults)


def check_kind(kind: ResolutionKind, body: BodyKind) -> None:
    """Refuse that another body than the council (Stadtrat, Kreistag) legitimises a strategy."""
    if kind == ResolutionKind.legitimation and body != BodyKind.council:
        raise Invalid(
            "A strategy is legitimised by the council alone.", pointer="/kind", code="not-a-council"
        )


def check_power(power: str | None) -> None:
    """Refuse the legitimation of a strategy by a council without this power on the day."""
    if power is None:
        raise Conflict(
            "The council had no power to legitimise strategies on that day; enter it first.",
            pointer="/strategy",
            code="no-power",
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


def check_ends(
    ends: Sequence[NewEnding], on: Deciding, found: Mapping[str, Decided], ended: Collection[str]
) -> None:
    """Refuse to end what is not there, not one's own, void, later, or `ended` already.

    A body repeals and replaces what it decided itself; the council what anybody decided.
    """
    faults = [
        Fault(pointer=f"/ends/{place}/{field}", code=code, detail=detail)
        for place, one in enumerate(ends)
        for field, code, detail in _objections(one, on, found.get(one.resolution), ended)
    ]
    if faults:
        raise Invalid("Not each of these resolutions can be ended by it.", faults=faults)


def _objections(
    one: NewEnding, on: Deciding, earlier: Decided | None, ended: Collection[str]
) -> Iterable[tuple[str, str, str]]:
    if earlier is None:
        yield "resolution", "unknown", "There is no such resolution."
        return
    if earlier.body != on.body and on.kind != BodyKind.council:
        yield "resolution", "other-body", "Another body took it."
    if not earlier.valid or one.resolution in ended:
        yield "resolution", "not-valid", "It is void or ended already."
    if earlier.decided_on > on.decided_on:
        yield "resolution", "later", "It was taken later."
    elif one.ends_from is not None and one.ends_from < earlier.decided_on:
        yield "ends_from", "before-it", "It was not taken yet."


def state(*, valid: bool, ended: Ended | None, today: date) -> ResolutionState:
    """Whether a resolution holds today."""
    if not valid:
        return ResolutionState.void
    if ended is None or today < ended.ends_from:
        return ResolutionState.valid
    repealed = ended.kind == EndingKind.repeals
    return ResolutionState.repealed if repealed else ResolutionState.replaced


def stand(tasks: Sequence[Task], *, holds: bool) -> ImplementationStand:
    """How far a resolution is carried out, by its tasks; one that no longer holds asks for none."""
    left = [task for task in tasks if task.state in OPEN]
    if tasks and not left:
        return ImplementationStand.done
    if not left or not holds:
        return ImplementationStand.none
    late = any(task.late for task in left)
    return ImplementationStand.overdue if late else ImplementationStand.open
