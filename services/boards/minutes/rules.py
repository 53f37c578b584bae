"""When minutes can be written, changed and approved: pure functions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.minutes import ApprovalOfMinutes, MinutesState, NewMinutes
from services.contracts.boards.procedures import MinutesApproval
from services.contracts.boards.votes import VoteOutcome, VotePurpose
from services.kit.problems import Conflict, Invalid


@dataclass(frozen=True)
class Approving:
    """What matters of the vote by which minutes are to be approved."""

    body: str
    purpose: VotePurpose
    outcome: VoteOutcome | None
    taken_in_meeting_of: datetime


def check_draft(state: MinutesState) -> None:
    """Refuse to change what the body has approved."""
    if state != MinutesState.draft:
        raise Conflict("The minutes are approved.", pointer="/state", code="approved")


def check(new: NewMinutes, memberships: Collection[str], items: Collection[str]) -> None:
    """Refuse somebody who is not of the body, and a note on an item of another meeting."""
    for name, membership in (("chair", new.chair), ("clerk", new.clerk)):
        if membership is not None and membership not in memberships:
            raise Invalid(
                "That membership is not one of this body on this day.",
                pointer=f"/{name}",
                code="other-body",
            )
    for place, note in enumerate(new.notes):
        if note.agenda_item not in items:
            raise Invalid(
                "That item is not on the agenda of this meeting.",
                pointer=f"/notes/{place}/agenda_item",
                code="other-meeting",
            )


def check_approval(
    state: MeetingState,
    approved_by: MinutesApproval,
    given: ApprovalOfMinutes,
    body: str,
    met_at: datetime,
    vote: Approving | None,
) -> None:
    """Refuse an approval that is none: by another body, too early, not adopted, or by nobody.

    § 42 ThürKO: the minutes are approved by a resolution in the next meeting; other bodies may
    leave it to the chair.
    """
    if state != MeetingState.held:
        raise Conflict(
            f"The meeting is {state}; its minutes are approved when it is held.",
            pointer="/meeting",
            code="too-early",
        )
    if given.vote is None:
        if approved_by != MinutesApproval.chair:
            raise Invalid(
                "By the rules of this body its minutes are approved by a vote.",
                pointer="/vote",
                code="missing",
            )
        return
    if vote is None:
        raise Invalid("There is no such vote.", pointer="/vote", code="unknown")
    wrong = {
        "other-body": vote.body != body,
        "other-purpose": vote.purpose != VotePurpose.minutes,
        "not-later": vote.taken_in_meeting_of <= met_at,
        "not-adopted": vote.outcome != VoteOutcome.adopted,
    }
    for code, holds in wrong.items():
        if holds:
            raise Invalid(
                "Minutes are approved by an adopted vote on minutes, in a later meeting of the "
                "same body.",
                pointer="/vote",
                code=code,
            )
