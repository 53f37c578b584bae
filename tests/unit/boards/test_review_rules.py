"""A closed vote, looked at again: every way it could have gone is tried."""

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.boards.reviews.rules import Cast, reviewed
from services.boards.votes.rules import closed, outcome
from services.contracts.boards.procedures import Majority, Quorum, TieRule
from services.contracts.boards.votes import (
    Ballot,
    Choice,
    Counts,
    Snapshot,
    StandingOf,
    VoteClosing,
    VoteMethod,
    VoteOutcome,
    VotingStanding,
)
from tests.unit.boards.test_vote_rules import closing, snapshot

NAMES = ("aa", "bb", "cc", "dd", "ee")


def now(*excluded: str, gone: tuple[str, ...] = ()) -> list[StandingOf]:
    return [
        StandingOf(membership=n, standing=VotingStanding.excluded, votes=None)
        if n in excluded
        else StandingOf(membership=n, standing=VotingStanding.absent, votes=None)
        if n in gone
        else StandingOf(membership=n, standing=VotingStanding.present, votes=n)
        for n in NAMES
    ]


def taken(yes: int, no: int, **more: object) -> tuple[Snapshot, Cast]:
    frozen, counts = closed(snapshot(*NAMES, **more), VoteMethod.open, closing(yes, no))
    return frozen, Cast(counts)


def test_what_was_right_stays() -> None:
    frozen, cast = taken(3, 2)
    assert reviewed(frozen, cast, now()) == (VoteOutcome.adopted, [])


def test_a_vote_that_one_person_may_have_decided_is_void() -> None:
    frozen, cast = taken(3, 2)
    result, found = reviewed(frozen, cast, now("aa"))
    assert result == VoteOutcome.void
    assert [(one.kind, one.count, one.decisive) for one in found] == [
        ("excluded_took_part", 1, True)
    ]


def test_a_vote_that_one_person_cannot_have_decided_stays() -> None:
    frozen, cast = taken(5, 0)
    result, found = reviewed(frozen, cast, now("aa"))
    assert result == VoteOutcome.adopted
    assert [one.decisive for one in found] == [False]


def test_a_known_ballot_is_not_guessed() -> None:
    roll = VoteClosing.model_validate(
        {
            "ballots": [
                {"membership": n, "choice": c}
                for n, c in zip(NAMES, ("no", "yes", "yes", "yes", "no"), strict=True)
            ]
        }
    )
    frozen, counts = closed(snapshot(*NAMES), VoteMethod.roll_call, roll)
    assert reviewed(frozen, Cast(counts, roll.ballots), now("aa"))[0] == VoteOutcome.adopted
    assert reviewed(frozen, Cast(counts, roll.ballots), now("bb"))[0] == VoteOutcome.void


def test_who_was_not_there_after_all_is_told_apart() -> None:
    frozen, cast = taken(5, 0)
    found = reviewed(frozen, cast, now(gone=("aa",)))[1]
    assert [one.kind for one in found] == ["not_entitled_took_part"]


def test_what_was_entered_of_a_membership_later_is_told_and_voids_nothing() -> None:
    """Unless attendance says that they were not there, or somebody else was excluded after all."""
    frozen, cast = taken(3, 2)
    others, there = now()[1:], dict.fromkeys(NAMES)
    result, (found,) = reviewed(frozen, cast, others, there)
    assert (result, found.kind, found.decisive) == ("adopted", "membership_changed", True)
    assert found.memberships == ["aa"]
    result, (found,) = reviewed(frozen, cast, others, dict.fromkeys(NAMES[1:]))
    assert (result, found.kind) == ("void", "not_entitled_took_part")
    result, both = reviewed(frozen, cast, now("bb")[1:], there)
    assert (result, [one.kind for one in both]) == (
        "void", ["excluded_took_part", "membership_changed"]
    )  # fmt: skip


