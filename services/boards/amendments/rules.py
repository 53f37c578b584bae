"""What may become of an amendment: pure functions."""

from collections.abc import Collection, Mapping, Set

from services.contracts.boards.papers import PaperState
from services.contracts.boards.versions import AmendmentState, NewAmendment
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid

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


def check_open(state: AmendmentState) -> None:
    """Refuse to change or to decide what is decided."""
    if state != AmendmentState.proposed:
        raise Conflict(f"The amendment is {state}.", code="decided")


def check_base(based_on: int, in_force: int) -> None:
    """Refuse to adopt what changes words that are no longer in force."""
    if based_on != in_force:
        raise Conflict(
            f"It changes version {based_on}, in force is version {in_force}; propose it anew.",
            code="moved-on",
        )


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
