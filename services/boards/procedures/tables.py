"""Where procedures are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class ProcedureRow(Resource, Table, table=True):
    """A procedure (Geschäftsordnung). The migration adds: one for a body at a time."""

    __tablename__ = "procedure"
    __table_args__ = (
        key_is_unique(),
        refers_to("body", "boards.body"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    body: str
    name: dict[str, str] = Field(sa_type=JSONB)
    starts_on: date | None = None
    ends_on: date | None = None
    notice_days: int
    urgent_days: int | None = None
    urgency_statement: bool
    urgency_finding: bool
    healed_by_appearance: bool
    exclusions: bool
    quorum: dict[str, Any] = Field(sa_type=JSONB)
    majority: dict[str, Any] = Field(sa_type=JSONB)
    tie: str
    items_public: bool
    attendance_visibility: str
    minutes_approval: str
    clauses: list[dict[str, Any]] = Field(sa_type=JSONB)
