"""How a meeting goes on: pure functions."""

from collections.abc import Mapping
from datetime import date

from services.contracts.boards.meetings import MeetingState as State
from services.kit.problems import Conflict, Invalid

_NEXT: Mapping[State, frozenset[State]] = {
    State.planned: frozenset({State.invited, State.postponed, State.cancelled}),
    State.invited: frozenset({State.running, State.held, State.postponed, State.cancelled}),
    State.running: frozenset({State.held}),
    State.held: frozenset(),
    State.postponed: frozenset({State.planned, State.cancelled}),
    State.cancelled: frozenset({State.planned}),
}
"""A meeting can be put off before it runs, and entered as held when it is over."""

OFF = (State.postponed, State.cancelled)
"""States of a meeting that does not take place when it says."""


def check_new(state: State) -> None:
    """Refuse a new meeting in any state but planned."""
    if state != State.planned:
        raise Invalid("A new meeting is planned.", pointer="/state", code="not-planned")


def may_become(now: State, then: State) -> bool:
    """Can a meeting in state `now` come to state `then` in one step?"""
    return then in _NEXT[now]


def check_step(now: State, then: State) -> None:
    """Refuse a state that does not follow; staying is no step."""
    if now != then and not may_become(now, then):
        raise Conflict(
            f"A {now} meeting cannot become {then}.", pointer="/state", code="no-such-step"
        )


def check_come(then: State, meets_on: date, today: date) -> None:
    """Refuse that a meeting runs or was held before its day: what is decided there would be decided
    on a day that nobody has seen."""
    if may_have_results(then) and today < meets_on:
        raise Conflict(
            f"The meeting is on {meets_on}, which is still to come.",
            pointer="/state",
            code="too-early",
        )


def check_day(now: State, before: date, after: date) -> None:
    """Refuse another day once people were invited: that is another meeting, or a postponed one."""
    if before != after and now in (State.invited, State.running, State.held):
        raise Conflict(
            f"The meeting is {now}; to move it to another day, postpone it and invite anew.",
            pointer="/starts_at",
            code="invited",
        )


def is_off(state: State) -> bool:
    """Is the meeting put off or called off?"""
    return state in OFF


def check_invitation(state: State) -> None:
    """Refuse to invite to a meeting that has begun, is put off or is called off."""
    if state not in (State.planned, State.invited):
        raise Conflict(
            f"The meeting is {state}; plan it first.", pointer="/state", code="not-planned"
        )


def may_have_results(state: State) -> bool:
    """Has anything been said yet?"""
    return state in (State.running, State.held)


def check_begun(state: State) -> None:
    """Refuse what can only happen at the meeting before it has begun."""
    if not may_have_results(state):
        raise Conflict(
            f"The meeting is {state}; open it first.", pointer="/meeting", code="too-early"
        )
