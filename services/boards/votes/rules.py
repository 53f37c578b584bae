"""What follows from a vote: pure functions.

Everything is computed from the snapshot and the votes that were cast, so that it can be computed
again at any time.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from services.boards.composition.rules import Voter
from services.boards.procedures.rules import needed
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.procedures import (
    Majority,
    MajorityBase,
    MajorityKind,
    ProcedureRules,
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
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid

_ON_THE_WHOLE = (VotePurpose.urgency, VotePurpose.procedural)


def check_item(new: NewVote) -> None:
    """Refuse a vote on nothing: only urgency and the course of the meeting need no item."""
    if new.agenda_item is None and new.purpose not in _ON_THE_WHOLE:
        raise Invalid("Say on which item.", pointer="/agenda_item", code="missing")


def moment(
    at: datetime | None,
    state: MeetingState,
    starts_at: datetime,
    ends_at: datetime | None,
    now: datetime,
) -> datetime:
    """When the vote was taken: now, while the meeting is running; later on it must be said."""
    if at is None:
        if state != MeetingState.running:
            raise Invalid("Say when the vote was taken.", pointer="/at", code="missing")
        return now
    last = (ends_at or starts_at) + timedelta(days=1)
    if not starts_at - timedelta(days=1) <= at <= last:
        raise Invalid("That is not a moment of the meeting.", pointer="/at", code="other-time")
    return at


def carried(majority: Majority, counts: Counts, present: int, members: int) -> bool:
    """Does the question have its majority? Never without a single yes."""
    yes = counts.yes
    cast = yes + counts.no + (counts.abstain if majority.abstentions_count else 0)
    of_members = majority.of == MajorityBase.members
    match majority.kind:
        case MajorityKind.simple:
            enough = 2 * yes > (present if of_members else cast)
        case MajorityKind.absolute:
            enough = 2 * yes > (members if of_members else cast)
        case MajorityKind.two_thirds:
            enough = 3 * yes >= 2 * (members if of_members else cast)
    return yes > 0 and enough


def tied(majority: Majority, counts: Counts) -> bool:
    """As many yes as no, where the question is which of them are more?"""
    which = majority.kind == MajorityKind.simple and majority.of == MajorityBase.votes
    return which and not majority.abstentions_count and counts.yes == counts.no > 0


def outcome(snapshot: Snapshot, counts: Counts, casting: Choice | None) -> VoteOutcome:
    """What follows from the votes, by the rules and numbers of the snapshot."""
    if snapshot.present < snapshot.needed:
        return VoteOutcome.not_quorate
    if tied(snapshot.majority, counts):
        decided = snapshot.tie == TieRule.chair_decides and casting == Choice.yes
    else:
        decided = carried(snapshot.majority, counts, snapshot.present, snapshot.voting_members)
    return VoteOutcome.adopted if decided else VoteOutcome.rejected


def taken(
    given: ProcedureRules,
    majority: Majority,
    tie: TieRule,
    members: Sequence[StandingOf],
    voting_members: int,
    chairs: Sequence[Voter],
    at: datetime,
    *,
    again: bool,
) -> Snapshot:
    """Everything the outcome rests on but the votes; the outcome is filled in by `closed`."""
    count = Counter(one.standing for one in members)
    present = count[VotingStanding.present] + count[VotingStanding.represented]
    asked = needed(
        given.quorum, voting_members, len(members), count[VotingStanding.excluded], again=again
    )
    there = {one.membership for one in members if one.standing == VotingStanding.present}
    return Snapshot(
        at=at,
        voting_members=voting_members,
        in_office=len(members),
        present=present,
        excluded=count[VotingStanding.excluded],
        needed=asked,
        quorate=present >= asked,
        again=again,
        quorum=given.quorum,
        majority=majority,
        tie=tie,
        chair=next((one.membership for one in chairs if one.membership in there), None),
        outcome=VoteOutcome.not_quorate,
        attendance_visibility=given.attendance_visibility,
        members=members,
    )


def closed(snapshot: Snapshot, method: VoteMethod, closing: VoteClosing) -> tuple[Snapshot, Counts]:
    """The snapshot with its outcome, and the counts.

    Refuses the ballot of somebody who has no vote now: excluded, absent, represented, or of a
    secret vote; more votes than there are voters; a roll call that somebody is missing from.
    """
    may_vote = {one.votes for one in snapshot.members or () if one.votes is not None}
    _check_ballots(closing.ballots, may_vote, method)
    counts = _counts(closing, method, may_vote)
    if closing.casting is not None:
        _check_casting(snapshot, counts, closing.casting)
    result = outcome(snapshot, counts, closing.casting)
    return snapshot.model_copy(update={"outcome": result}), counts


def counted(ballots: Sequence[Ballot]) -> Counts:
    """How many of the ballots say what."""
    count = Counter(ballot.choice for ballot in ballots)
    return Counts(**{choice.value: count[choice] for choice in Choice})


def _check_ballots(ballots: Sequence[Ballot], may_vote: set[str], method: VoteMethod) -> None:
    if ballots and method == VoteMethod.secret:
        raise Invalid("In a secret vote nobody is recorded.", pointer="/ballots", code="secret")
    faults, seen = [], set[str]()
    for place, ballot in enumerate(ballots):
        pointer = f"/ballots/{place}/membership"
        if ballot.membership not in may_vote:
            detail = "This person has no vote now: excluded, absent or without a vote."
            faults.append(Fault(pointer=pointer, code="no-vote", detail=detail))
        elif ballot.membership in seen:
            detail = "This person has voted already."
            faults.append(Fault(pointer=pointer, code="twice", detail=detail))
        seen.add(ballot.membership)
    missing = len(may_vote - seen)
    if not faults and method == VoteMethod.roll_call and missing:
        detail = f"A roll call hears everybody; {missing} who may vote are missing."
        faults.append(Fault(pointer="/ballots", code="missing", detail=detail))
    if faults:
        raise Invalid("The ballots were refused; nothing was stored.", faults=faults)


def _counts(closing: VoteClosing, method: VoteMethod, may_vote: set[str]) -> Counts:
    recorded, counts = counted(closing.ballots), closing.counts
    if method == VoteMethod.roll_call:
        if counts not in (None, recorded):
            raise Invalid(
                "A roll call is counted from its ballots.", pointer="/counts", code="other"
            )
        return recorded
    if counts is None:
        raise Invalid("Say how many said what.", pointer="/counts", code="missing")
    if sum(counts.model_dump().values()) > len(may_vote):
        raise Invalid(
            f"There are more votes than voters: {len(may_vote)} may vote.",
            pointer="/counts",
            code="too-many",
        )
    for choice in Choice:
        if getattr(recorded, choice) > getattr(counts, choice):
            raise Invalid(
                f"More ballots say {choice} than were counted.",
                pointer=f"/counts/{choice}",
                code="too-few",
            )
    return counts


def _check_casting(snapshot: Snapshot, counts: Counts, casting: Choice) -> None:
    decides = snapshot.tie == TieRule.chair_decides and tied(snapshot.majority, counts)
    if not decides or snapshot.chair is None or casting not in (Choice.yes, Choice.no):
        raise Invalid(
            "The chair says yes or no in a tie that the chair decides, if present.",
            pointer="/casting",
            code="no-tie",
        )


def check_decided(
    members: Sequence[StandingOf], persons: Mapping[str, str], undecided: Collection[str]
) -> None:
    """Refuse to count somebody of whom nobody has decided whether a conflict of interest excludes.

    `persons` maps memberships to persons.
    """
    voting = {persons[one.votes] for one in members if one.votes is not None}
    if voting & set(undecided):
        raise Conflict(
            "A conflict of interest of somebody who would vote is not decided: confirm or dismiss "
            "the exclusion first.",
            pointer="/agenda_item",
            code="undecided-exclusion",
        )
