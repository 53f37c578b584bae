"""Is a seat filled as its rule says?"""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.boards.seats.rules import fill, other_terms, state
from services.contracts.boards.composition import SeatState
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.seats import (
    Category,
    Exactly,
    ExOfficio,
    NewSeat,
    OnePer,
    Open,
    Rule,
)

GROUPS = ("fraktion-a", "fraktion-b", "fraktion-c")
PER_GROUP = OnePer(kind="one_per", organisation_kind=OrganisationKind.council_group)
TWO = Exactly(kind="exactly", organisation="verband", count=2)
OFFICER = ExOfficio(
    kind="ex_officio", office={"de": "Gleichstellungsbeauftragte"}, organisation="stadt"
)
SCIENCE = Category(
    kind="category", organisation_kind=OrganisationKind.science, minimum=1, maximum=2
)
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


def a_seat(**said: Any) -> NewSeat:
    told = {"key": "sitz", "body": "beirat", "name": {"de": "Sitz"}, "rule": TWO}
    return NewSeat.model_validate({**told, "starts_on": "2024-01-01", **said})


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ({}, {}, []),
        ({}, {"name": {"de": "Sitze"}, "clause": "§ 4", "visibility": "members"}, []),
        ({"rule": OFFICER}, {"rule": OFFICER.model_copy(update={"office": {"de": "Amt"}})}, []),
        ({"rule": SCIENCE}, {"rule": SCIENCE.model_copy(update={"minimum": 2})}, []),
        ({}, {"rule": PER_GROUP}, [("2024-01-01", None)] * 2),
        ({}, {"voting": False}, [("2024-01-01", None)] * 2),
        ({"rule": OFFICER}, {"rule": OFFICER, "chair": True}, [("2024-01-01", None)] * 2),
        ({}, {"carry_over": True}, [("2024-01-01", None)] * 2),
        ({}, {"term_months": 60}, [("2024-01-01", None)] * 2),
        (
            {"starts_on": None, "ends_on": "2024-12-31"},
            {"starts_on": "2024-03-01", "ends_on": None, "voting": False},
            [("0001-01-01", "2024-12-31"), ("2024-03-01", None)],
        ),
        ({"starts_on": None}, {}, [("0001-01-01", "2024-01-01")]),
        ({"ends_on": "2025-12-31"}, {"ends_on": "2024-12-31"}, [("2024-12-31", "2025-12-31")]),
        ({}, {"ends_on": "2024-12-31"}, [("2024-12-31", None)]),
    ],
)
def test_only_days_on_which_another_may_have_had_a_vote_are_looked_at(
    before: dict[str, Any], after: dict[str, Any], days: list[tuple[str, str | None]]
) -> None:
    terms = other_terms(a_seat(**before), a_seat(**after))
    assert [(str(first), last and str(last)) for first, last in terms] == days
