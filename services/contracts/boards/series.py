"""Series of meetings (Sitzungsserien)."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from services.contracts.boards.meetings import MeetingKind, Moment, after_start
from services.contracts.shared.base import Key, Request, Stored, Texts, Visibility, example


class Rhythm(StrEnum):
    """How often a body meets (Rhythmus).

    `monthly_weekday`: on the same weekday of the month as the first, such as each second Thursday.
    `monthly_day`: on the same day of the month; months without it are left out.
    """

    weekly = "weekly"
    monthly_weekday = "monthly_weekday"
    monthly_day = "monthly_day"


class NewMeetingSeries(Request):
    """A series of meetings (Sitzungsserie); all of them are planned at once."""

    model_config = example(
        key="praeventionsnetz-2026",
        body="praeventionsnetz",
        name={"de": "Vernetzungstreffen", "en": "Network meeting"},
        kind="network_meeting",
        starts_at="2026-03-12T13:00:00+01:00",
        ends_at="2026-03-12T16:00:00+01:00",
        rhythm="monthly_weekday",
        interval=3,
        count=4,
        location={"de": "Landratsamt, Erzberger Allee 14, Bad Salzungen"},
        visibility="public",
    )

    key: Annotated[Key, Field(max_length=74)]
    body: Key
    name: Texts
    kind: MeetingKind = MeetingKind.sitting
    starts_at: Annotated[
        Moment, Field(description="The first meeting; the others are at the same time of day.")
    ]
    ends_at: Annotated[Moment | None, AfterValidator(after_start)] = None
    rhythm: Rhythm
    interval: Annotated[int, Field(ge=1, le=24, description="Every how many weeks or months.")] = 1
    count: Annotated[int, Field(ge=1, le=60, description="How many meetings.")]
    location: Texts | None = None
    visibility: Visibility = Visibility.public


class MeetingSeries(Stored, NewMeetingSeries):
    """A series as it is stored."""

    model_config = {**Stored.model_config, **NewMeetingSeries.model_config, "extra": "ignore"}
