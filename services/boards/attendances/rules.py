"""Who was there at a moment, and with whose vote: pure functions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.boards.composition.rules import Voter
from services.contracts.boards.attendances import AttendanceEntry, Stay
from services.contracts.boards.votes import StandingOf, VotingStanding
from services.kit.problems import Invalid


@dataclass(frozen=True)
class Attended:
    """What is written down of one member or substitute."""

    membership: str
    person: str
    present: bool
    stays: Sequence[Stay] = ()
    substitutes_for: str | None = None
    objects: bool = False


def here(attended: Attended | None, at: datetime) -> bool:
    """Was this person there at the moment? Of whom nothing is written down was not."""
    if attended is None or not attended.present:
        return False
    return not attended.stays or any(
        (stay.starts_at is None or stay.starts_at <= at)
        and (stay.ends_at is None or at < stay.ends_at)
        for stay in attended.stays
    )


def standings(
    voters: Sequence[Voter],
    attended: Sequence[Attended],
    excluded: Collection[str],
    at: datetime,
) -> list[StandingOf]:
    """How each voting member stands at the moment, and who has the vote.

    A substitute has the vote of one member who is away or excluded, in the order of those who may
    step in. Nobody has two votes, and no person in `excluded` has any.
    """
    noted = {one.membership: one for one in attended}
    voting = _one_each(voters)
    acting = {
        voter.person
        for voter in voting
        if here(noted.get(voter.membership), at) and voter.person not in excluded
    }
    found = []
    for voter in voting:
        present = here(noted.get(voter.membership), at)
        if voter.person in excluded or not present:
            substitute = _substitute(voter, noted, excluded, acting, at)
            if substitute is not None:
                acting.add(substitute.person)
                found.append(_of(voter, VotingStanding.represented, substitute.membership))
            elif voter.person in excluded:
                found.append(_of(voter, VotingStanding.excluded, None))
            else:
                found.append(_of(voter, VotingStanding.absent, None))
        else:
            found.append(_of(voter, VotingStanding.present, voter.membership))
    return found


def _of(voter: Voter, standing: VotingStanding, votes: str | None) -> StandingOf:
    return StandingOf(membership=voter.membership, standing=standing, votes=votes)


def _one_each(voters: Sequence[Voter]) -> list[Voter]:
    """The first place with a vote of each person."""
    first: dict[str, Voter] = {}
    for voter in voters:
        if voter.voting:
            first.setdefault(voter.person, voter)
    return list(first.values())


def _substitute(
    voter: Voter,
    noted: Mapping[str, Attended],
    excluded: Collection[str],
    acting: Collection[str],
    at: datetime,
) -> Attended | None:
    for membership in voter.substitutes:
        one = noted.get(membership)
        stands_in = one is not None and one.substitutes_for == voter.membership and here(one, at)
        if one is not None and stands_in and one.person not in {*excluded, *acting}:
            return one
    return None


def check(
    new: AttendanceEntry, members: Sequence[Voter], memberships: Collection[str], at: str = ""
) -> None:
    """Refuse who does not belong to the body, and a substitute who may not step in there.

    `at` points to the entry in what was sent.
    """
    if new.membership not in memberships:
        raise Invalid(
            "That membership is not one of this body on this day.",
            pointer=f"{at}/membership",
            code="other-body",
        )
    if new.substitutes_for is None:
        return
    member = next((one for one in members if one.membership == new.substitutes_for), None)
    if member is None:
        raise Invalid(
            "That membership holds no place in the body on this day.",
            pointer=f"{at}/substitutes_for",
            code="no-member",
        )
    if new.membership not in member.substitutes:
        raise Invalid(
            "This person is no substitute of that member.",
            pointer=f"{at}/substitutes_for",
            code="no-substitute",
        )