def test_a_substitute_loses_the_vote_to_who_came_after_all_and_not_to_a_later_entry() -> None:
    represented = StandingOf(membership="aa", standing=VotingStanding.represented, votes="zz")
    kept = snapshot(*NAMES, members=[represented, *now()[1:]])
    frozen, counts = closed(kept, VoteMethod.open, closing(3, 2))
    there = {**dict.fromkeys(NAMES[1:]), "zz": "aa"}
    told = [
        [(result, one.kind, one.memberships) for one in found]
        for result, found in (
            reviewed(frozen, Cast(counts), now(gone=("aa",)), there),
            reviewed(frozen, Cast(counts), now(), {**there, "aa": None}),
            reviewed(frozen, Cast(counts), now(gone=("aa",)), {**there, "zz": "bb"}),
        )
    ]
    assert told == [
        [("adopted", "membership_changed", ["zz"])],
        [("void", "not_entitled_took_part", ["zz"])],
        [("void", "not_entitled_took_part", ["zz"])],
    ]


def test_a_quorum_that_was_none_makes_the_vote_void() -> None:
    frozen, cast = taken(5, 0, needs=5)
    assert reviewed(frozen, cast, now(gone=("aa",)))[0] == VoteOutcome.void


def test_who_was_kept_out_wrongly_may_have_been_decisive() -> None:
    members = [
        StandingOf(membership="aa", standing=VotingStanding.excluded, votes=None),
        *(StandingOf(membership=n, standing=VotingStanding.present, votes=n) for n in NAMES[1:]),
    ]
    kept = snapshot(*NAMES[1:], members=members, excluded=1)
    for yes, no, expected in ((2, 2, "void"), (4, 0, "adopted"), (1, 3, "rejected")):
        frozen, counts = closed(kept, VoteMethod.open, closing(yes, no))
        result, found = reviewed(frozen, Cast(counts), now())
        assert result == expected, (yes, no)
        assert [one.kind for one in found] == ["wrongly_excluded"]


def every_way(counts: Counts, wrong: int) -> Iterator[Counts]:
    """The counts without the votes of so many people, whatever they said, or if they did not."""
    for gone in itertools.product((*Choice, None), repeat=wrong):
        left = counts.model_dump()
        for choice, number in Counter(one for one in gone if one is not None).items():
            left[choice] -= number
        if min(left.values()) >= 0:
            yield Counts(**left)


MAJORITIES = st.builds(
    Majority,
    kind=st.sampled_from(["simple", "absolute", "two_thirds"]),
    of=st.sampled_from(["votes", "members"]),
    abstentions_count=st.booleans(),
)


@given(
    majority=MAJORITIES,
    tie=st.sampled_from(list(TieRule)),
    said=st.lists(st.sampled_from(list(Choice)), min_size=0, max_size=5),
    wrong=st.integers(1, 3),
    needs=st.integers(1, 5),
)
def test_decisive_is_what_could_have_gone_otherwise_and_nothing_else(
    majority: Majority, tie: TieRule, said: list[Choice], wrong: int, needs: int
) -> None:
    count = Counter(said)
    counts = Counts(**{choice.value: count[choice] for choice in Choice})
    before = snapshot(
        *NAMES,
        majority=majority,
        tie=tie,
        voting_members=5,
        in_office=5,
        needed=needs,
        quorum=Quorum(share="1/4", more_than=False, minimum=needs),
    )
    frozen, counts = closed(before, VoteMethod.open, VoteClosing(counts=counts))
    result, found = reviewed(frozen, Cast(counts), now(*NAMES[:wrong]))
    right = frozen.model_copy(update={"present": 5 - wrong})
    castings = [None, Choice.yes] if tie == TieRule.chair_decides else [None]
    possible = {
        outcome(right, one, casting) for one in every_way(counts, wrong) for casting in castings
    }
    assert [one.count for one in found] == [wrong]
    otherwise = possible - {frozen.outcome} != set()
    assert (result == VoteOutcome.void) == otherwise
    assert otherwise or result == frozen.outcome


