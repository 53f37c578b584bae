"""Meetings and what is on their agenda (Sitzungen, Tagesordnungspunkte)."""

from datetime import MAXYEAR, MINYEAR, UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)

from services.contracts.boards.external import ExternalId
from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


def _written(said: Any, read: ValidatorFunctionWrapHandler) -> datetime:
    """A day without hyphens, such as 20260312, would be taken for seconds since 1970. The first and
    the last day of all would lie outside of the calendar in some time zones: nobody writes them,
    but what is stored is told."""
    if isinstance(said, int | float) or (isinstance(said, str) and "-" not in said[1:]):
        raise ValueError("write a moment, such as 2026-03-12T17:00:00+01:00")
    moment: datetime = read(said)
    if isinstance(said, str) and not is_in_calendar(moment):
        raise ValueError("the moment is out of range")
    return moment.astimezone(UTC)


def is_in_calendar(moment: datetime) -> bool:
    """Is it a moment of the calendar in every time zone?"""
    return MINYEAR < moment.year < MAXYEAR


Moment = Annotated[AwareDatetime, WrapValidator(_written)]
"""A point in time; refused without its offset from UTC, and as a mere number."""


def after_start(ends_at: datetime | None, info: ValidationInfo) -> datetime | None:
    """For a field `ends_at` declared after `starts_at`: the end is later than the start."""
    starts_at = info.data.get("starts_at")
    if ends_at is not None and starts_at is not None and ends_at <= starts_at:
        raise ValueError("it ends before it starts")
    return ends_at


class MeetingKind(StrEnum):
    """What kind of meeting it is (Art der Sitzung)."""

    sitting = "sitting"
    network_meeting = "network_meeting"
    planning_conference = "planning_conference"
    hearing = "hearing"
    workshop = "workshop"


class MeetingState(StrEnum):
    """How far a meeting has come.

    Geplant, eingeladen, läuft, durchgeführt, verschoben, abgesagt.
    """

    planned = "planned"
    invited = "invited"
    running = "running"
    held = "held"
    postponed = "postponed"
    cancelled = "cancelled"


class NewMeeting(Request):
    """A meeting (Sitzung) of a body."""

    model_config = example(
        key="praeventionsnetz-2026-1",
        name={"de": "1. Vernetzungstreffen 2026", "en": "First network meeting 2026"},
        body="praeventionsnetz",
        kind="network_meeting",
        state="planned",
        starts_at="2026-03-12T13:00:00+01:00",
        ends_at="2026-03-12T16:00:00+01:00",
        location={"de": "Landratsamt, Erzberger Allee 14, Bad Salzungen"},
        external_id=None,
        visibility="public",
    )

    key: Key
    body: Annotated[Key, Field(description="The body that meets, for good.")]
    name: Texts
    kind: MeetingKind = MeetingKind.sitting
    state: Annotated[
        MeetingState,
        Field(
            description="A new meeting is planned. Then: planned - invited - running - held. "
            "Before it runs it can be postponed or cancelled, and planned anew after that."
        ),
    ] = MeetingState.planned
    starts_at: Annotated[Moment, Field(description="With its offset from UTC.")]
    ends_at: Annotated[
        Moment | None,
        AfterValidator(after_start),
        Field(description="After the start; null when it is not known."),
    ] = None
    location: Texts | None = None
    external_id: ExternalId = None
    visibility: Visibility = Visibility.public


class Meeting(Stored, NewMeeting):
    """A meeting as it is stored."""

    model_config = {**Stored.model_config, **NewMeeting.model_config, "extra": "ignore"}

    series: Annotated[Key | None, Field(description="The series it is one of.")]


class NewAgendaItem(Request):
    """An item on the agenda of a meeting (Tagesordnungspunkt)."""

    model_config = example(
        number="3.1",
        position=4,
        title={"de": "Sozialstrukturatlas: Stand der Datensammlung"},
        public=True,
        concerns=[],
        urgent=False,
        urgency_reason=None,
        again_of=None,
        withdrawn=False,
        text=None,
        result=None,
        external_id=None,
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    number: Annotated[
        str,
        Field(
            pattern=r"^[0-9A-Za-zÄÖÜäöü]+([.\-][0-9A-Za-zÄÖÜäöü]+)*\.?$",
            max_length=20,
            description="As it is printed on the agenda.",
            examples=["3.1"],
        ),
    ]
    position: Annotated[
        int | None,
        Field(
            ge=0,
            le=9999,
            description="Place on the agenda, counted from 0; null puts it at the end.",
        ),
    ] = None
    title: Texts
    public: Annotated[
        bool | None,
        Field(
            description="Items of the closed part (nichtöffentlich) are for the members of the "
            "body and the administration. Null: as the procedure of the body says."
        ),
    ] = None
    concerns: Annotated[
        list[Key],
        Field(
            max_length=100,
            description="The organisations it is about; whose people may have a conflict of "
            "interest.",
        ),
    ] = []
    urgent: Annotated[
        bool,
        Field(description="Whether it came after the invitation, for urgency; only so it can."),
    ] = False
    urgency_reason: Annotated[
        LongTexts | None, Field(validate_default=True, description="Why; required if it is urgent.")
    ] = None
    again_of: Annotated[
        Key | None,
        Field(
            description="The item of an earlier meeting that comes again because there was no "
            "quorum."
        ),
    ] = None
    withdrawn: Annotated[
        bool, Field(description="Whether it was taken off the agenda (abgesetzt).")
    ] = False
    text: LongTexts | None = None
    result: Annotated[
        LongTexts | None,
        Field(
            description="What came of it where there was no vote; once the meeting is running or "
            "held. What comes of a vote is computed."
        ),
    ] = None
    external_id: ExternalId = None

    @field_validator("urgency_reason")
    @classmethod
    def _reason_if_urgent(cls, reason: LongTexts | None, info: ValidationInfo) -> LongTexts | None:
        if info.data.get("urgent") and reason is None:
            raise ValueError("say why it is urgent")
        return reason


class AgendaItem(Stored, NewAgendaItem):
    """An agenda item as it is stored."""

    model_config = {**Stored.model_config, **NewAgendaItem.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["a-7hq4vn2kzd"])]
    meeting: Annotated[Key, Field(examples=["praeventionsnetz-2026-1"])]
    position: int
    public: bool
    paper: Annotated[
        Key | None, Field(description="The paper dealt with, if the reader may see it.")
    ] = None
    consultation: Annotated[
        Key | None, Field(description="The consultation of that paper that is held here.")
    ] = None
