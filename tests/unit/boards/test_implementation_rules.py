"""How a task of a resolution goes on."""

import itertools
from datetime import date, timedelta

import pytest

from services.boards.implementations.rules import check_day, check_resolution, check_step, overdue
from services.contracts.boards.implementations import ImplementationState as State
from services.contracts.boards.resolutions import ResolutionState
from services.kit.problems import Conflict, Invalid

STEPS = {
    ("open", "open"),
    ("open", "in_progress"),
    ("open", "done"),
    ("open", "dropped"),
    ("in_progress", "in_progress"),
    ("in_progress", "done"),
    ("in_progress", "dropped"),
    ("done", "in_progress"),
    ("dropped", "in_progress"),
}
DAY = date(2026, 4, 15)
ONE = timedelta(days=1)


@pytest.mark.parametrize(("now", "then"), list(itertools.product(State, State)))
def test_only_these_steps_are_reported(now: State, then: State) -> None:
    if (now.value, then.value) in STEPS:
        check_step(now, then)
    else:
        with pytest.raises(Conflict):
            check_step(now, then)


def test_it_is_reported_from_the_last_step_until_today() -> None:
    since, today = DAY, DAY + 2 * ONE
    for reported_on in (since, DAY + ONE, today):
        check_day(reported_on, since, today)
    for reported_on in (since - ONE, today + ONE):
        with pytest.raises(Invalid):
            check_day(reported_on, since, today)


@pytest.mark.parametrize("state", list(ResolutionState))
def test_only_what_holds_is_carried_out(state: ResolutionState) -> None:
    if state == ResolutionState.valid:
        check_resolution(state)
    else:
        with pytest.raises(Conflict):
            check_resolution(state)


@pytest.mark.parametrize("state", list(State))
def test_it_is_overdue_from_the_day_after_while_somebody_owes_it(state: State) -> None:
    left = state in (State.open, State.in_progress)
    assert overdue(DAY, state, DAY + ONE, holds=True) is left
    assert not overdue(DAY, state, DAY + ONE, holds=False)
    assert not overdue(DAY, state, DAY, holds=True)
    assert not overdue(None, state, DAY, holds=True)
