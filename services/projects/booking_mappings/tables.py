"""Where mappings of the finance system are kept."""

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique
from services.projects.tables import Table


class BookingMappingRow(Resource, Table, table=True):
    """A mapping (Zuordnung); for the administration alone."""

    __tablename__ = "booking_mapping"
    __table_args__ = (
        key_is_unique(),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    columns: dict[str, Any] = Field(sa_type=JSONB)
    decimal: str
    sign: str
    rules: list[dict[str, Any]] = Field(sa_type=JSONB)
