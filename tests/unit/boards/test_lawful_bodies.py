"""Whatever seats a body has: what is lawful stays so, and each change is told as what it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.boards.composition.rules import findings, legal_size, voters
from services.boards.rosters.rules import Roster
from services.boards.seats.rules import filling
from services.boards.violations.words import told as for_reader
from services.contracts.boards.composition import SeatState
from services.contracts.boards.memberships import Membership
from services.contracts.boards.seats import Seat, places
from tests.unit.boards.rosters import (
    OFFICER,
    ON,
    ORGANISATIONS,
    PER_GROUP,
    a_member,
    a_roster,
    a_seat,
    everything,
    exactly,
    lawful,
    told,
)

KINDS = sorted({kind for kind, _ in ORGANISATIONS.values()})
rules = st.one_of(
    st.builds(exactly, st.sampled_from(sorted(ORGANISATIONS)), st.integers(1, 3)),
    st.just(PER_GROUP),
    st.just(OFFICER),
    st.builds(
        lambda kind, minimum: {"kind": "category", "organisation_kind": kind, "minimum": minimum},
        st.sampled_from(KINDS),
        st.integers(1, 3),
    ),
    st.builds(lambda minimum: {"kind": "open", "minimum": minimum}, st.integers(0, 3)),
)
flags = st.fixed_dictionaries(
    {
        "voting": st.booleans(),
        "carry_over": st.booleans(),
        "term_months": st.sampled_from([None, 60]),
    }
)


@st.composite
def bodies(draw: st.DrawFn) -> list[Seat]:
    drawn = draw(st.lists(st.tuples(rules, flags), min_size=1, max_size=5))
    return [a_seat(f"sitz-{n}", rule, **more) for n, (rule, more) in enumerate(drawn)]


@st.composite
def filled(draw: st.DrawFn) -> tuple[list[Seat], list[Membership], Membership]:
    """A body lawfully filled with as few as may be, and one of its members."""
    seats = draw(bodies().filter(lambda seats: bool(lawful(seats))))
    members = lawful(seats)
    return seats, members, draw(st.sampled_from(members))


def complete(roster: Roster, on: date = ON) -> bool:
    day = roster.on(on)
    return all(filling(day, seat).state == SeatState.filled for seat in day.seats)


def without(members: Sequence[Membership], one: Membership) -> list[Membership]:
    return [member for member in members if member is not one]


def changed(members: Sequence[Membership], one: Membership, **more: Any) -> list[Membership]:
    return [m.model_copy(update=more) if m is one else m for m in members]


@settings(deadline=None)
@given(bodies())
def test_a_body_that_is_filled_as_its_seats_say_is_lawful(seats: list[Seat]) -> None:
    roster = a_roster(seats, lawful(seats))
    assert told(roster) == []
    assert complete(roster)


@settings(deadline=None)
@given(filled())
def test_without_any_one_member_a_seat_is_vacant_and_nothing_else_is_wrong(
    body: tuple[list[Seat], list[Membership], Membership],
) -> None:
    seats, members, one = body
    roster = a_roster(seats, without(members, one))
    assert not complete(roster)
    (finding,) = findings(roster.on(ON))
    assert (finding.code, finding.seat, finding.count) == ("vacant", one.seat, 1)
    assert finding.organisation in (one.on_behalf_of, None)


@settings(deadline=None)
@given(filled())
def test_one_member_more_is_too_many_where_the_places_are_counted(
    body: tuple[list[Seat], list[Membership], Membership],
) -> None:
    seats, members, one = body
    seat = next(seat for seat in seats if seat.key == one.seat)
    more = one.model_copy(update={"key": "m-more", "person": "p-more"})
    found = findings(a_roster(seats, [*members, more]).on(ON))
    counted = places(seat.rule) is not None or seat.rule.kind == "one_per"
    assert [(f.code, f.seat, f.count) for f in found] == (
        [("overfilled", seat.key, 1)] if counted else []
    )


@settings(deadline=None)
@given(filled(), st.integers(1, 400))
def test_a_term_that_is_over_is_told_and_leaves_a_place_only_where_nothing_carries_over(
    body: tuple[list[Seat], list[Membership], Membership], days: int
) -> None:
    seats, members, one = body
    seat = next(seat for seat in seats if seat.key == one.seat)
    over = ON - timedelta(days=days)
    roster = a_roster(seats, changed(members, one, term_ends_on=over))
    (finding,) = findings(roster.on(ON))
    expected = "carried_over" if seat.carry_over else "lapsed"
    assert (finding.code, finding.since) == (expected, over + timedelta(days=1))
    assert complete(roster) == seat.carry_over
    assert (one.key in {voter.membership for voter in voters(roster.on(ON))}) == seat.carry_over


@settings(deadline=None)
@given(filled(), st.integers(1, 400), st.integers(0, 400))
def test_a_successor_sets_everything_right(
    body: tuple[list[Seat], list[Membership], Membership], days: int, later: int
) -> None:
    seats, members, one = body
    over = ON - timedelta(days=days)
    new = {
        "key": "m-new",
        "person": "p-new",
        "starts_on": min(ON, over + timedelta(days=1 + later)),
    }
    followed = [*changed(members, one, term_ends_on=over), one.model_copy(update=new)]
    roster = a_roster(seats, followed)
    assert told(roster) == []
    assert complete(roster)
    assert "m-new" in {voter.membership for voter in voters(roster.on(ON))}
    assert one.key not in {voter.membership for voter in voters(roster.on(ON))}


@settings(deadline=None)
@given(filled(), st.randoms())
def test_the_order_of_what_is_stored_says_nothing(
    body: tuple[list[Seat], list[Membership], Membership], random: Any
) -> None:
    seats, members, one = body
    rest = without(members, one)
    before = told(a_roster(seats, rest))
    random.shuffle(seats)
    random.shuffle(rest)
    assert sorted(told(a_roster(seats, rest)), key=str) == sorted(before, key=str)


@settings(deadline=None)
@given(filled(), st.integers(0, 2))
def test_nobody_votes_twice_for_themselves_or_without_a_place(
    body: tuple[list[Seat], list[Membership], Membership], more: int
) -> None:
    seats, members, one = body
    again = [one.model_copy(update={"key": f"m-again-{n}", "seat": None}) for n in range(more)]
    pool = [
        a_member("s-1", role="substitute"),
        a_member("s-2", role="substitute", person=one.person),
    ]
    found = voters(a_roster(seats, [*members, *again, *pool]).on(ON))
    people = [voter.person for voter in found]
    assert sorted(people) == sorted({member.person for member in members})
    substitutes = {voter.membership: voter.substitutes for voter in found}
    assert substitutes[one.key] == ("s-1",)
    advising = {seat.key for seat in seats if not seat.voting}
    assert not any(voter.voting for voter in found if voter.seat in advising)


@settings(deadline=None)
@given(filled())
def test_the_legal_size_does_not_depend_on_who_is_missing(
    body: tuple[list[Seat], list[Membership], Membership],
) -> None:
    seats, members, one = body
    full = legal_size(a_roster(seats, members).on(ON))
    assert full == (len(members), sum(member.voting for member in members))
    assert legal_size(a_roster(seats, without(members, one)).on(ON)) == full
    assert legal_size(a_roster(seats).on(ON)) == full


@settings(deadline=None)
@given(filled())
def test_every_finding_can_be_said(
    body: tuple[list[Seat], list[Membership], Membership],
) -> None:
    seats, members, one = body
    broken = changed(members, one, term_ends_on=ON - timedelta(days=1), on_behalf_of="kammer")
    roster = a_roster([seat.model_copy(update={"voting": False}) for seat in seats], broken)
    for finding in findings(roster.on(ON)):
        violation = for_reader(finding, roster, everything(roster))
        assert violation is not None
        assert all(text.endswith(".") and "{" not in text for text in violation.text.values())
