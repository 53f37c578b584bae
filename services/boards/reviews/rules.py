"""Was a closed vote taken by the right people, and may it have mattered? Pure functions.

§ 38 ThürKO: a resolution is void for a conflict of interest only if that may have been decisive.
Who sat in the body is not rewritten by what is entered later: that is told, and voids nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.boards.procedures.rules import needed
from services.boards.votes.rules import counted, outcome, tied
from services.contracts.boards.procedures import TieRule
from services.contracts.boards.votes import (
    Ballot,
    Choice,
    Counts,
    Irregularity,
    IrregularityKind,
    Snapshot,
    StandingOf,
    VoteOutcome,
    VotingStanding,
)


@dataclass(frozen=True)
class Cast:
    """The votes that were cast, and what is known of who cast them."""

    counts: Counts
    ballots: Sequence[Ballot] = ()
    casting: Choice | None = None


def reviewed(
    snapshot: Snapshot,
    cast: Cast,
    now: Sequence[StandingOf],
    there: Mapping[str, str | None] | None = None,
    *,
    convened: bool = True,
) -> tuple[VoteOutcome, list[Irregularity]]:
    """The outcome and what was not right, seen from what is known `now` of that moment.

    `there` are those who were in the room, and for whom they stepped in; without it nobody has lost
    a vote by a membership that was changed. The outcome stays unless the wrong people may have
    decided it, or the body was not duly convened after all; then it is void.
    """
    then = {one.membership: one for one in snapshot.members or ()}
    today = {one.membership: one for one in now}
    excluded = {one.membership for one in now if one.standing == VotingStanding.excluded}
    took_part = {one.votes: one.membership for one in then.values() if one.votes is not None}
    may = {one.votes for one in now if one.votes is not None}
    all_wrong = {votes: member for votes, member in took_part.items() if votes not in may}
    lost = {
        votes
        for votes, member in all_wrong.items()
        if _lost(votes, member, today.get(member), there or {})
    }
    wrong = {votes: member for votes, member in all_wrong.items() if votes not in lost}
    came = set(today) - set(then)
    kept_out = [
        member
        for member, one in then.items()
        if one.standing == VotingStanding.excluded
        and member in today
        and today[member].standing == VotingStanding.present
    ]
    found = (
        (IrregularityKind.excluded_took_part, [v for v, m in wrong.items() if m in excluded]),
        (
            IrregularityKind.not_entitled_took_part,
            [v for v, m in wrong.items() if m not in excluded],
        ),
        (IrregularityKind.wrongly_excluded, kept_out),
    )
    decisive = may_have_decided(snapshot, cast, set(wrong), len(kept_out), len(excluded))
    irregularities = [
        Irregularity(kind=kind, count=len(who), decisive=decisive, memberships=sorted(who))
        for kind, who in found
        if who
    ]
    if lost or came:
        voting = sum(today[member].votes is not None for member in came)
        irregularities.append(
            Irregularity(
                kind=IrregularityKind.membership_changed,
                count=len(lost | came),
                decisive=may_have_decided(
                    snapshot, cast, set(all_wrong), len(kept_out) + voting, len(excluded)
                ),
                memberships=sorted(lost | came),
            )
        )
    if not convened:
        missing = IrregularityKind.not_convened
        irregularities.append(Irregularity(kind=missing, count=0, decisive=True, memberships=[]))
    void = any(
        one.decisive and one.kind != IrregularityKind.membership_changed for one in irregularities
    )
    return (VoteOutcome.void if void else snapshot.outcome), irregularities


def _lost(
    votes: str, member: str, today: StandingOf | None, there: Mapping[str, str | None]
) -> bool:
    """Was somebody there with a vote that only later entries of memberships took away?"""
    if votes not in there or (votes != member and there[votes] != member):
        return False
    return today is None or (votes != member and today.standing == VotingStanding.absent)


def may_have_decided(
    snapshot: Snapshot, cast: Cast, wrong: set[str], kept_out: int, excluded: int
) -> bool:
    """Could the outcome be another without those who voted wrongly and with those kept out?

    What is known of a ballot is used; of the others the worst is assumed.
    """
    if snapshot.outcome not in (VoteOutcome.adopted, VoteOutcome.rejected):
        return False
    known = counted([ballot for ballot in cast.ballots if ballot.membership in wrong])
    unknown = len(wrong) - sum(known.model_dump().values())
    others = _less(cast.counts, known)
    present = snapshot.present - len(wrong) + kept_out
    right = snapshot.model_copy(
        update={
            "present": present,
            "needed": needed(
                snapshot.quorum,
                snapshot.voting_members,
                snapshot.in_office,
                excluded,
                again=snapshot.again,
            ),
        }
    )
    least = _without(others, unknown, (Choice.yes,))
    most = _without(others, unknown, (Choice.no, Choice.abstain))
    possible = (
        least.model_copy(update={"no": least.no + kept_out}),
        most.model_copy(update={"yes": most.yes + kept_out}),
    )
    casting = None if snapshot.chair in wrong else cast.casting
    return any(_other(right, counts, casting, snapshot.outcome) for counts in possible)


def _other(right: Snapshot, counts: Counts, casting: Choice | None, was: VoteOutcome) -> bool:
    if outcome(right, counts, casting) != was:
        return True
    open_tie = casting is None and right.tie == TieRule.chair_decides
    return open_tie and tied(right.majority, counts) and was != VoteOutcome.adopted


def _less(counts: Counts, known: Counts) -> Counts:
    return Counts(
        **{name: max(0, n - getattr(known, name)) for name, n in counts.model_dump().items()}
    )


def _without(counts: Counts, number: int, choices: Iterable[Choice]) -> Counts:
    """The counts without so many votes, taken from these choices as far as they go."""
    left = counts.model_dump()
    for choice in choices:
        gone = min(number, left[choice])
        left[choice] -= gone
        number -= gone
    return Counts(**left)
