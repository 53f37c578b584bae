"""Who votes, who steps in, and how many there are by rule."""

from typing import Any

import pytest

from services.boards.composition.rules import Voter, legal_size, voters
from services.boards.rosters.rules import Roster
from tests.unit.boards.rosters import (
    OFFICER,
    ON,
    PER_GROUP,
    SCIENCE,
    a_member,
    a_roster,
    a_rule,
    a_seat,
    exactly,
)


def by_membership(roster: Roster) -> dict[str, Voter]:
    return {voter.membership: voter for voter in voters(roster.on(ON))}


def test_personal_substitutes_step_in_by_rank_then_the_pool_of_the_seat_then_of_the_body() -> None:
    found = by_membership(
        a_roster(
            [a_seat("verband", exactly("awo", 2)), a_seat("leitung", OFFICER, voting=False)],
            [
                a_member("m-1", "verband"),
                a_member("m-2", "verband"),
                a_member("m-3", "leitung"),
                a_member("s-1", role="substitute"),
                a_member("s-2", "verband", role="substitute", rank=2),
                a_member("s-3", "verband", role="substitute", rank=1),
                a_member("s-4", role="substitute", substitute_for="m-1", rank=2),
                a_member("s-5", role="substitute", substitute_for="m-1", rank=1),
                a_member("s-6", role="substitute", ends_on="2025-12-31"),
                a_member("s-7", role="substitute", starts_on="2026-02-01"),
            ],
        )
    )
    assert found["m-1"].substitutes == ("s-5", "s-4", "s-3", "s-2", "s-1")
    assert found["m-2"].substitutes == ("s-3", "s-2", "s-1")
    assert found["m-3"].substitutes == ("s-1",)
    assert [found[key].voting for key in ("m-1", "m-3")] == [True, False]


def test_of_a_council_group_only_its_own_people_step_in() -> None:
    """A group that sends a substitute keeps its own place, and takes no other group's."""
    pool = {"role": "substitute"}
    found = by_membership(
        a_roster(
            [a_seat("fraktionen", PER_GROUP), a_seat("verband", exactly("awo"))],
            [
                a_member("m-1", "fraktionen", "fraktion-a"),
                a_member("m-2", "fraktionen", "fraktion-b"),
                a_member("m-3", "verband"),
                a_member("s-1", "fraktionen", "fraktion-a", **pool),
                a_member("s-2", None, "fraktion-b", **pool),
                a_member("s-3", **pool),
                a_member("s-4", None, "fraktion-a", substitute_for="m-2", **pool),
            ],
        )
    )
    assert found["m-1"].substitutes == ("s-1", "s-3")
    assert found["m-2"].substitutes == ("s-4", "s-2", "s-3")
    assert found["m-3"].substitutes == ("s-2", "s-3")


@pytest.mark.parametrize(("last", "stands_by"), [("2026-01-15", True), ("2026-01-14", False)])
def test_a_substitute_steps_in_up_to_the_last_day(last: str, stands_by: bool) -> None:
    for ends in ("ends_on", "term_ends_on"):
        pool = a_member("s-1", role="substitute", **{ends: last})
        roster = a_roster([a_seat("sitz", exactly("awo"))], [a_member("m-1", "sitz"), pool])
        assert bool(by_membership(roster)["m-1"].substitutes) == stands_by


def test_nobody_steps_in_for_themselves() -> None:
    pool = a_member("s-1", role="substitute", person="p-m-1")
    found = by_membership(
        a_roster([a_seat("sitz", exactly("awo"))], [a_member("m-1", "sitz"), pool])
    )
    assert found["m-1"].substitutes == ()


