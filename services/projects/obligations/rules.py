"""How obligations stand when facts change, and who is reminded when: pure functions."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from services.contracts.projects.obligations import (
    LEAD_DAYS,
    ObligationKind,
    ObligationState,
    Reminder,
)
from services.kit.problems import Conflict
from services.projects.duties.duty import Duty

OVERDUE = 0
_SUBSTITUTE_FROM = 3
BY_FACTS = (
    ObligationKind.spending,
    ObligationKind.onward_proof,
    ObligationKind.onward_repayment,
    ObligationKind.repayment,
    ObligationKind.retention,
)
"""What is done when payments or proofs are entered or the time is over, not by saying so."""
SAID = (ObligationState.done, ObligationState.waived)


def key_of(grant: str, origin: str) -> str:
    """The key of what follows from a grant: the same for the same origin, for good."""
    return f"pflicht-{sha256(f'{grant}/{origin}'.encode()).hexdigest()[:16]}"


def state_after(state: ObligationState, duty: Duty | None) -> ObligationState:
    """How an obligation stands when facts have changed.

    What a person said stays, but what money or a proof fulfils is done when they are there. What
    nothing demands any more is dropped, and open again when it is demanded again.
    """
    if duty is not None and duty.kind in BY_FACTS and state is not ObligationState.waived:
        return ObligationState.done if duty.fulfilled_on else ObligationState.open
    if state in SAID:
        return state
    return ObligationState.dropped if duty is None else ObligationState.open


def anew(
    state: ObligationState,
    event_on: date | None,
    raw_due: date | None,
    done_on: date | None,
    duty: Duty,
) -> bool:
    """Is what a person said over, because the same is demanded for another time? A condition with
    another day; and what was done before the event that it follows from now (a period that was
    made longer after its proof)."""
    if state not in SAID:
        return False
    if duty.kind is ObligationKind.condition:
        return duty.raw_due != raw_due
    moved = duty.event_on is not None and duty.event_on != event_on
    return moved and done_on is not None and duty.event_on is not None and duty.event_on > done_on


def lead(due: date, today: date, reminders: Iterable[Reminder]) -> int | None:
    """For which lead time somebody is to be told today; None when nobody is.

    Of several that were missed only the shortest is told; each is told once for the same day.
    """
    left = (due - today).days
    reached = (
        OVERDUE if left < 0 else min((days for days in LEAD_DAYS if left <= days), default=None)
    )
    if reached is None:
        return None
    told = [reminder.lead for reminder in reminders if reminder.due_on == due]
    return reached if min(told, default=LEAD_DAYS[0] + 1) > reached else None


def told(lead: int, responsible: str | None, substitute: str | None) -> list[str]:
    """Who is reminded: the responsible; the substitute as well when it is urgent, or alone when
    nobody is responsible."""
    both = lead <= _SUBSTITUTE_FROM or responsible is None
    return [who for who in (responsible, substitute if both else None) if who is not None]


def check_open(state: ObligationState) -> None:
    """Refuse (409) a step that only something open can take."""
    if state is not ObligationState.open:
        raise Conflict(f"It is {state}.", pointer="/state", code="transition")


def check_sayable(kind: ObligationKind) -> None:
    """Refuse (409) to say that something is done which payments or proofs do."""
    if kind in BY_FACTS:
        text = "It is done as soon as the payment or the proof is entered, or its time is over."
        raise Conflict(text, pointer="/kind", code="by_facts")


def check_own(kind: ObligationKind) -> None:
    """Refuse (409) to change by hand what follows from a notice or a rule."""
    if kind is not ObligationKind.other:
        text = "It follows from a notice or a rule; change that."
        raise Conflict(text, pointer="/kind", code="derived")
