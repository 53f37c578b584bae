"""How many sit on a seat at once, and for whom it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.boards.memberships.rules import (
    check_places,
    check_seat,
    claims_more,
    most_at_once,
    other_terms,
    term,
)
from services.boards.tenures.rules import Term
from services.contracts.boards.memberships import Membership, NewMembership
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.seats import Seat
from services.kit.problems import Conflict, Invalid

FIRST = date(2024, 1, 1)
DAYS = 40


def a_seat(rule: dict[str, Any], **more: Any) -> Seat:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    stored = {"id": UUID(int=1), "revision": 1, "created_at": now, "changed_at": now}
    told = {"key": "sitz", "body": "beirat", "name": {"de": "Sitz"}, "rule": rule}
    return Seat.model_validate({**stored, **told, **more})


def a_member(**more: Any) -> NewMembership:
    told = {"person": "p-1", "body": "beirat", "voting": True, "starts_on": FIRST}
    return NewMembership.model_validate({**told, **more})


@st.composite
def terms(draw: st.DrawFn) -> Term:
    start = draw(st.integers(0, DAYS - 1))
    length = draw(st.none() | st.integers(0, DAYS - 1 - start))
    begins = FIRST + timedelta(days=start)
    return begins, None if length is None else begins + timedelta(days=length)


def holds(term: Term, day: date) -> bool:
    return term[0] <= day and (term[1] is None or day <= term[1])


@given(st.lists(terms(), max_size=8), terms())
def test_most_at_once_is_what_counting_day_by_day_finds(taken: list[Term], within: Term) -> None:
    days = (FIRST + timedelta(days=n) for n in range(DAYS))
    counted = [sum(holds(term, day) for term in taken) for day in days if holds(within, day)]
    assert most_at_once(taken, within) == max(counted, default=0)


@given(st.lists(terms(), max_size=8), terms(), st.integers(1, 4))
def test_a_seat_never_gets_more_holders_than_places(
    taken: list[Term], new: Term, count: int
) -> None:
    seat = a_seat({"kind": "exactly", "organisation": "verband", "count": count})
    if most_at_once(taken, new) >= count:
        with pytest.raises(Conflict) as refused:
            check_places(seat, new, taken)
        assert refused.value.faults[0].pointer == "/seat"
    else:
        check_places(seat, new, taken)
        assert most_at_once([*taken, new], new) <= count


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "open", "minimum": 0, "maximum": None},
        {"kind": "one_per", "organisation_kind": "council_group"},
    ],
)
def test_a_seat_without_a_known_number_of_places_is_never_full(rule: dict[str, Any]) -> None:
    check_places(a_seat(rule), (FIRST, None), [(FIRST, None)] * 50)


@pytest.mark.parametrize(
    ("rule", "member", "sender", "pointer"),
    [
        ({"kind": "open"}, {"body": "anderer"}, None, "/seat"),
        (
            {"kind": "exactly", "organisation": "awo"},
            {"on_behalf_of": "uni"},
            None,
            "/on_behalf_of",
        ),
        ({"kind": "one_per", "organisation_kind": "council_group"}, {}, None, "/on_behalf_of"),
        (
            {"kind": "one_per", "organisation_kind": "council_group"},
            {"on_behalf_of": "uni"},
            OrganisationKind.science,
            "/on_behalf_of",
        ),
        (
            {"kind": "category", "organisation_kind": "business"},
            {"on_behalf_of": "uni"},
            OrganisationKind.science,
            "/on_behalf_of",
        ),
        (
            {"kind": "ex_officio", "office": {"de": "Leitung"}, "organisation": "amt"},
            {"on_behalf_of": "uni"},
            None,
            "/on_behalf_of",
        ),
    ],
)
def test_whom_the_seat_is_not_for_does_not_get_it(
    rule: dict[str, Any],
    member: dict[str, Any],
    sender: OrganisationKind | None,
    pointer: str,
) -> None:
    with pytest.raises(Invalid) as refused:
        check_seat(a_member(**member), a_seat(rule), sender)
    assert refused.value.faults[0].pointer == pointer


@pytest.mark.parametrize(
    ("rule", "member", "sender"),
    [
        ({"kind": "exactly", "organisation": "awo"}, {}, None),
        ({"kind": "exactly", "organisation": "awo"}, {"on_behalf_of": "awo"}, None),
        ({"kind": "ex_officio", "office": {"de": "Leitung"}}, {"on_behalf_of": "uni"}, None),
        ({"kind": "ex_officio", "office": {"de": "Leitung"}, "organisation": "amt"}, {}, None),
        (
            {"kind": "one_per", "organisation_kind": "council_group"},
            {"on_behalf_of": "fraktion-a"},
            OrganisationKind.council_group,
        ),
        ({"kind": "category", "organisation_kind": "science"}, {}, None),
        (
            {"kind": "category", "label": {"de": "Politik"}},
            {"on_behalf_of": "fraktion-a"},
            OrganisationKind.council_group,
        ),
    ],
)
def test_whom_the_seat_is_for_gets_it(
    rule: dict[str, Any], member: dict[str, Any], sender: OrganisationKind | None
) -> None:
    check_seat(a_member(**member), a_seat(rule), sender)


@pytest.mark.parametrize(
    ("change", "more"),
    [
        ({}, False),
        ({"ends_on": "2024-06-30"}, False),
        ({"starts_on": "2024-02-01"}, False),
        ({"voting": False}, False),
        ({"visibility": "public"}, False),
        ({"ends_on": None}, True),
        ({"ends_on": "2025-01-01"}, True),
        ({"term_ends_on": "2024-06-30"}, False),
        ({"starts_on": "2023-12-31"}, True),
        ({"seat": "anderer"}, True),
        ({"seat": None}, True),
        ({"role": "chair"}, True),
        ({"on_behalf_of": "uni"}, True),
    ],
)
def test_what_a_member_has_is_not_asked_for_again(change: dict[str, Any], more: bool) -> None:
    old = {"seat": "sitz", "ends_on": "2024-12-31"}
    assert claims_more(a_member(**old), a_member(**{**old, **change})) == more


def test_a_vote_is_asked_for_although_nothing_else_changes() -> None:
    silent = a_member(voting=False)
    assert claims_more(silent, a_member())
    assert not claims_more(a_member(), silent)


def test_who_holds_a_seat_has_its_whole_term_and_who_only_steps_in_has_none() -> None:
    seat = a_seat({"kind": "open"}, term_months=60)
    whole = date(2028, 12, 31)
    assert term(a_member(), seat) == whole
    assert term(a_member(role="substitute"), seat) is None
    said = date(2026, 6, 30)
    for role in ("member", "substitute"):
        assert term(a_member(role=role, term_ends_on=said), seat) == said
    assert term(a_member(), None) is None


def test_a_seat_without_vote_gives_none() -> None:
    with pytest.raises(Invalid) as refused:
        check_seat(a_member(), a_seat({"kind": "open"}, voting=False), None)
    assert refused.value.faults[0].pointer == "/voting"


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ({}, {}, []),
        ({}, {"on_behalf_of": "universitaet"}, [("2024-01-01", None)] * 2),  # may step in elsewhere
        ({}, {"visibility": "administration"}, []),
        ({}, {"starts_on": "2024-03-01"}, [("2024-01-01", "2024-03-01")]),
        ({}, {"starts_on": "2023-03-01"}, [("2023-03-01", "2024-01-01")]),
        ({}, {"ends_on": "2024-06-30"}, [("2024-06-30", None)]),
        (
            {"ends_on": "2024-12-31"},
            {"ends_on": "2024-06-30"},
            [("2024-06-30", "2024-12-31")],
        ),
        ({"ends_on": "2024-12-31"}, {"voting": False}, [("2024-01-01", "2024-12-31")] * 2),
        ({"term_ends_on": "2024-12-31"}, {"term_ends_on": None}, [("2024-12-31", None)]),
    ],
)
def test_only_days_on_which_another_may_have_been_a_member_are_looked_at(
    before: dict[str, Any], after: dict[str, Any], days: list[tuple[str, str | None]]
) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    stored = {"id": UUID(int=1), "revision": 1, "created_at": now, "changed_at": now, "key": "m-1"}
    stored |= {"term_ends_on": None, "visibility": "public"}
    old, new = (
        Membership.model_validate({**a_member().model_dump(), **stored, **before, **more})
        for more in ({}, after)
    )
    found = [(str(first), last and str(last)) for first, last in other_terms(old, new)]
    assert found == days
