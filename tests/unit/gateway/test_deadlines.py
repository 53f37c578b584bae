"""Which deadlines are asked for, and how they stand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.gateway.deadlines import DeadlineState
from services.contracts.shared.access import Actor
from services.contracts.shared.deadlines import SOURCE_OF, DeadlineKind, Due, DueList, Source
from services.gateway.deadlines import rules
from services.gateway.deadlines.rules import Question
from services.kit.deadlines import phrase
from services.kit.problems import Invalid

TODAY = date(2026, 3, 1)
DAYS = st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=500))


def due(on: date, number: int = 0, *, done: bool = False) -> Due:
    return Due(
        id=f"meeting/m-{number}",
        kind=DeadlineKind.meeting,
        on=on,
        title={"de": "Sitzung"},
        what=f"meeting:m-{number}",
        path=f"meetings/m-{number}",
        responsible=["body:stadtrat"],
        done=done,
        clause=None,
        reason=None,
        starts_at=None,
        revision=1,
        changed_at=None,
    )


@given(on=DAYS, done=st.booleans(), soon=st.integers(0, 60), state=st.sampled_from(DeadlineState))
def test_what_is_asked_for_by_state_is_what_has_the_state(
    on: date, done: bool, soon: int, state: DeadlineState
) -> None:
    everything = rules.wanted(Question(TODAY, soon))
    in_state = rules.wanted(Question(TODAY, soon, state=state))
    one = due(on, done=done)
    has_it = rules.state(on, TODAY, soon, done=done) is state
    assert in_state.takes(one) == (everything.takes(one) and has_it)


@given(on=DAYS, done=st.booleans(), first=st.none() | DAYS)
def test_without_a_first_day_the_past_is_what_is_overdue(
    on: date, done: bool, first: date | None
) -> None:
    taken = rules.wanted(Question(TODAY, 14, first=first)).takes(due(on, done=done))
    end = max(first or TODAY, TODAY) + rules.YEAR
    begins = first if first is not None else (TODAY if done else date.min)
    assert taken == (begins <= on <= end)


@given(
    days=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=20),
    limit=st.integers(1, 6),
)
def test_pages_of_several_lists_hold_everything_once(
    days: list[tuple[int, int]], limit: int
) -> None:
    lists: list[list[Due]] = [[], [], []]
    for number, (where, day) in enumerate(days):
        lists[where].append(due(TODAY + timedelta(days=day), number))
    for one in lists:
        one.sort(key=rules.position)
    seen: list[Due] = []
    question = Question(TODAY, 14, limit=limit)
    while True:
        wanted = rules.wanted(question)
        answers = []
        for one in lists:
            left = [each for each in one if wanted.takes(each)]
            answers.append(DueList(items=left[:limit], more=len(left) > limit))
        items, more = rules.merged(answers, limit)
        seen += items
        if not more:
            break
        question = rules.at(question, rules.position(items[-1]), limit)
    assert seen == sorted((each for one in lists for each in one), key=rules.position)


def test_every_kind_belongs_to_one_service() -> None:
    asked = Question(TODAY, 14)
    assert set(SOURCE_OF) == set(DeadlineKind)
    parts = [asked.kinds_of(source) for source in Source]
    assert sum(map(len, parts)) == len(DeadlineKind)
    assert asked.kinds_of(Source.indicators) == {DeadlineKind.delivery}


def test_me_is_the_account_and_whom_a_machine_delivers_for() -> None:
    machine = Actor(subject="key:1", kind="machine", roles=frozenset(), supplier="jenarbeit")
    assert rules.parties("me, body:stadtrat", machine) == {
        "account:key:1",
        "organisation:jenarbeit",
        "body:stadtrat",
    }
    with pytest.raises(Invalid):
        rules.parties("person:max", machine)


def test_a_line_keeps_within_its_length_and_falls_back_to_german() -> None:
    made = phrase({"de": "{a}: {b}", "en": "{a} - {b}"}, a={"de": "Rat", "en": "Council"}, b="x\ny")
    assert made == {"de": "Rat: x y", "en": "Council - x y"}
    assert len(phrase({"de": "{a}"}, a="ab " * 200)["de"]) == 300


def test_a_deadline_is_soon_to_the_last_day_and_overdue_from_the_day_after() -> None:
    ahead = (-1, 0, 14, 15)
    stand = [rules.state(TODAY + timedelta(n), TODAY, 14, done=False) for n in ahead]
    assert stand == ["overdue", "due_soon", "due_soon", "open"]
    late = rules.wanted(Question(TODAY, 14, state=DeadlineState.overdue))
    assert late.open_to == TODAY - timedelta(1)


def test_nobody_asks_for_more_than_five_years() -> None:
    last = TODAY + rules.LONGEST
    assert rules.wanted(Question(TODAY, 14, first=TODAY, last=last)).open_to == last
    for first, end in ((TODAY, last + timedelta(1)), (TODAY, TODAY - timedelta(1))):
        with pytest.raises(Invalid) as refused:
            rules.wanted(Question(TODAY, 14, first=first, last=end))
        assert [fault.parameter for fault in refused.value.faults] == ["to"]
