"""Events: what happened, told to those who may know it (Ereignisse), as CloudEvents 1.0."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.contracts.shared.base import Answer, example
from services.contracts.shared.event_types import TESTED, TYPES


def _known(pattern: str) -> str:
    """Refuses what would stay silent for ever."""
    start = pattern.removesuffix("*")
    if not any(type == pattern or (start != pattern and type.startswith(start)) for type in TYPES):
        raise ValueError(f"nothing that is told has a type like {pattern!r}")
    return pattern


TypePattern = Annotated[
    str,
    StringConstraints(
        pattern=r"^(\*|[a-z]+\.\*|[a-z]+\.[a-z_-]+\.\*|[a-z]+\.[a-z_-]+\.[a-z_-]+\.v1)$",
        max_length=100,
    ),
    AfterValidator(_known),
    Field(
        description="A type of events such as `boards.resolution.created.v1`, or all that begin "
        "alike: `boards.resolution.*`, `boards.*`, `*`. All types stand at `type` of `Event`."
    ),
]


class Happened(BaseModel):
    """An entry of a journal as a service tells it to the gateway, for one who may know it."""

    model_config = ConfigDict(frozen=True)

    seq: int
    type: str
    subject: str
    at: datetime
    data: Mapping[str, Any]


class Scan(BaseModel):
    """What the actor may know of a stretch of one journal, and up to where it was looked at."""

    model_config = ConfigDict(frozen=True)

    entries: Sequence[Happened]
    seq: int
    more: bool


class Event(Answer):
    """Something that happened (Ereignis), as a CloudEvent 1.0 in JSON.

    It says what happened to what, not what it is like now: read it at the address of `subject`.
    """

    model_config = {
        **Answer.model_config,
        **example(
            specversion="1.0",
            id="boards-42",
            source="https://planraum.example.org/v1/jena",
            type="boards.resolution.created.v1",
            subject="resolutions/0412-2025",
            time="2025-06-18T17:04:11.201Z",
            datacontenttype="application/json",
            data={"id": "0197f3a4-5b6c-7d8e-9f00-112233445566", "revision": 1},
            municipality="jena",
            cursor="WyJib2FyZHM6NDIiXQ",
        ),
    }

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(description="Once for ever in `source`: service and number in its journal.")
    source: str = Field(description="The municipality at this installation.")
    type: str = Field(
        description="What happened: `boards.resolution.created.v1`.",
        json_schema_extra={"enum": [*TYPES, TESTED]},
    )
    subject: str = Field(description="To what: `resolutions/0412-2025`, below the municipality.")
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    data: dict[str, Any] = Field(
        description="`id` and `revision` of the subject; for the administration also what the "
        "journal keeps: keys of what takes part, states, amounts, names of changed fields."
    )
    municipality: str = Field(description="Key of the municipality.")
    cursor: str | None = Field(
        description="Where to go on after this event: `after` or Last-Event-ID; null in a webhook."
    )


class EventPage(Answer):
    """A stretch of what happened, in order (Ereignisse)."""

    items: list[Event]
    after: str = Field(description="Where to go on, now or later. Keep it with what you have done.")
    next: str | None = Field(description="Address of more that is there already; null: no more.")
