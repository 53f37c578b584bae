"""How long somebody has a seat: terms, carrying over, successors."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.boards.tenures.rules import Tenure, months_later, tenures
from services.contracts.boards.composition import TermState
from services.contracts.boards.memberships import NewMembership
from services.contracts.boards.seats import NewSeat

OPEN = {"kind": "open"}
PER_GROUP = {"kind": "one_per", "organisation_kind": "council_group"}
FIRST = date(2024, 1, 1)
DAYS = 60


def a_seat(rule: dict[str, Any] = OPEN, **more: Any) -> NewSeat:
    told = {"key": "sitz", "body": "beirat", "name": {"de": "Sitz"}, "rule": rule}
    return NewSeat.model_validate({**told, **more})


def a_member(key: str, starts_on: str, term: str | None = None, **more: Any) -> NewMembership:
    told = {"key": f"m-{key}", "person": f"p-{key}", "body": "beirat", "voting": True}
    days = {"starts_on": starts_on, "term_ends_on": term}
    return NewMembership.model_validate({**told, **days, **more})


def standings(found: list[Tenure[NewMembership]], on: str) -> dict[str, TermState | None]:
    day = date.fromisoformat(on)
    return {str(one.member.key).removeprefix("m-"): one.standing(day) for one in found}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-07-01", 60, "2029-07-01"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2024-05-05", 0, "2024-05-05"),
        ("9999-06-30", 12, "9999-12-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(
    day: str, months: int, expected: str
) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_a_term_that_is_over_lapses_where_nothing_carries_over() -> None:
    (one,) = tenures([a_member("a", "2019-07-01")], a_seat(term_months=60))
    assert one.term_ends_on == one.until == date(2024, 6, 30)
    assert one.standing(date(2019, 6, 30)) is None
    assert one.standing(date(2024, 6, 30)) == TermState.in_term
    assert one.standing(date(2024, 7, 1)) == TermState.lapsed
    assert not one.holds(date(2024, 7, 1))


def test_a_seat_that_carries_over_keeps_its_holder_until_a_successor_begins() -> None:
    seat = a_seat(term_months=60, carry_over=True)
    held = [a_member("a", "2019-07-01"), a_member("b", "2024-10-01")]
    found = list(tenures(held, seat))
    assert standings(found, "2024-06-30") == {"a": TermState.in_term, "b": None}
    assert standings(found, "2024-09-30") == {"a": TermState.carried_over, "b": None}
    assert standings(found, "2024-10-01") == {"a": None, "b": TermState.in_term}
    assert found[0].until == date(2024, 9, 30)


def test_who_has_left_is_not_carried_over() -> None:
    gone = a_member("a", "2019-07-01", "2024-06-30", ends_on="2024-08-31")
    (one,) = tenures([gone], a_seat(carry_over=True))
    assert one.standing(date(2024, 8, 31)) == TermState.carried_over
    assert one.standing(date(2024, 9, 1)) is None


def test_who_follows_takes_the_place_of_the_own_organisation_first() -> None:
    seat = a_seat(carry_over=True)
    held = [
        a_member("a", "2019-07-01", "2024-06-29", on_behalf_of="awo"),
        a_member("b", "2019-07-01", "2024-06-30", on_behalf_of="caritas"),
        a_member("c", "2024-07-01", on_behalf_of="caritas"),
    ]
    found = list(tenures(held, seat))
    assert standings(found, "2024-07-01") == {
        "a": TermState.carried_over,
        "b": None,
        "c": TermState.in_term,
    }


def test_whoever_follows_somebody_who_left_leaves_the_carried_over_where_they_are() -> None:
    held = [
        a_member("a", "2019-07-01", ends_on="2024-05-31"),
        a_member("b", "2019-07-01", "2024-06-30"),
        a_member("c", "2024-07-01"),
    ]
    found = list(tenures(held, a_seat(carry_over=True)))
    assert standings(found, "2024-07-01")["b"] == TermState.carried_over


def test_whoever_finds_every_place_taken_follows_somebody_who_is_carried_over() -> None:
    rule = {"kind": "exactly", "organisation": "awo", "count": 2}
    held = [
        a_member("a", "2019-07-01", ends_on="2024-05-31"),
        a_member("b", "2019-07-01", "2024-06-30"),
        a_member("c", "2024-06-01"),
        a_member("d", "2024-07-01"),
    ]
    expected = {
        "a": None,
        "b": None,
        "c": TermState.in_term,
        "d": TermState.in_term,
    }
    assert standings(list(tenures(held, a_seat(rule, carry_over=True))), "2024-07-01") == expected
    one = {"kind": "exactly", "organisation": "awo", "count": 1}
    late = [a_member("a", "2024-01-01", ends_on="2024-06-29"), *held[1:2], held[3]]
    found = standings(list(tenures(late, a_seat(one, carry_over=True))), "2024-07-01")
    assert found == {"a": None, "b": None, "d": TermState.in_term}


def test_one_council_group_does_not_follow_another() -> None:
    held = [
        a_member("a", "2019-07-01", "2024-06-30", on_behalf_of="fraktion-a"),
        a_member("b", "2024-07-01", on_behalf_of="fraktion-b"),
    ]
    found = list(tenures(held, a_seat(PER_GROUP, carry_over=True)))
    assert standings(found, "2024-07-01")["a"] == TermState.carried_over


def test_of_a_group_one_has_a_place_and_who_follows_ends_what_was_carried_over() -> None:
    a, b = {"on_behalf_of": "fraktion-a"}, {"on_behalf_of": "fraktion-b"}
    held = [
        a_member("a", "2019-07-01", "2024-06-30", **a),
        a_member("b", "2019-07-01", "2024-06-30", **b),
        a_member("left", "2019-07-01", ends_on="2024-05-31", **a),
        a_member("next", "2024-07-01", **a),
    ]
    found = list(tenures(held, a_seat(PER_GROUP, carry_over=True)))
    assert standings(found, "2024-07-01") == {
        "a": None,
        "b": TermState.carried_over,
        "left": None,
        "next": TermState.in_term,
    }


def test_somebody_without_a_seat_has_a_term_but_no_successor() -> None:
    held = [a_member("a", "2019-07-01", "2024-06-30"), a_member("b", "2024-07-01")]
    found = list(tenures(held, None))
    assert standings(found, "2024-07-01") == {"a": TermState.lapsed, "b": TermState.in_term}


def test_substitutes_and_guests_hold_nothing() -> None:
    held = [
        a_member("a", "2024-01-01", role=role, voting=False) for role in ("substitute", "guest")
    ]
    assert tenures(held, a_seat()) == []


@st.composite
def memberships(draw: st.DrawFn) -> NewMembership:
    start = draw(st.integers(0, DAYS - 1))
    lengths = [draw(st.none() | st.integers(0, 20)) for _ in range(2)]
    begins = FIRST + timedelta(days=start)
    term, ends = (None if n is None else begins + timedelta(days=n) for n in lengths)
    key = str(draw(st.integers(0, 10**6)))
    owner = draw(st.sampled_from(["awo", "caritas"]))
    return a_member(
        key, str(begins), term and str(term), ends_on=ends and str(ends), on_behalf_of=owner
    )


seats = st.builds(a_seat, rule=st.sampled_from([OPEN, PER_GROUP]), carry_over=st.booleans())


@given(st.lists(memberships(), max_size=6), seats)
def test_whether_somebody_holds_a_seat_is_whether_the_day_is_between_first_and_last(
    held: list[NewMembership], seat: NewSeat
) -> None:
    for one in tenures(held, seat):
        for number in range(DAYS + 30):
            day = FIRST + timedelta(days=number)
            between = one.member.starts_on <= day and (one.until is None or day <= one.until)
            assert one.holds(day) == between


@given(st.lists(memberships(), max_size=6), seats, memberships())
def test_what_is_entered_for_a_later_day_changes_nothing_before_it(
    held: list[NewMembership], seat: NewSeat, later: NewMembership
) -> None:
    start = max([one.starts_on for one in held], default=FIRST) + timedelta(days=1)
    late = later.model_copy(update={"starts_on": start, "term_ends_on": None, "ends_on": None})
    before, after = tenures(held, seat), tenures([*held, late], seat)
    for number in range((start - FIRST).days):
        day = FIRST + timedelta(days=number)
        assert [one.standing(day) for one in before] == [one.standing(day) for one in after[:-1]]


@given(st.lists(memberships(), max_size=6), seats)
def test_nobody_holds_longer_where_nothing_carries_over(
    held: list[NewMembership], seat: NewSeat
) -> None:
    longer = tenures(held, seat.model_copy(update={"carry_over": True}))
    shorter = tenures(held, seat.model_copy(update={"carry_over": False}))
    for one, other in zip(longer, shorter, strict=True):
        assert one.until is None or (other.until is not None and other.until <= one.until)
