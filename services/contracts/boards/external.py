"""Where a thing was taken from: the council information system of the town (Herkunft)."""

from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import Link

ExternalId = Annotated[
    Link | None,
    Field(description="Address at the system it was taken from; at most one thing has it."),
]
