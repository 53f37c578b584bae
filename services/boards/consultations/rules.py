"""What a body may do with a paper: pure functions."""

from collections.abc import Collection
from dataclasses import dataclass

from services.boards.meetings.rules import may_have_results
from services.contracts.boards.bodies import Mandate
from services.contracts.boards.consultations import (
    ConsultationRole,
    ConsultationState,
    NewConsultation,
)
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.papers import PaperState
from services.kit.problems import Conflict, Invalid


@dataclass(frozen=True)
class Sitting:
    """The meeting a consultation is to be held in."""

    body: str
    state: MeetingState


def check_role(role: ConsultationRole, mandates: Collection[str]) -> None:
    """Refuse that a body without the mandate decides; an advisory board never has it."""
    if role == ConsultationRole.decides and Mandate.decides not in mandates:
        raise Invalid(
            "The body has no mandate to decide; it can hear or advise.",
            pointer="/role",
            code="no-mandate",
        )


def check_paper(state: PaperState) -> None:
    """Refuse a new step on the way of a paper that has come to its end."""
    if state in (PaperState.decided, PaperState.closed, PaperState.withdrawn):
        raise Conflict(
            f"The paper is {state}; no body deals with it any more.",
            pointer="/paper",
            code="at-its-end",
        )


def check_dealt_with(state: PaperState) -> None:
    """Refuse to recommend or decide on a paper that no body deals with, not yet or no longer: a
    draft is the administration's until it is submitted."""
    check_paper(state)
    if state == PaperState.draft:
        raise Conflict(
            "The paper is a draft; submit it, then a body can deal with it.",
            pointer="/paper",
            code="not-submitted",
        )


_FREE = frozenset({"role_label", "external_id"})


def check_carried(before: NewConsultation, new: NewConsultation) -> None:
    """Refuse that a step in which something was recommended or decided was another one."""
    for name in NewConsultation.model_fields.keys() - _FREE:
        if getattr(before, name) != getattr(new, name):
            raise Conflict(
                "What was recommended or decided in this step holds; the step stays as it was.",
                pointer=f"/{name}",
                code="voted",
            )


def check_meeting(new: NewConsultation, sitting: Sitting | None) -> None:
    """Refuse a meeting of another body, and a consultation held before its meeting."""
    if sitting is not None and sitting.body not in (new.body, *new.joint_with):
        raise Invalid("That is a meeting of another body.", pointer="/meeting", code="other-body")
    if new.state != ConsultationState.held:
        return
    if sitting is None:
        raise Invalid("Name the meeting it was held in.", pointer="/meeting", code="no-meeting")
    if not may_have_results(sitting.state):
        raise Conflict(
            f"The meeting is {sitting.state}; nothing was dealt with yet.",
            pointer="/state",
            code="too-early",
        )
