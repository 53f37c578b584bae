"""How a meeting goes on."""

import itertools
from datetime import date

import pytest

from services.boards.agendas.rules import check_result, check_urgent, visibility
from services.boards.meetings.rules import check_come, check_day, check_new, check_step, may_become
from services.contracts.boards.meetings import MeetingState as State
from services.contracts.boards.meetings import NewAgendaItem
from services.contracts.shared.base import Visibility
from services.kit.problems import Conflict, Invalid

STEPS = {
    ("planned", "invited"),
    ("planned", "postponed"),
    ("planned", "cancelled"),
    ("invited", "running"),
    ("invited", "held"),
    ("invited", "postponed"),
    ("invited", "cancelled"),
    ("running", "held"),
    ("postponed", "planned"),
    ("postponed", "cancelled"),
    ("cancelled", "planned"),
}


@pytest.mark.parametrize(("now", "then"), list(itertools.product(State, State)))
def test_only_these_steps_are_taken(now: State, then: State) -> None:
    assert may_become(now, then) == ((now.value, then.value) in STEPS)
    if now == then or may_become(now, then):
        check_step(now, then)
    else:
        with pytest.raises(Conflict):
            check_step(now, then)


@pytest.mark.parametrize("state", list(State))
def test_a_new_meeting_is_planned(state: State) -> None:
    if state == State.planned:
        check_new(state)
    else:
        with pytest.raises(Invalid):
            check_new(state)


@pytest.mark.parametrize("state", list(State))
def test_who_is_invited_to_one_day_is_not_moved_to_another(state: State) -> None:
    check_day(state, date(2026, 3, 12), date(2026, 3, 12))
    if state in (State.invited, State.running, State.held):
        with pytest.raises(Conflict):
            check_day(state, date(2026, 3, 12), date(2026, 3, 13))
    else:
        check_day(state, date(2026, 3, 12), date(2026, 3, 13))


@pytest.mark.parametrize("state", list(State))
def test_no_meeting_runs_before_its_day(state: State) -> None:
    meets_on = date(2026, 3, 12)
    for today in (meets_on, date(2026, 3, 13)):
        check_come(state, meets_on, today)
    if state in (State.running, State.held):
        with pytest.raises(Conflict):
            check_come(state, meets_on, date(2026, 3, 11))
    else:
        check_come(state, meets_on, date(2026, 3, 11))


@pytest.mark.parametrize("state", list(State))
def test_after_the_invitation_an_item_comes_only_as_urgent(state: State) -> None:
    late = state not in (State.planned, State.postponed)
    usual = NewAgendaItem(number="1", title={"de": "Begrüßung"})
    urgent = usual.model_copy(update={"urgent": True})
    check_urgent(urgent if late else usual, state)
    with pytest.raises(Conflict):
        check_urgent(usual if late else urgent, state)


@pytest.mark.parametrize("state", list(State))
def test_there_is_no_result_before_the_meeting(state: State) -> None:
    silent = NewAgendaItem(number="1", title={"de": "Begrüßung"})
    check_result(silent, state)
    decided = silent.model_copy(update={"result": {"de": "Einstimmig"}})
    if state in (State.running, State.held):
        check_result(decided, state)
    else:
        with pytest.raises(Conflict):
            check_result(decided, state)


@pytest.mark.parametrize("usually_public", [True, False])
def test_the_closed_part_is_not_for_the_public(usually_public: bool) -> None:
    item = NewAgendaItem(number="2", title={"de": "Personal"})
    for public, expected in (
        (True, Visibility.public),
        (False, Visibility.administration),
        (None, Visibility.public if usually_public else Visibility.administration),
    ):
        said = item.model_copy(update={"public": public})
        assert visibility(said, usually_public=usually_public) == expected