def test_a_substitute_is_carried_over_with_the_seat() -> None:
    substitute = a_member("s-1", "sitz", role="substitute", term_ends_on="2025-12-31")
    personal = a_member("s-2", role="substitute", substitute_for="m-1", term_ends_on="2025-12-31")
    pool = a_member("s-3", role="substitute", term_ends_on="2025-12-31")
    for carry_over, expected in ((True, ("s-2", "s-1")), (False, ())):
        seat = a_seat("sitz", exactly("awo"), carry_over=carry_over)
        member = a_member("m-1", "sitz", term_ends_on=None if not carry_over else "2025-12-31")
        found = by_membership(a_roster([seat], [member, substitute, personal, pool]))
        assert found["m-1"].substitutes == expected


def test_who_is_carried_over_votes_and_whose_term_has_lapsed_does_not() -> None:
    over = {"term_ends_on": "2025-12-31"}
    seats = [a_seat("bleibt", exactly("awo"), carry_over=True), a_seat("endet", exactly("uni"))]
    members = [a_member("m-1", "bleibt", **over), a_member("m-2", "endet", **over)]
    assert list(by_membership(a_roster(seats, members))) == ["m-1"]


def test_a_group_that_has_ended_has_no_vote() -> None:
    seats = [a_seat("fraktionen", PER_GROUP)]
    members = [a_member(f"m-{n}", "fraktionen", f"fraktion-{n}") for n in "ab"]
    roster = a_roster(seats, members, ended={"fraktion-a": {"ends_on": "2025-12-31"}})
    assert list(by_membership(roster)) == ["m-b"]


def test_a_person_has_one_vote_and_chairs_from_the_own_seat() -> None:
    seats = [a_seat("fraktionen", PER_GROUP), a_seat("leitung", OFFICER, chair=True)]
    members = [
        a_member("m-1", "fraktionen", "fraktion-a", person="p-1"),
        a_member("m-2", role="chair", person="p-1"),
        a_member("m-3", role="chair", person="p-3"),
        a_member("m-4", "leitung"),
    ]
    found = by_membership(a_roster(seats, members))
    assert {key: voter.chair for key, voter in found.items()} == {
        "m-4": True,
        "m-1": True,
        "m-3": True,
    }


def test_a_body_that_has_ended_has_no_voters() -> None:
    roster = a_roster(
        [a_seat("sitz", exactly("awo"))], [a_member("m-1", "sitz")], ends_on="2025-12-31"
    )
    assert voters(roster.on(ON)) == []
    assert legal_size(roster.on(ON)) == (0, 0)


@pytest.mark.parametrize(
    ("rule", "held", "size"),
    [
        (exactly("awo", 2), 0, 2),
        (exactly("awo", 2), 3, 2),
        (PER_GROUP, 0, 3),
        (OFFICER, 0, 1),
        (SCIENCE, 0, 1),
        (SCIENCE, 2, 2),
        (SCIENCE, 5, 2),
        ({"kind": "open"}, 0, 0),
        ({"kind": "open"}, 7, 7),
    ],
)
def test_a_seat_counts_as_its_rule_says_filled_or_not(
    rule: dict[str, Any], held: int, size: int
) -> None:
    members = [a_member(f"m-{n}", "sitz") for n in range(held)]
    assert legal_size(a_roster([a_seat("sitz", rule)], members).on(ON)) == (size, size)
    advising = a_roster([a_seat("sitz", rule, voting=False)], members)
    assert legal_size(advising.on(ON)) == (size, 0)


def test_members_without_a_seat_count_as_they_are() -> None:
    members = [a_member("m-1"), a_member("m-2", voting=False), a_member("s-1", role="substitute")]
    assert legal_size(a_roster([], members).on(ON)) == (2, 1)


def test_a_rule_that_fixes_the_size_stands_above_the_seats() -> None:
    seats = [a_seat("sitz", {"kind": "open"})]
    rules = [
        a_rule("alle", {"kind": "size", "minimum": 15, "maximum": 15}),
        a_rule("stimmen", {"kind": "size", "minimum": 9, "maximum": 9, "voting_only": True}),
        a_rule("frueher", {"kind": "size", "minimum": 1, "maximum": 1}, ends_on="2025-12-31"),
    ]
    assert legal_size(a_roster(seats, rules=rules).on(ON)) == (15, 9)
