"""What a body may do with a paper, and when it has."""

import itertools
from typing import Any

import pytest

from services.boards.consultations.rules import (
    Sitting,
    check_carried,
    check_dealt_with,
    check_meeting,
    check_paper,
    check_role,
)
from services.contracts.boards.bodies import Mandate
from services.contracts.boards.consultations import (
    ConsultationRole,
    ConsultationState,
    NewConsultation,
)
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.papers import PaperState
from services.kit.problems import Conflict, Invalid

STEP: dict[str, Any] = {
    "key": "c-1",
    "paper": "vorlage-1",
    "body": "beirat",
    "joint_with": ["ausschuss"],
    "role": "advises",
    "role_label": "Vorberatung",
    "position": 1,
    "state": "held",
    "meeting": "sitzung-1",
    "agenda_item": "a-1",
    "external_id": None,
}


def step(**more: Any) -> NewConsultation:
    return NewConsultation.model_validate({**STEP, **more})


@pytest.mark.parametrize(
    ("role", "mandate"), list(itertools.product(ConsultationRole, [None, *Mandate]))
)
def test_only_who_has_the_mandate_decides(role: ConsultationRole, mandate: Mandate | None) -> None:
    mandates = [mandate] if mandate else []
    if role == ConsultationRole.decides and mandate != Mandate.decides:
        with pytest.raises(Invalid):
            check_role(role, mandates)
    else:
        check_role(role, mandates)


@pytest.mark.parametrize("state", list(PaperState))
def test_only_a_submitted_paper_is_dealt_with(state: PaperState) -> None:
    if state is PaperState.submitted:
        check_dealt_with(state)
    else:
        with pytest.raises(Conflict):
            check_dealt_with(state)


@pytest.mark.parametrize("state", list(PaperState))
def test_a_paper_at_its_end_goes_no_further(state: PaperState) -> None:
    if state in (PaperState.draft, PaperState.submitted):
        check_paper(state)
    else:
        with pytest.raises(Conflict):
            check_paper(state)


@pytest.mark.parametrize(
    ("state", "meeting"), list(itertools.product(ConsultationState, MeetingState))
)
def test_it_is_held_once_its_meeting_runs(state: ConsultationState, meeting: MeetingState) -> None:
    early = meeting not in (MeetingState.running, MeetingState.held)
    if state == ConsultationState.held and early:
        with pytest.raises(Conflict):
            check_meeting(step(state=state), Sitting("beirat", meeting))
    else:
        check_meeting(step(state=state), Sitting("beirat", meeting))


def test_it_is_held_in_a_meeting_of_the_body_or_of_one_that_sits_with_it() -> None:
    check_meeting(step(), Sitting("ausschuss", MeetingState.held))
    with pytest.raises(Invalid) as refused:
        check_meeting(step(), Sitting("stadtrat", MeetingState.held))
    assert refused.value.faults[0].code == "other-body"
    with pytest.raises(Invalid) as refused:
        check_meeting(step(meeting=None, agenda_item=None), None)
    assert refused.value.faults[0].code == "no-meeting"
    check_meeting(step(state="planned", meeting=None, agenda_item=None), None)


@pytest.mark.parametrize("name", list(STEP))
def test_a_step_that_carries_a_decision_stays_but_for_its_label(name: str) -> None:
    other = {
        "joint_with": [],
        "role": "hears",
        "position": 2,
        "state": "planned",
        "agenda_item": None,
        "external_id": "https://example.org/c/1",
    }
    changed = step().model_copy(update={name: other.get(name, "anderes")})
    assert changed != step()
    if name in ("role_label", "external_id"):
        check_carried(step(), changed)
    else:
        with pytest.raises(Conflict) as refused:
            check_carried(step(), changed)
        assert refused.value.faults[0].pointer == f"/{name}"
