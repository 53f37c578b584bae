"""Who has a conflict of interest (§ 38 ThürKO), and what was found of it."""

import itertools

import pytest

from services.boards.exclusions.rules import Affiliation, Conflict, applies, excluded, named
from services.contracts.boards.exclusions import ExclusionState as State
from services.contracts.boards.votes import VotePurpose


@pytest.mark.parametrize(
    ("behalf", "works", "organisation"),
    [
        ("awo", None, "awo"),
        (None, "awo", "awo"),
        ("awo", "caritas", "awo"),
        ("caritas", "awo", "awo"),
        ("awo", "drk", "awo"),
        ("drk", "awo", "drk"),
        ("caritas", None, None),
        (None, None, None),
    ],
)
def test_who_sits_for_or_works_at_what_an_item_names_has_a_conflict(
    behalf: str | None, works: str | None, organisation: str | None
) -> None:
    found = named(["awo", "drk"], [Affiliation("m-1", "p-1", behalf, works)])
    assert found == ([Conflict("m-1", "p-1", organisation)] if organisation else [])
    assert named([], [Affiliation("m-1", "p-1", behalf, works)]) == []


@pytest.mark.parametrize("purpose", list(VotePurpose))
def test_elections_are_not_affected(purpose: VotePurpose) -> None:
    assert applies(purpose) == (purpose != VotePurpose.election)


@pytest.mark.parametrize(("state", "named_there"), list(itertools.product(State, [True, False])))
def test_nobody_is_excluded_before_the_body_has_found_so(state: State, named_there: bool) -> None:
    conflicts = [Conflict("m-1", "p-1", "awo")] if named_there else []
    told = excluded([("p-1", state)], conflicts)
    assert told.confirmed == ({"p-1"} if state == State.confirmed else set())
    assert told.undecided == ({"p-1"} if state == State.proposed else set())


def test_a_conflict_that_nobody_has_looked_into_is_open() -> None:
    told = excluded([("p-1", State.dismissed)], [Conflict("m-2", "p-2", "awo")])
    assert (told.confirmed, told.undecided) == (set(), {"p-2"})


def test_who_sits_there_twice_is_excluded_although_one_entry_was_dismissed() -> None:
    entries = [("p-1", State.dismissed), ("p-1", State.confirmed)]
    assert excluded(entries, []).confirmed == {"p-1"}
    entries = [("p-1", State.dismissed), ("p-1", State.proposed)]
    assert excluded(entries, []).undecided == {"p-1"}