@given(
    majority=MAJORITIES,
    said=st.lists(st.sampled_from(list(Choice)), max_size=5),
    needs=st.integers(0, 7),
)
def test_the_snapshot_gives_the_same_outcome_again(
    majority: Majority, said: list[Choice], needs: int
) -> None:
    count = Counter(said)
    counts = Counts(**{choice.value: count[choice] for choice in Choice})
    frozen, counts = closed(
        snapshot(*NAMES, majority=majority, needs=needs),
        VoteMethod.secret,
        VoteClosing(counts=counts),
    )
    kept = Snapshot.model_validate_json(frozen.model_dump_json())
    assert outcome(kept, counts, None) == frozen.outcome
    if frozen.outcome == VoteOutcome.adopted:
        assert kept.present >= kept.needed
        assert counts.yes > 0


@pytest.mark.parametrize("said", [5, 0])
def test_what_was_not_quorate_is_not_void(said: int) -> None:
    frozen, cast = taken(said, 0, needs=6)
    assert reviewed(frozen, cast, now("aa"))[0] == VoteOutcome.not_quorate


def test_a_tie_that_the_chair_broke_is_open_again_without_the_chair() -> None:
    """What the casting vote decided stands with the chair who gave it, and with nobody else."""
    given = {"tie": TieRule.chair_decides, "chair": "aa"}
    broken = closing(2, 2, casting="yes")
    frozen, counts = closed(snapshot(*NAMES, **given), VoteMethod.open, broken)
    cast = Cast(counts, casting=broken.casting)
    assert reviewed(frozen, cast, now()) == (VoteOutcome.adopted, [])
    assert reviewed(frozen, cast, now("aa"))[0] == VoteOutcome.void
    said = [
        Ballot(membership="ee", choice=Choice.abstain),
        Ballot(membership="aa", choice=Choice.abstain),
    ]
    known = Cast(counts.model_copy(update={"abstain": 1}), said, broken.casting)
    assert reviewed(frozen, known, now("ee"))[0] == VoteOutcome.adopted
    assert reviewed(frozen, known, now("aa"))[0] == VoteOutcome.void
    denied = closing(2, 2, casting="no")
    frozen, counts = closed(snapshot(*NAMES, **given), VoteMethod.open, denied)
    known = Cast(counts.model_copy(update={"abstain": 1}), said, denied.casting)
    assert reviewed(frozen, known, now("ee"))[0] == VoteOutcome.rejected
    assert reviewed(frozen, known, now("aa"))[0] == VoteOutcome.void  # another may say yes
    without = snapshot(*NAMES, **{**given, "tie": TieRule.rejected})
    frozen, counts = closed(without, VoteMethod.open, closing(2, 2))
    known = Cast(counts.model_copy(update={"abstain": 1}), said)
    assert reviewed(frozen, known, now("aa"))[0] == VoteOutcome.rejected


def test_who_was_excluded_and_is_no_member_or_was_away_was_not_kept_out() -> None:
    members = [
        StandingOf(membership="aa", standing=VotingStanding.excluded, votes=None),
        *now()[1:],
    ]
    kept = snapshot(*NAMES[1:], members=members, excluded=1)
    frozen, counts = closed(kept, VoteMethod.open, closing(2, 2))
    for later in (now("aa"), now(gone=("aa",)), now()[1:]):
        assert reviewed(frozen, Cast(counts), later) == (VoteOutcome.rejected, [])


def test_of_a_body_that_was_not_convened_no_vote_stands() -> None:
    frozen, cast = taken(5, 0)
    result, (found,) = reviewed(frozen, cast, now(), convened=False)
    assert (result, found.kind) == (VoteOutcome.void, "not_convened")
    assert (found.count, found.decisive, found.memberships) == (0, True, [])


@pytest.mark.parametrize(("votes", "decisive"), [("ff", True), (None, False)])
def test_who_came_into_the_body_later_is_told_and_may_have_mattered(
    votes: str | None, decisive: bool
) -> None:
    frozen, cast = taken(3, 2)
    standing = VotingStanding.present if votes else VotingStanding.absent
    later = [*now(), StandingOf(membership="ff", standing=standing, votes=votes)]
    result, (found,) = reviewed(frozen, cast, later, dict.fromkeys((*NAMES, "ff")))
    assert (result, found.kind, found.count, found.memberships) == (
        "adopted", "membership_changed", 1, ["ff"]
    )  # fmt: skip
    assert found.decisive == decisive
