"""Private calendars of what is due in all services (Fristenkalender zum Abonnieren)."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from services.contracts.shared.access import Role
from services.contracts.shared.base import Key, Line, Request, Stored, Visibility, example
from services.contracts.shared.deadlines import DeadlineKind, Party, Source


class NewDeadlineFeed(Request):
    """A calendar of what is due: of which kinds and services, for whom."""

    model_config = example(
        purpose="Kalender der Planungskoordination",
        audience="administration",
        kinds=["implementation", "obligation", "planning_task"],
        services=["boards", "projects"],
        responsible=["organisation:integrierte-sozialplanung"],
    )

    purpose: Annotated[Line, Field(description="Whose calendar it is for, never a person's name.")]
    audience: Annotated[
        Visibility,
        Field(
            description="What the address shows: what is public, what members of boards see too, "
            "or what you see with the roles that you have now."
        ),
    ] = Visibility.administration
    kinds: Annotated[
        list[DeadlineKind], Field(max_length=20, description="Empty: every kind.")
    ] = []
    services: Annotated[list[Source], Field(max_length=3, description="Empty: all services.")] = []
    responsible: Annotated[
        list[Party],
        Field(max_length=50, description="In whose hands it is; empty: in anybody's."),
    ] = []


class DeadlineFeed(Stored, NewDeadlineFeed):
    """A calendar of what is due; its address is not stored."""

    model_config = {**Stored.model_config, **NewDeadlineFeed.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["k-5rj3tq2wxa"])]
    roles: Annotated[list[Role], Field(description="With which roles it reads.")]
    revoked_at: Annotated[datetime | None, Field(description="Null as long as it works.")] = None


class IssuedDeadlineFeed(DeadlineFeed):
    """A new calendar of what is due, with its address, told this once."""

    address: Annotated[
        Line,
        Field(
            description="For the calendar program. Whoever has it sees these days.",
            examples=["/v1/jena/deadline-calendars/u5Wd3yQmYB0aIhFqzT8xPkVnR2cLJ6eG"],
        ),
    ]
