"""What may stand on an agenda: pure functions."""

from collections.abc import Collection
from typing import Protocol

from services.boards.meetings.rules import may_have_results
from services.contracts.boards.meetings import MeetingState, NewAgendaItem
from services.contracts.shared.base import Visibility
from services.kit.problems import Conflict, Invalid


class Item(Protocol):
    """An item as it stands on the agenda."""

    withdrawn: bool
    result: dict[str, str] | None


def check_result(new: NewAgendaItem, state: MeetingState) -> None:
    """Refuse a result before the meeting."""
    if new.result is not None and not may_have_results(state):
        raise Conflict(
            f"The meeting is {state}; there can be no result yet.",
            pointer="/result",
            code="too-early",
        )


def visibility(new: NewAgendaItem, *, usually_public: bool) -> Visibility:
    """The closed part of a meeting is for the administration, and for the members of the body."""
    public = usually_public if new.public is None else new.public
    return Visibility.public if public else Visibility.administration


def check_concerns(new: NewAgendaItem, known: Collection[str]) -> None:
    """Refuse an organisation that is not there, or named twice."""
    for place, key in enumerate(new.concerns):
        if key not in known or key in new.concerns[:place]:
            raise Invalid(
                "There is no such organisation, or it is named twice.",
                pointer=f"/concerns/{place}",
                code="unknown",
            )


def check_urgent(new: NewAgendaItem, state: MeetingState) -> None:
    """Refuse a late item that is not urgent, and an urgent one that is not late."""
    late = state not in (MeetingState.planned, MeetingState.postponed)
    if late and not new.urgent:
        raise Conflict(
            f"The meeting is {state}: an item can only be added as urgent.",
            pointer="/urgent",
            code="urgent-only",
        )
    if new.urgent and not late:
        raise Conflict(
            "An item is urgent only when it comes after the invitation.",
            pointer="/urgent",
            code="not-late",
        )


def check_state(state: MeetingState) -> None:
    """Refuse to add to the agenda of a meeting that was called off."""
    if state == MeetingState.cancelled:
        raise Conflict("The meeting is cancelled.", pointer="/meeting", code="cancelled")


def check_voted(old: Item, new: NewAgendaItem, voted: bool) -> None:
    """Refuse to take an item off the agenda on which the body has voted, or to type what came of
    that: it is computed."""
    if not voted:
        return
    if new.withdrawn and not old.withdrawn:
        detail = "The body has voted on the item; it stays on the agenda."
        raise Conflict(detail, pointer="/withdrawn", code="voted")
    if new.result is not None and new.result != old.result:
        detail = "The body has voted on the item; what came of it is computed."
        raise Conflict(detail, pointer="/result", code="voted")


def check_again(there: bool) -> None:
    """Refuse an item that comes again without having failed for want of a quorum."""
    if not there:
        raise Invalid(
            "No vote on that item failed for want of a quorum in an earlier meeting of this body.",
            pointer="/again_of",
            code="not-again",
        )
