"""Where seats are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class SeatRow(Resource, Table, table=True):
    """A seat, or several alike (Sitz). The migration adds: one chair's seat at a time."""

    __tablename__ = "seat"
    __table_args__ = (
        key_is_unique(),
        UniqueConstraint("municipality_id", "body", "key"),
        refers_to("body", "boards.body"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    body: str
    name: dict[str, str] = Field(sa_type=JSONB)
    rule: dict[str, Any] = Field(sa_type=JSONB)
    voting: bool
    chair: bool
    starts_on: date | None = None
    ends_on: date | None = None
    term_months: int | None = None
    carry_over: bool = False
    clause: str | None = None
