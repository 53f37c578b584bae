"""Where meetings are kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class MeetingRow(Resource, Table, table=True):
    """A meeting (Sitzung)."""

    __tablename__ = "meeting"
    __table_args__ = (
        key_is_unique(),
        UniqueConstraint("municipality_id", "external_id"),
        refers_to("body", "boards.body"),
        refers_to("series", "boards.meeting_series"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(
            "state IN ('planned', 'invited', 'running', 'held', 'postponed', 'cancelled')",
            name="state",
        ),
        Index(None, "municipality_id", "starts_at", "key"),
        Index(None, "municipality_id", "body", "starts_at", "key"),
    )

    body: str
    name: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    state: str
    starts_at: datetime = Field(sa_type=DateTime(timezone=True))
    ends_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    location: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    series: str | None = None
    external_id: str | None = None
