"""What may become of an amendment: pure functions."""

from collections.abc import Collection, Mapping, Sequence, Set
from typing import Protocol

from services.contracts.boards.papers import PaperState
from services.contracts.boards.versions import AmendmentState, NewAmendment
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid


class Version(Protocol):
    """A wording of a paper."""

    number: int
    title: dict[str, str]
    text: dict[str, str] | None
    amendment: str | None
    instead_of: str | None


NAMING = {
    "originator_organisations": "organisations",
    "originator_bodies": "bodies",
    "originator_persons": "persons",
}
"""Field of an amendment -> the collection whose keys it holds."""


def check_paper(state: PaperState) -> None:
    """Refuse an amendment of a paper that no body deals with, or no longer."""
    if state != PaperState.submitted:
        raise Conflict(
            f"The paper is {state}; only a submitted one is amended.",
            pointer="/paper",
            code="not-submitted",
        )


def check_proposed(state: AmendmentState) -> None:
    """Refuse to change what is decided."""
    if state != AmendmentState.proposed:
        raise Conflict(f"The amendment is {state}.", code="decided")


def check_open(state: AmendmentState) -> None:
    """Refuse to decide what is decided; what was adopted by a void vote is not."""
    if state != AmendmentState.void:
        check_proposed(state)


def check_base(based_on: Version, in_force: Version) -> None:
    """Refuse to adopt what changes words that are no longer in force."""
    if words(based_on) != words(in_force):
        raise Conflict(
            f"It changes version {based_on.number}, in force is version {in_force.number}; "
            "propose it anew.",
            code="moved-on",
        )


def words(version: Version) -> tuple[object, object]:
    """What a version says."""
    return version.title, version.text


def start(versions: Sequence[Version]) -> Version | None:
    """Of the versions of a paper, the oldest first: the one made by an amendment that is in force,
    or whose words those in force take back; None where neither is."""
    last = versions[-1]
    if last.instead_of is None:
        return last if last.amendment is not None else None
    made = [one for one in versions if one.amendment == last.instead_of]
    return made[-1] if made else None


def standing(versions: Sequence[Version], void: Collection[str]) -> Version | None:
    """The version whose words hold without the `void` amendments; None where no amendment made
    those in force.

    An amendment changed the version before it, which may be one's that is void as well.
    """
    found = start(versions)
    numbered = {one.number: one for one in versions}
    while found is not None and found.amendment in void:
        found = numbered.get(found.number - 1)
    return found


def check_vote(paper: str, voted_on: str | None) -> None:
    """Refuse a vote that was about another paper."""
    if voted_on != paper:
        raise Invalid("That was a vote on another paper.", pointer="/vote", code="other-paper")


def named(amendment: object) -> dict[str, set[str]]:
    """The keys an amendment names, by collection."""
    return {collection: set(getattr(amendment, field)) for field, collection in NAMING.items()}


def check_named(new: NewAmendment, known: Mapping[str, Set[str]]) -> None:
    """Refuse keys of what is not there."""
    faults = [
        Fault(pointer=f"/{field}/{place}", code="unknown", detail="There is nothing of this key.")
        for field, collection in NAMING.items()
        for place, one in enumerate(getattr(new, field))
        if one not in known.get(collection, ())
    ]
    if faults:
        raise Invalid("It names what is not there; nothing was stored.", faults=faults)


def shown(
    amendment: Mapping[str, Collection[str]], seen: Mapping[str, Set[str]]
) -> dict[str, list[str]]:
    """The lists of keys of an amendment without what the reader may not see."""
    return {
        field: [one for one in amendment[field] if one in seen.get(collection, ())]
        for field, collection in NAMING.items()
    }
