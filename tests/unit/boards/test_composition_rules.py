"""Is a seat filled as its rule says?"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.boards.composition.rules import fill, legal_size, state, voters
from services.contracts.boards.composition import SeatState
from services.contracts.boards.memberships import Membership
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.seats import Category, Exactly, ExOfficio, OnePer, Open, Rule, Seat

GROUPS = ("fraktion-a", "fraktion-b", "fraktion-c")
PER_GROUP = OnePer(kind="one_per", organisation_kind=OrganisationKind.council_group)
TWO = Exactly(kind="exactly", organisation="verband", count=2)
OFFICER = ExOfficio(
    kind="ex_officio", office={"de": "Gleichstellungsbeauftragte"}, organisation="stadt"
)
SCIENCE = Category(
    kind="category", organisation_kind=OrganisationKind.science, minimum=1, maximum=2
)
FIRST = date(2024, 1, 1)
NOW = datetime(2024, 1, 1, tzinfo=UTC)
STORED = {"id": UUID(int=1), "revision": 1, "created_at": NOW, "changed_at": NOW}
NOBODY: Sequence[str | None] = ()


@pytest.mark.parametrize(
    ("rule", "senders", "expected", "found", "missing"),
    [
        (TWO, NOBODY, (2, 2), "vacant", ["verband"]),
        (TWO, ["verband"], (2, 2), "partly", ["verband"]),
        (TWO, ["verband", None], (2, 2), "filled", []),
        (TWO, ["verband"] * 3, (2, 2), "overfilled", []),
        (OFFICER, NOBODY, (1, 1), "vacant", ["stadt"]),
        (OFFICER, [None], (1, 1), "filled", []),
        (OFFICER, [None, None], (1, 1), "overfilled", []),
        (SCIENCE, NOBODY, (1, 2), "vacant", []),
        (SCIENCE, ["uni", "hochschule"], (1, 2), "filled", []),
        (SCIENCE, ["uni"] * 3, (1, 2), "overfilled", []),
        (Open(kind="open"), NOBODY, (0, None), "filled", []),
        (Open(kind="open"), [None] * 99, (0, None), "filled", []),
        (Open(kind="open", minimum=2), [None], (2, None), "partly", []),
        (PER_GROUP, NOBODY, (3, 3), "vacant", list(GROUPS)),
        (PER_GROUP, ["fraktion-b"], (3, 3), "partly", ["fraktion-a", "fraktion-c"]),
        (PER_GROUP, GROUPS, (3, 3), "filled", []),
        (PER_GROUP, ["fraktion-a"] * 3, (3, 3), "overfilled", ["fraktion-b", "fraktion-c"]),
        (PER_GROUP, [*GROUPS, "fraktion-gone"], (3, 3), "overfilled", []),
        (PER_GROUP, [*GROUPS, None], (3, 3), "overfilled", []),
    ],
)
def test_the_rule_says_what_is_there_and_who_is_missing(
    rule: Rule,
    senders: Sequence[str | None],
    expected: tuple[int, int | None],
    found: str,
    missing: list[str],
) -> None:
    filling = fill(rule, senders, GROUPS)
    assert (filling.expected.minimum, filling.expected.maximum) == expected
    assert filling.state == found
    assert list(filling.missing) == missing


def test_a_council_without_groups_leaves_nothing_to_fill() -> None:
    assert fill(PER_GROUP, NOBODY, ()).state == SeatState.filled


@given(st.permutations([*GROUPS, "fraktion-a", "fraktion-gone"]), st.integers(0, 5))
def test_the_order_of_holders_says_nothing(senders: list[str], count: int) -> None:
    some = senders[:count]
    assert fill(PER_GROUP, some, GROUPS) == fill(PER_GROUP, sorted(some), GROUPS)


@given(st.integers(0, 20), st.integers(0, 20), st.none() | st.integers(0, 20))
def test_filled_is_between_minimum_and_maximum(
    holders: int, minimum: int, more: int | None
) -> None:
    maximum = None if more is None else minimum + more
    within = holders >= minimum and (maximum is None or holders <= maximum)
    assert (state(holders, minimum, maximum) == SeatState.filled) == within


def a_member(key: str, seat: str | None = None, role: str = "member", **more: Any) -> Membership:
    told = {"person": f"p-{key}", "body": "beirat", "voting": True, "starts_on": FIRST}
    return Membership.model_validate(
        {**STORED, **told, "key": key, "seat": seat, "role": role, "visibility": "public", **more}
    )


def a_seat(key: str, rule: Rule, **more: Any) -> Seat:
    told = {"key": key, "body": "beirat", "name": {"de": "Sitz"}, "rule": rule}
    return Seat.model_validate({**STORED, **told, **more})


def test_the_pool_of_the_seat_steps_in_before_that_of_the_body() -> None:
    serving = [
        a_member("m-1", "verband", on_behalf_of="verband"),
        a_member("m-2", "leitung"),
        a_member("m-3"),
        a_member("s-1", None, "substitute"),
        a_member("s-2", "verband", "substitute"),
        a_member("m-4", "ended"),
    ]
    seats = {"verband": a_seat("verband", TWO), "leitung": a_seat("leitung", OFFICER, voting=False)}
    found = {voter.membership: voter for voter in voters(serving, seats)}
    assert list(found) == ["m-1", "m-2", "m-3"]
    assert found["m-1"].substitutes == ("s-2", "s-1")
    assert found["m-2"].substitutes == found["m-3"].substitutes == ("s-1",)
    assert [voter.voting for voter in found.values()] == [True, False, True]


def test_who_holds_the_seat_of_the_chair_or_is_the_chair_chairs() -> None:
    seats = {"leitung": a_seat("leitung", OFFICER, chair=True)}
    serving = [a_member("m-1", "leitung"), a_member("m-2"), a_member("m-3", role="chair")]
    assert [voter.chair for voter in voters(serving, seats)] == [True, False, True]


@pytest.mark.parametrize(
    ("rule", "held", "size"),
    [
        (TWO, 0, 2),
        (TWO, 3, 2),
        (PER_GROUP, 1, 3),
        (OFFICER, 0, 1),
        (SCIENCE, 0, 1),
        (SCIENCE, 2, 2),
        (SCIENCE, 5, 2),
        (Open(kind="open"), 0, 0),
        (Open(kind="open"), 7, 7),
    ],
)
def test_a_seat_counts_as_its_rule_says_filled_or_not(rule: Rule, held: int, size: int) -> None:
    serving = [a_member(f"m-{n}", "sitz") for n in range(1, held + 1)]
    groups = {OrganisationKind.council_group: GROUPS}
    assert legal_size(serving, [a_seat("sitz", rule)], groups) == (size, size)
    advising = a_seat("sitz", rule, voting=False)
    assert legal_size(serving, [advising], groups) == (size, 0)


def test_members_without_a_seat_count_as_they_are() -> None:
    serving = [a_member("m-1"), a_member("m-2", voting=False), a_member("s-1", role="substitute")]
    assert legal_size(serving, [], {}) == (2, 1)
