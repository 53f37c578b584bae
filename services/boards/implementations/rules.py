"""How a task goes on: pure functions."""

from collections.abc import Mapping
from datetime import date

from services.contracts.boards.implementations import ImplementationState as State
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


def overdue(due_on: date | None, state: State, today: date) -> bool:
    """Should it have been done before today?"""
    return due_on is not None and due_on < today and state in (State.open, State.in_progress)
