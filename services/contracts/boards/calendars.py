"""Addresses under which somebody's calendar follows meetings (Kalenderabonnements)."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.shared.base import Key, Request, Stored, example


class NewCalendarFeed(Request):
    """A private calendar: of one person's bodies, or of one body for its members."""

    model_config = example(person="p-k4x2m7qa3z", body=None)

    person: Annotated[
        Key | None, Field(description="The meetings of all bodies that this person sits in.")
    ] = None
    body: Annotated[
        Key | None,
        Field(validate_default=True, description="The meetings of this body. One of both is named"),
    ] = None

    @field_validator("body")
    @classmethod
    def _one_of_both(cls, body: str | None, info: ValidationInfo) -> str | None:
        if (body is None) == (info.data.get("person") is None):
            raise ValueError("name a person or a body")
        return body


class CalendarFeed(Stored, NewCalendarFeed):
    """A private calendar as it is stored; its address is not."""

    model_config = {**Stored.model_config, **NewCalendarFeed.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["k-5rj3tq2wxa"])]
    revoked_at: Annotated[datetime | None, Field(description="Null as long as it works.")] = None


class IssuedCalendarFeed(CalendarFeed):
    """A new private calendar with its address, told this once."""

    address: Annotated[
        str,
        Field(
            description="For the calendar program. Whoever has it sees these meetings.",
            examples=["/v1/jena/calendars/u5Wd3yQmYB0aIhFqzT8xPkVnR2cLJ6eG"],
        ),
    ]
