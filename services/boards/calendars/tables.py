"""Where private calendars are kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class CalendarFeedRow(Resource, Table, table=True):
    """A private calendar (Kalenderabonnement): who has the address of which this is the digest."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        key_is_unique(),
        UniqueConstraint("municipality_id", "digest"),
        refers_to("person", "boards.person"),
        refers_to("body", "boards.body"),
        CheckConstraint("(person IS NULL) <> (body IS NULL)", name="one_of_both"),
    )

    person: str | None = None
    body: str | None = None
    digest: str
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
