"""How a task goes on: pure functions."""

from collections.abc import Mapping
from datetime import date

from services.contracts.boards.implementations import ImplementationState as State
from services.contracts.boards.resolutions import ResolutionState
from services.kit.problems import Conflict, Invalid

_NEXT: Mapping[State, frozenset[State]] = {
    State.open: frozenset({State.open, State.in_progress, State.done, State.dropped}),
    State.in_progress: frozenset({State.in_progress, State.done, State.dropped}),
    State.done: frozenset({State.in_progress}),
    State.dropped: frozenset({State.in_progress}),
}
"""A task can be taken up again; what is reported without a step leaves it where it is."""


def check_step(now: State, then: State) -> None:
    """Refuse a report of a state that does not follow."""
    if then not in _NEXT[now]:
        raise Conflict(
            f"A task that is {now} cannot become {then}.", pointer="/state", code="no-such-step"
        )


def check_day(reported_on: date, since: date, today: date) -> None:
    """Refuse a report from before the last step, or from a day to come."""
    if not since <= reported_on <= today:
        raise Invalid(
            f"It is reported between {since} and {today}.", pointer="/reported_on", code="day"
        )


def check_resolution(state: ResolutionState) -> None:
    """Refuse a task from a resolution that does not hold."""
    if state != ResolutionState.valid:
        raise Conflict(
            f"The resolution is {state}; nothing follows from it.",
            pointer="/resolution",
            code="not-valid",
        )


def overdue(due_on: date | None, state: State, today: date, *, holds: bool) -> bool:
    """Should it have been done before today? Not when its resolution no longer `holds`."""
    late = due_on is not None and due_on < today
    return holds and late and state in (State.open, State.in_progress)
