"""Who may read what of the minutes: pure functions.

§ 42 ThürKO: day and place, who was present, who was absent and why, the items, the resolutions and
the result of each vote; a member's own vote on demand, unless the vote was secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from services.contracts.boards.minutes import MinutesVersion
from services.contracts.boards.proceedings import (
    Absent,
    ItemDealtWith,
    MinutedKind,
    Named,
    Present,
    Proceedings,
    Said,
    VoteTaken,
)
from services.contracts.shared.base import Texts, Visibility

Decided = tuple[MinutedKind, str]
"""What a decision is, and its key."""
L = TypeVar("L", Absent, Present, Said)


@dataclass(frozen=True)
class Known:
    """What a reader may know of a membership."""

    name: str
    on_behalf_of: Texts | None


def for_everybody(
    told: Proceedings, attendance: Visibility, closed: set[str], decisions: set[Decided]
) -> Proceedings:
    """The public version of full proceedings: without the closed part, without reasons.

    `closed` are items that are closed now, whatever they were when the minutes were approved,
    `decisions` what everybody may read of that which was decided. Who was there and who said what
    stays where the attendance is public.
    """
    shown = [
        one.model_copy(
            update={
                "decisions": [
                    taken for taken in one.decisions if (taken.kind, taken.key) in decisions
                ]
            }
        )
        for one in told.items
        if one.public and (one.agenda_item is None or one.agenda_item not in closed)
    ]
    open_to_see = attendance == Visibility.public
    return told.model_copy(
        update={
            "version": MinutesVersion.public,
            "present": told.present if open_to_see else [],
            "absent": [one.model_copy(update={"reason": None}) for one in told.absent]
            if open_to_see
            else [],
            "items": [one if open_to_see else _without_people(one) for one in shown],
            "closed_items": len(told.items) - len(shown),
        }
    )


def _without_people(item: ItemDealtWith) -> ItemDealtWith:
    votes = [vote.model_copy(update={"said": []}) for vote in item.votes]
    return item.model_copy(update={"excluded": [], "votes": votes})


def memberships(told: Proceedings) -> set[str]:
    """Everybody who is named in the proceedings."""
    people = [told.chair, told.clerk]
    for one in told.present:
        people += [one.person, one.substitutes_for]
    people += [one.person for one in told.absent]
    for item in told.items:
        people += item.excluded
        people += [said.person for vote in item.votes for said in vote.said]
    return {one.membership for one in people if one is not None}


def named(told: Proceedings, known: Mapping[str, Known]) -> Proceedings:
    """The proceedings with the names that the reader may know, and without the other people."""

    def name(one: Named | None) -> Named | None:
        if one is None or one.membership not in known:
            return None
        found = known[one.membership]
        return one.model_copy(update={"name": found.name, "on_behalf_of": found.on_behalf_of})

    def line(one: L) -> L | None:
        person = name(one.person)
        return one.model_copy(update={"person": person}) if person is not None else None

    def vote(one: VoteTaken) -> VoteTaken:
        said = [known for said in one.said if (known := line(said)) is not None]
        return one.model_copy(update={"said": said})

    def item(one: ItemDealtWith) -> ItemDealtWith:
        excluded = [known for person in one.excluded if (known := name(person)) is not None]
        return one.model_copy(
            update={"excluded": excluded, "votes": [vote(taken) for taken in one.votes]}
        )

    def present(one: Present) -> Present | None:
        found = line(one)
        instead_of = name(one.substitutes_for)
        return found and found.model_copy(update={"substitutes_for": instead_of})

    return told.model_copy(
        update={
            "chair": name(told.chair),
            "clerk": name(told.clerk),
            "present": [one for given in told.present if (one := present(given)) is not None],
            "absent": [away for given in told.absent if (away := line(given)) is not None],
            "items": [item(one) for one in told.items],
        }
    )
