"""Where attendance is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class AttendanceRow(Resource, Table, table=True):
    """Presence or absence of a member (Anwesenheit). Personal data."""

    __tablename__ = "attendance"
    __table_args__ = (
        key_is_unique(),
        refers_to("meeting", "boards.meeting"),
        refers_to("membership", "boards.membership"),
        refers_to("substitutes_for", "boards.membership"),
        UniqueConstraint(
            "municipality_id", "meeting", "membership", name="uq_attendance_membership"
        ),
    )

    meeting: str
    membership: str
    present: bool
    stays: list[dict[str, Any]] = Field(sa_type=JSONB)
    reason: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    substitutes_for: str | None = None
    objects: bool
    erased_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
