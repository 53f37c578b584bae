"""Reading the OParl of other council information systems (Ratsinformationssysteme)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from services.contracts.boards.meetings import Moment
from services.contracts.shared.base import Answer, Key, Link, Request, Stored, Texts, example

ListName = Literal["organization", "meeting", "agendaItem", "paper", "consultation"]
"""The lists of a body that are read, in this order."""
LISTS: tuple[ListName, ...] = ("organization", "meeting", "agendaItem", "paper", "consultation")


class NewOparlSource(Request):
    """A council information system (Ratsinformationssystem) that is read over OParl."""

    model_config = example(
        key="rathaus",
        name={"de": "Ratsinformationssystem der Stadt"},
        url="https://ris.example.org/oparl/v1.1/body/1",
    )

    key: Key
    name: Texts
    url: Annotated[
        Link, Field(description="Address of its system, body or list; kept for the next reading.")
    ]


class OparlSource(Stored, NewOparlSource):
    """A source as it is stored, and how far it was read."""

    model_config = {**Stored.model_config, **NewOparlSource.model_config, "extra": "ignore"}

    list: Annotated[
        ListName | None, Field(description="The list an unfinished reading stands in.")
    ] = None
    next: Annotated[
        Link | None, Field(description="The page with which an unfinished reading goes on.")
    ] = None
    started_at: Annotated[
        datetime | None, Field(description="When an unfinished reading began.")
    ] = None
    read_at: Annotated[
        datetime | None,
        Field(description="When the last finished reading began; the next asks what changed since"),
    ] = None


class OparlBatch(Request):
    """Objects as a server answered them, and where the reading stands after them."""

    model_config = example(
        list="organization",
        objects=[
            {
                "id": "https://ris.example.org/oparl/organization/7",
                "type": "https://schema.oparl.org/1.1/Organization",
                "name": "Sozialausschuss",
                "classification": "Ausschuss",
                "meeting": "https://ris.example.org/oparl/organization/7/meeting",
            }
        ],
        next="https://ris.example.org/oparl/organization?page=2",
        started_at="2026-03-01T04:00:00+01:00",
        finished=False,
    )

    list: Annotated[
        ListName | None,
        Field(description="The list they come from: the type of those that do not say theirs."),
    ] = None
    objects: Annotated[
        Sequence[Any],
        Field(max_length=1000, description="As they are, whatever is wrong with them."),
    ]
    next: Annotated[
        Link | None, Field(description="The page after these; null when the list has ended.")
    ] = None
    started_at: Annotated[
        Moment | None, Field(description="When this reading began; null leaves no trace of it.")
    ] = None
    finished: Annotated[
        bool, Field(description="The reading is complete; the next one is incremental.")
    ] = False
    called: Annotated[
        Mapping[Link, Link],
        Field(
            max_length=1000,
            description="Address at which an object was found -> the id by which it calls itself, "
            "where these are not the same: others may name it by either.",
        ),
    ] = {}


class OparlRepair(Answer):
    """One kind of mistake of the server, put right (Reparatur)."""

    model_config = example(
        code="order_not_from_zero",
        property="agendaItem",
        count=134,
        example="https://ris.example.org/oparl/meeting/10044",
    )

    code: str
    property: str
    count: int
    example: Annotated[str, Field(description="Address of one object that had it; may be empty.")]


class OparlReport(Answer):
    """What became of a batch (Bericht über das Einlesen), by type of object."""

    model_config = example(
        created={"Organization": 1},
        changed={},
        unchanged={},
        deleted={},
        left_out={},
        waiting={},
        repairs=[],
    )

    created: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    deleted: Annotated[Mapping[str, int], Field(description="Withdrawn by the server.")]
    left_out: Annotated[Mapping[str, int], Field(description="What could not be understood.")]
    waiting: Annotated[
        Mapping[str, int],
        Field(description="Those that name objects not yet read; they are completed later."),
    ]
    repairs: Sequence[OparlRepair]


class OparlMissing(Answer):
    """What objects wait for (fehlende Objekte)."""

    model_config = example(addresses=["https://ris.example.org/oparl/meeting/10044"], objects=1)

    addresses: Annotated[
        Sequence[str], Field(description="Addresses that are named but were not read, 1000 at most")
    ]
    objects: Annotated[int, Field(description="How many objects wait.")]
