"""Minutes: what happened at a meeting, put together from what is stored (Niederschriften)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.boards.meetings import Moment
from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Visibility,
    example,
)


class MinutesState(StrEnum):
    """Whether the minutes are agreed on (Entwurf, genehmigt)."""

    draft = "draft"
    approved = "approved"


class MinutesVersion(StrEnum):
    """For whom they are: everybody, or the body and the administration (Fassung)."""

    public = "public"
    full = "full"


class MinutesNote(Request):
    """How an item was discussed (Verlauf der Beratung)."""

    model_config = example(
        agenda_item="a-7hq4vn2kzd",
        text={"de": "Die Planungskoordination stellt den Stand der Datensammlung vor."},
    )

    agenda_item: Key
    text: LongTexts


class NewMinutes(Request):
    """Minutes of a meeting (Niederschrift, § 42 ThürKO)."""

    model_config = example(
        meeting="praeventionsnetz-2026-1",
        chair="m-5rj3tq2wxa",
        clerk=None,
        opened_at="2026-03-12T13:05:00+01:00",
        closed_at="2026-03-12T15:40:00+01:00",
        notes=[],
        readers="public",
    )

    meeting: Annotated[Key, Field(description="For good.")]
    chair: Annotated[Key | None, Field(description="Who chaired, as a membership.")] = None
    clerk: Annotated[Key | None, Field(description="Who keeps the minutes.")] = None
    opened_at: Annotated[
        Moment | None, Field(description="When the meeting really began; null: as planned.")
    ] = None
    closed_at: Annotated[
        Moment | None, Field(description="When it really ended; null: as planned.")
    ] = None
    notes: Annotated[list[MinutesNote], Field(max_length=500)] = []
    readers: Annotated[
        Visibility,
        Field(
            description="Who may read the public version once it is approved; a draft is for the "
            "body and the administration."
        ),
    ] = Visibility.public

    @field_validator("closed_at")
    @classmethod
    def _after_opening(cls, closed_at: datetime | None, info: ValidationInfo) -> datetime | None:
        opened_at = info.data.get("opened_at")
        if closed_at is not None and opened_at is not None and closed_at <= opened_at:
            raise ValueError("it ends before it begins")
        return closed_at

    @field_validator("notes")
    @classmethod
    def _each_once(cls, notes: list[MinutesNote]) -> list[MinutesNote]:
        if len({note.agenda_item for note in notes}) < len(notes):
            raise ValueError("an item has two notes")
        return notes


class ApprovalOfMinutes(Request):
    """The approval of minutes, with what the body corrected (Genehmigung der Niederschrift)."""

    model_config = example(
        vote="v-7hq4vn2kzd", corrections=[{"de": "Zu TOP 3: Die Zahl der Plätze beträgt 40."}]
    )

    vote: Annotated[
        Key | None,
        Field(
            description="The adopted vote of a later meeting of the same body; null only where the "
            "chair approves by the procedure of the body."
        ),
    ] = None
    corrections: Annotated[list[LongTexts], Field(max_length=100)] = []


class Minutes(Stored, NewMinutes):
    """Minutes as they are stored."""

    model_config = {**Stored.model_config, **NewMinutes.model_config, "extra": "ignore"}

    body: Annotated[Key, Field(examples=["praeventionsnetz"])]
    state: MinutesState
    corrections: Sequence[LongTexts]
    approved_by: Annotated[Key | None, Field(description="The vote by which they were approved.")]
    approved_at: datetime | None
    notes: Annotated[list[MinutesNote], Field(description="On the items that you may see.")]
    visibility: Visibility
