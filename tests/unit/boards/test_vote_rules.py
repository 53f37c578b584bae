"""Who has a vote, how many must be there, and what follows."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from services.boards.attendances.rules import Attended, here, standings
from services.boards.composition.rules import Voter
from services.boards.procedures.rules import PRESETS, needed, preset_for
from services.boards.votes.rules import (
    carried,
    check_item,
    closed,
    moment,
    outcome,
    taken,
    tied,
)
from services.contracts.boards.attendances import Stay
from services.contracts.boards.bodies import BodyKind, Mandate
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.procedures import (
    Majority,
    ProcedurePreset,
    ProcedureSubject,
    Quorum,
    TieRule,
)
from services.contracts.boards.votes import (
    Ballot,
    Choice,
    Counts,
    NewVote,
    Snapshot,
    StandingOf,
    VoteClosing,
    VoteMethod,
    VoteOutcome,
    VotePurpose,
    VotingStanding,
)
from services.contracts.shared.base import Visibility
from services.kit.problems import Invalid

AT = datetime(2026, 3, 12, 13, tzinfo=UTC)


def voter(name: str, *substitutes: str, voting: bool = True, person: str | None = None) -> Voter:
    return Voter(name, person or f"p-{name}", None, None, voting, False, substitutes)


def came(name: str, *stays: Stay, instead_of: str | None = None) -> Attended:
    return Attended(name, f"p-{name}", True, stays, instead_of)


def votes_of(
    *given: Voter, noted: list[Attended], excluded: Collection[str] = ()
) -> list[str | None]:
    return [one.votes for one in standings(given, noted, excluded, AT)]


def test_who_came_late_or_left_early_has_no_vote_in_between() -> None:
    hour = timedelta(hours=1)
    stays = (Stay(ends_at=AT), Stay(starts_at=AT + hour))
    for moment_, there in ((AT - hour, True), (AT, False), (AT + hour, True)):
        assert here(came("aa", *stays), moment_) == there
    assert not here(None, AT)
    assert not here(Attended("aa", "p-aa", False), AT)


def test_a_substitute_has_the_vote_while_the_member_is_away_or_excluded() -> None:
    member, instead = voter("aa", "ss"), came("ss", instead_of="aa")
    assert votes_of(member, noted=[instead]) == ["ss"]
    assert votes_of(member, noted=[came("aa"), instead]) == ["aa"]
    assert votes_of(member, noted=[came("aa"), instead], excluded={"p-aa"}) == ["ss"]
    assert votes_of(member, noted=[instead], excluded={"p-ss"}) == [None]
    assert votes_of(voter("aa"), noted=[instead]) == [None]


def test_nobody_has_two_votes() -> None:
    first, second = voter("aa", "ss"), voter("bb", "ss")
    twice = came("ss", instead_of="aa")
    assert votes_of(first, second, noted=[twice]) == ["ss", None]
    member = Attended("bb", "p-bb", True)
    also_substitute = Attended("ss", "p-bb", True, (), "aa")
    assert votes_of(first, second, noted=[member, also_substitute]) == [None, "bb"]
    same = voter("cc", person="p-aa")
    assert votes_of(voter("aa"), same, noted=[came("aa"), came("cc")]) == ["aa"]


def test_of_two_substitutes_the_first_in_order_has_the_vote() -> None:
    both = [came("tt", instead_of="aa"), came("ss", instead_of="aa")]
    assert votes_of(voter("aa", "ss", "tt"), noted=both) == ["ss"]


MOSTLY = st.sampled_from([True, True, True, False])
PEOPLE = st.sampled_from(["anna", "bert", "cora", "dirk"])


@st.composite
def sittings(draw: st.DrawFn) -> tuple[list[Voter], list[Attended], set[str]]:
    """Members, substitutes who may be members too, who came instead of whom, who is excluded."""
    substitutes = {f"s{n}": draw(PEOPLE) for n in range(3)}
    order = st.permutations(sorted(substitutes)).map(lambda names: names[:2])
    members = [
        voter(f"m-{who}", *draw(order), voting=draw(MOSTLY), person=who)
        for who in draw(st.lists(PEOPLE, unique=True, min_size=1))
    ]
    noted = [Attended(one.membership, one.person, draw(st.booleans())) for one in members]
    instead_of = st.sampled_from([one.membership for one in members])
    noted += [
        Attended(name, who, draw(MOSTLY), (), draw(instead_of) if draw(MOSTLY) else None)
        for name, who in substitutes.items()
    ]
    return members, noted, draw(st.sets(PEOPLE, max_size=2))


@settings(max_examples=500, deadline=None)
@hypothesis.given(sittings())
def test_whoever_steps_in_no_excluded_person_votes_and_nobody_votes_twice(
    sitting: tuple[list[Voter], list[Attended], set[str]],
) -> None:
    members, noted, excluded = sitting
    there = {one.membership: one for one in noted if one.present}
    voting = {one.membership: one for one in members if one.voting}
    found = standings(members, noted, excluded, AT)
    assert [one.membership for one in found] == list(voting)
    acting = [there[one.votes].person for one in found if one.votes is not None]
    assert len(set(acting)) == len(acting)
    assert not excluded & set(acting)
    for one in found:
        member = voting[one.membership]
        itself = member.membership in there and member.person not in excluded
        assert (one.votes == member.membership) == itself
        could = {
            key
            for key in member.substitutes
            if key in there and there[key].substitutes_for == member.membership
        }
        if not itself and one.votes is not None:
            assert one.votes in could
        if one.votes is None:
            assert all(there[key].person in excluded | set(acting) for key in could)


def test_who_may_not_vote_is_not_counted() -> None:
    assert votes_of(voter("aa", voting=False), noted=[came("aa")]) == []


@pytest.mark.parametrize(
    ("quorum", "members", "in_office", "excluded", "again", "expected"),
    [
        (Quorum(), 15, 12, 0, False, 8),
        (Quorum(), 16, 12, 0, False, 9),
        (Quorum(of="in_office"), 15, 12, 0, False, 7),
        (Quorum(more_than=False), 16, 12, 0, False, 8),
        (Quorum(more_than=False, share="1/3"), 16, 12, 0, False, 6),
        (Quorum(share="2/3", more_than=False), 15, 12, 0, False, 10),
        (Quorum(minimum=9), 15, 12, 0, False, 9),
        (Quorum(if_excluded="1/3"), 15, 15, 7, False, 8),
        (Quorum(if_excluded="1/3"), 15, 15, 8, False, 5),
        (Quorum(if_excluded="1/3"), 16, 16, 8, False, 9),  # half of them are not more than half
        (Quorum(again=True), 15, 15, 0, True, 1),
        (Quorum(again=False), 15, 15, 0, True, 8),
        (Quorum(), 0, 0, 0, False, 1),
        (Quorum(share="1", more_than=False), 5, 5, 0, False, 5),
    ],
)
def test_how_many_must_be_there(
    quorum: Quorum, members: int, in_office: int, excluded: int, again: bool, expected: int
) -> None:
    assert needed(quorum, members, in_office, excluded, again=again) == expected


@pytest.mark.parametrize(
    ("kind", "of", "abstentions", "counts", "expected"),
    [
        ("simple", "votes", False, (2, 1, 9), True),
        ("simple", "votes", True, (2, 1, 1), False),
        ("simple", "votes", False, (2, 2, 0), False),
        ("simple", "votes", False, (0, 0, 5), False),
        ("simple", "votes", False, (1, 0, 11), True),
        ("simple", "members", False, (6, 0, 0), False),  # of 12 who are there
        ("simple", "members", False, (7, 5, 0), True),
        ("absolute", "votes", True, (5, 2, 3), False),
        ("absolute", "votes", True, (6, 2, 3), True),
        ("absolute", "members", False, (7, 0, 0), False),  # of 15 by law
        ("absolute", "members", False, (8, 4, 0), True),
        ("two_thirds", "votes", False, (8, 4, 0), True),
        ("two_thirds", "votes", False, (7, 4, 0), False),
        ("two_thirds", "votes", True, (8, 3, 2), False),
        ("two_thirds", "members", False, (9, 0, 0), False),
        ("two_thirds", "members", False, (10, 2, 0), True),
        ("two_thirds", "votes", False, (0, 0, 0), False),
    ],
)
def test_what_has_its_majority(
    kind: str, of: str, abstentions: bool, counts: tuple[int, int, int], expected: bool
) -> None:
    majority = Majority.model_validate({"kind": kind, "of": of, "abstentions_count": abstentions})
    yes, no, abstain = counts
    given = Counts(yes=yes, no=no, abstain=abstain)
    assert carried(majority, given, present=12, members=15) == expected


def snapshot(*names: str, needs: int = 1, **more: object) -> Snapshot:
    """A board of fifteen, of whom these are there."""
    members = [StandingOf(membership=n, standing=VotingStanding.present, votes=n) for n in names]
    given = {
        "at": AT,
        "voting_members": 15,
        "in_office": 15,
        "present": len(names),
        "excluded": 0,
        "needed": needs,
        "quorate": len(names) >= needs,
        "again": False,
        "quorum": Quorum(minimum=needs, share="1/4"),
        "majority": Majority(),
        "tie": TieRule.rejected,
        "chair": None,
        "outcome": VoteOutcome.not_quorate,
        "attendance_visibility": Visibility.public,
        "members": members,
    }
    return Snapshot.model_validate({**given, **more})


def closing(yes: int = 0, no: int = 0, **more: object) -> VoteClosing:
    return VoteClosing.model_validate({"counts": {"yes": yes, "no": no}, **more})


def ballots(**said: str) -> dict[str, object]:
    return {"ballots": [{"membership": m, "choice": c} for m, c in said.items()]}


def test_what_is_frozen_counts_substitutes_and_a_chair_who_is_there() -> None:
    council = PRESETS[ProcedurePreset.council].rules
    chairs = [voter("aa"), voter("bb")]
    standing = {"aa": "represented", "bb": "present", "cc": "absent", "dd": "excluded"}
    votes = {"aa": "ss", "bb": "bb"}
    members = [
        StandingOf(membership=name, standing=VotingStanding(how), votes=votes.get(name))
        for name, how in standing.items()
    ]

    def frozen(by_law: int, there: list[StandingOf] = members) -> Snapshot:
        given = (council, Majority(), TieRule.rejected, there, by_law, chairs, AT)
        return taken(*given, again=False)

    found = frozen(3)
    assert (found.present, found.excluded, found.in_office, found.needed) == (2, 1, 4, 2)
    assert (found.quorate, found.chair) == (True, "bb")
    assert not frozen(4).quorate
    assert frozen(3, [members[0], *members[2:]]).chair is None
    with pytest.raises(Invalid) as refused:  # of four one has two votes to cast, one for another
        closed(found, VoteMethod.open, closing(3))
    assert refused.value.faults[0].code == "too-many"


def test_only_the_course_of_the_meeting_is_voted_on_without_an_item() -> None:
    for purpose in VotePurpose:
        new = NewVote.model_validate(
            {"meeting": "m-1", "question": {"de": "So?"}, "purpose": purpose, "agenda_item": None}
        )
        if purpose in (VotePurpose.urgency, VotePurpose.procedural):
            check_item(new)
        else:
            with pytest.raises(Invalid) as refused:
                check_item(new)
            assert refused.value.faults[0].pointer == "/agenda_item"
        check_item(new.model_copy(update={"agenda_item": "a-1"}))


def test_without_quorum_nothing_is_adopted() -> None:
    frozen, counts = closed(snapshot("aa", "bb", needs=3), VoteMethod.open, closing(2))
    assert frozen.outcome == VoteOutcome.not_quorate
    assert outcome(frozen, counts, None) == VoteOutcome.not_quorate


def test_a_tie_is_rejected_or_decided_by_the_chair() -> None:
    assert tied(Majority(), Counts(yes=1, no=1))
    assert tied(Majority(), Counts(yes=2, no=2))
    assert not tied(Majority(), Counts(yes=0, no=0, abstain=4))
    assert not tied(Majority(kind="absolute"), Counts(yes=2, no=2))
    four = snapshot("aa", "bb", "cc", "dd")
    assert closed(four, VoteMethod.open, closing(2, 2))[0].outcome == VoteOutcome.rejected
    chaired = snapshot("aa", "bb", "cc", "dd", tie="chair_decides", chair="aa")
    for casting, expected in (("yes", "adopted"), ("no", "rejected"), (None, "rejected")):
        decided = closed(chaired, VoteMethod.open, closing(2, 2, casting=casting))[0]
        assert decided.outcome == expected
    absent = snapshot("bb", "cc", "dd", "ee", tie="chair_decides")
    for given, vote in ((four, closing(2, 2, casting="yes")), (chaired, closing(3, 1))):
        if vote.casting is None:
            vote = closing(3, 1, casting="yes")
        with pytest.raises(Invalid) as refused:
            closed(given, VoteMethod.open, vote)
        assert refused.value.faults[0].pointer == "/casting"
    with pytest.raises(Invalid):
        closed(absent, VoteMethod.open, closing(2, 2, casting="yes"))


@pytest.mark.parametrize(
    ("method", "given", "pointer", "code"),
    [
        (VoteMethod.secret, closing(1, **ballots(aa="yes")), "/ballots", "secret"),
        (VoteMethod.open, closing(3, 1), "/counts", "too-many"),
        (VoteMethod.open, VoteClosing(), "/counts", "missing"),
        (VoteMethod.open, closing(0, 2, **ballots(aa="yes")), "/counts/yes", "too-few"),
        (VoteMethod.open, closing(1, **ballots(xx="yes")), "/ballots/0/membership", "no-vote"),
        (VoteMethod.roll_call, VoteClosing(), "/ballots", "missing"),
        (
            VoteMethod.roll_call,
            closing(3, **ballots(aa="yes", bb="no", cc="abstain")),
            "/counts",
            "other",
        ),
        (
            VoteMethod.roll_call,
            VoteClosing(ballots=[Ballot(membership=name, choice=Choice.yes) for name in ("zz",)]),
            "/ballots/0/membership",
            "no-vote",
        ),
    ],
)
def test_votes_that_cannot_be_are_refused(
    method: VoteMethod, given: VoteClosing, pointer: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        closed(snapshot("aa", "bb", "cc"), method, given)
    assert (refused.value.faults[0].pointer, refused.value.faults[0].code) == (pointer, code)


def test_nobody_answers_a_roll_call_twice() -> None:
    twice = [Ballot(membership="aa", choice=Choice.yes) for _ in range(2)]
    with pytest.raises(Invalid) as refused:
        closed(snapshot("aa", "bb"), VoteMethod.roll_call, VoteClosing(ballots=twice))
    assert refused.value.faults[0].code == "twice"
    assert refused.value.faults[0].pointer == "/ballots/1/membership"


def test_later_on_the_moment_of_a_vote_must_be_said() -> None:
    ends = AT + timedelta(hours=2)
    now = AT + timedelta(days=400)
    assert moment(None, MeetingState.running, AT, ends, now) == now
    assert moment(ends, MeetingState.held, AT, ends, now) == ends
    day = timedelta(days=1)
    for at in (AT - day, ends + day):
        assert moment(at, MeetingState.held, AT, ends, now) == at
    assert moment(AT + day, MeetingState.held, AT, None, now) == AT + day
    second = timedelta(seconds=1)
    for at, state in (
        (None, MeetingState.held),
        (now, MeetingState.running),
        (AT - day - second, MeetingState.held),
        (ends + day + second, MeetingState.held),
    ):
        with pytest.raises(Invalid) as refused:
            moment(at, state, AT, ends, now)
        assert refused.value.faults[0].pointer == "/at"


@pytest.mark.parametrize("kind", list(BodyKind))
def test_every_body_has_rules_from_the_start(kind: BodyKind) -> None:
    for mandates in ([Mandate.advises], [Mandate.decides]):
        assert kind in PRESETS[preset_for(kind, mandates)].bodies


def test_a_committee_that_prepares_decisions_meets_in_private() -> None:
    assert not PRESETS[preset_for(BodyKind.committee, [Mandate.advises])].rules.items_public
    assert PRESETS[preset_for(BodyKind.committee, [Mandate.decides])].rules.items_public


def test_what_was_not_held_against_its_wording_says_so() -> None:
    for preset in ProcedurePreset:
        clauses = {one.subject: one for one in PRESETS[preset].rules.clauses}
        assert not clauses[ProcedureSubject.quorum].verified
        assert not clauses[ProcedureSubject.majority].verified
    council = {one.subject: one for one in PRESETS[ProcedurePreset.council].rules.clauses}
    assert council[ProcedureSubject.notice].verified
    assert "§ 35" in council[ProcedureSubject.notice].text
