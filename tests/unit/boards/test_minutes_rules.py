"""When minutes can be written, changed and approved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.boards.minutes.rules import Approving, check, check_approval, check_draft
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.minutes import ApprovalOfMinutes, MinutesState, NewMinutes
from services.contracts.boards.procedures import MinutesApproval
from services.contracts.boards.votes import VoteOutcome, VotePurpose
from services.kit.problems import Conflict, Invalid, Problem

MET = datetime(2026, 3, 12, 12, tzinfo=UTC)
LATER = Approving("beirat", VotePurpose.minutes, VoteOutcome.adopted, MET + timedelta(days=30))
NEXT = ApprovalOfMinutes(vote="v-1")
VOTE, CHAIR = MinutesApproval.later_meeting, MinutesApproval.chair


def approved(
    vote: Approving | None = LATER,
    given: ApprovalOfMinutes = NEXT,
    by: MinutesApproval = VOTE,
    state: MeetingState = MeetingState.held,
) -> str | None:
    """The code of the refusal; None when the minutes are approved."""
    try:
        check_approval(state, by, given, "beirat", MET, vote)
    except Problem as refused:
        return refused.faults[0].code
    return None


@pytest.mark.parametrize("state", list(MinutesState))
def test_only_a_draft_is_changed(state: MinutesState) -> None:
    if state == MinutesState.draft:
        check_draft(state)
    else:
        with pytest.raises(Conflict):
            check_draft(state)


@pytest.mark.parametrize("state", list(MeetingState))
def test_minutes_are_approved_after_their_meeting(state: MeetingState) -> None:
    assert approved(state=state) == (None if state == MeetingState.held else "too-early")


@pytest.mark.parametrize("purpose", list(VotePurpose))
def test_they_are_approved_by_a_vote_on_minutes(purpose: VotePurpose) -> None:
    wanted = None if purpose == VotePurpose.minutes else "other-purpose"
    assert approved(replace(LATER, purpose=purpose)) == wanted


@pytest.mark.parametrize("outcome", [None, *VoteOutcome])
def test_they_are_approved_by_a_vote_that_was_adopted(outcome: VoteOutcome | None) -> None:
    wanted = None if outcome == VoteOutcome.adopted else "not-adopted"
    assert approved(replace(LATER, outcome=outcome)) == wanted


def test_they_are_approved_in_a_later_meeting_of_the_same_body() -> None:
    assert approved(replace(LATER, body="stadtrat")) == "other-body"
    assert approved(replace(LATER, taken_in_meeting_of=MET)) == "not-later"
    assert approved(replace(LATER, taken_in_meeting_of=MET + timedelta(seconds=1))) is None
    assert approved(None) == "unknown"


def test_the_chair_approves_only_where_the_body_leaves_it_to_the_chair() -> None:
    alone = ApprovalOfMinutes()
    assert approved(None, alone, VOTE) == "missing"
    assert approved(None, alone, CHAIR) is None
    assert approved(LATER, NEXT, CHAIR) is None
    assert approved(replace(LATER, body="stadtrat"), NEXT, CHAIR) == "other-body"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"chair": "m-9"}, "/chair"),
        ({"clerk": "m-9"}, "/clerk"),
        (
            {
                "notes": [
                    {"agenda_item": "a-1", "text": {"de": "So."}},
                    {"agenda_item": "a-9", "text": {"de": "So."}},
                ]
            },
            "/notes/1/agenda_item",
        ),
    ],
)
def test_minutes_name_who_was_there_and_what_was_on_the_agenda(
    wrong: dict[str, Any], pointer: str
) -> None:
    right = {"meeting": "sitzung-1", "chair": "m-1", "clerk": "m-2"}
    check(NewMinutes.model_validate(right), {"m-1", "m-2"}, {"a-1"})
    check(NewMinutes(meeting="sitzung-1"), (), ())
    with pytest.raises(Invalid) as refused:
        check(NewMinutes.model_validate({**right, **wrong}), {"m-1", "m-2"}, {"a-1"})
    assert refused.value.faults[0].pointer == pointer
