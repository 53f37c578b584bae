"""Where legislative terms are kept."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique


class LegislativeTermRow(Resource, Table, table=True):
    """A legislative term (Wahlperiode)."""

    __tablename__ = "legislative_term"
    __table_args__ = (
        key_is_unique(),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    starts_on: date | None = None
    ends_on: date | None = None
