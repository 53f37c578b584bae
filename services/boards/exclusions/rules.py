"""Whose organisation is named in an item: pure functions.

§ 38 ThürKO: who is personally involved neither discusses nor decides; the body decides whether that
is so; elections are not affected.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.contracts.boards.exclusions import ExclusionState
from services.contracts.boards.votes import VotePurpose


@dataclass(frozen=True)
class Affiliation:
    """For whom somebody sits in the body, and where that person works."""

    membership: str
    person: str
    on_behalf_of: str | None
    organisation: str | None


@dataclass(frozen=True)
class Excluded:
    """Persons: who takes no part, and of whom it is not decided yet."""

    confirmed: Collection[str] = ()
    undecided: Collection[str] = ()


@dataclass(frozen=True)
class Conflict:
    """Somebody whose organisation an item concerns."""

    membership: str
    person: str
    organisation: str


def named(concerns: Collection[str], affiliations: Sequence[Affiliation]) -> list[Conflict]:
    """The members and substitutes whose organisation is named in an item."""
    found = []
    for one in affiliations:
        hit = next((o for o in (one.on_behalf_of, one.organisation) if o in set(concerns)), None)
        if hit is not None:
            found.append(Conflict(one.membership, one.person, hit))
    return found


def applies(purpose: VotePurpose) -> bool:
    """Does a conflict of interest exclude from such a vote? Not from an election."""
    return purpose != VotePurpose.election


def excluded(
    entries: Sequence[tuple[str, ExclusionState]], conflicts: Sequence[Conflict]
) -> Excluded:
    """What the entries of an item, by person, and the conflicts that are there say together."""
    decided = {person for person, state in entries if state != ExclusionState.proposed}
    waiting = {person for person, state in entries if state == ExclusionState.proposed}
    return Excluded(
        confirmed={person for person, state in entries if state == ExclusionState.confirmed},
        undecided=waiting | ({one.person for one in conflicts} - decided),
    )
