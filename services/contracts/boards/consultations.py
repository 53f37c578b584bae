"""Consultations: the bodies that a paper goes through, in their order (Beratungsfolge)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.boards.external import ExternalId
from services.contracts.shared.base import Key, Keys, Line, Request, Stored, example


class ConsultationRole(StrEnum):
    """What a body does with a paper (Rolle der Beratung)."""

    hears = "hears"
    notes = "notes"
    advises = "advises"
    decides = "decides"
    other = "other"


class ConsultationState(StrEnum):
    """Whether a body has dealt with a paper (Stand der Beratung)."""

    planned = "planned"
    held = "held"
    cancelled = "cancelled"


class NewConsultation(Request):
    """A consultation (Beratung): one step of a paper on its way, in one body."""

    model_config = example(
        paper="beirat-lsz-empfehlung-2026",
        body="sozialausschuss",
        joint_with=[],
        role="decides",
        role_label="Entscheidung",
        position=1,
        state="planned",
        meeting=None,
        agenda_item=None,
        external_id=None,
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    paper: Annotated[Key, Field(description="The paper, for good.")]
    body: Annotated[Key, Field(description="The body that deals with it, for good.")]
    joint_with: Annotated[
        Keys, Field(description="Bodies that sit together with it (gemeinsame Beratung).")
    ] = []
    role: Annotated[
        ConsultationRole, Field(description="Only a body with the mandate `decides` decides.")
    ]
    role_label: Annotated[
        Line | None, Field(description="What this municipality calls the role.")
    ] = None
    position: Annotated[
        int | None,
        Field(
            ge=0,
            le=9999,
            description="Place on the way of the paper, counted from 0; null puts it at the end.",
        ),
    ] = None
    state: Annotated[
        ConsultationState, Field(description="It is held once its meeting runs or was held.")
    ] = ConsultationState.planned
    meeting: Annotated[
        Key | None, Field(description="A meeting of the body or of one that sits with it.")
    ] = None
    agenda_item: Annotated[
        Key | None,
        Field(description="An item of the meeting's agenda; it then names paper and consultation."),
    ] = None
    external_id: ExternalId = None

    @field_validator("agenda_item")
    @classmethod
    def _in_a_meeting(cls, agenda_item: str | None, info: ValidationInfo) -> str | None:
        if agenda_item is not None and info.data.get("meeting") is None:
            raise ValueError("name the meeting whose agenda it is on")
        return agenda_item

    @field_validator("joint_with")
    @classmethod
    def _others(cls, joint_with: list[str], info: ValidationInfo) -> list[str]:
        if info.data.get("body") in joint_with:
            raise ValueError("the body itself is named among those that sit with it")
        return joint_with


class Consultation(Stored, NewConsultation):
    """A consultation as it is stored."""

    model_config = {**Stored.model_config, **NewConsultation.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["c-5rj3tq2wxa"])]
    position: int
    authoritative: Annotated[
        bool, Field(description="Whether a resolution on the paper is taken here.", examples=[True])
    ]
