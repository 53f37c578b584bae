"""What may stand on an agenda: pure functions."""

from services.boards.meetings.rules import may_have_results
from services.contracts.boards.meetings import MeetingState, NewAgendaItem
from services.contracts.shared.base import Visibility
from services.kit.problems import Conflict


def check_result(new: NewAgendaItem, state: MeetingState) -> None:
    """Refuse a result before the meeting."""
    if new.result is not None and not may_have_results(state):
        raise Conflict(
            f"The meeting is {state}; there can be no result yet.",
            pointer="/result",
            code="too-early",
        )


def visibility(new: NewAgendaItem) -> Visibility:
    """The closed part of a meeting is for the administration alone."""
    return Visibility.public if new.public else Visibility.administration
