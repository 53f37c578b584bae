"""Where publications are kept."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class PublicationRow(Resource, Table, table=True):
    """A publication (Veröffentlichung)."""

    __tablename__ = "publication"
    __table_args__ = (
        key_is_unique(),
        refers_to("publisher", "boards.organisation"),
        refers_to("commissioned_by", "boards.body"),
        CheckConstraint("(withdrawn_at IS NULL) = (reason IS NULL)", name="reason"),
    )

    title: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    issue: str | None = None
    published_on: date | None = None
    year: int | None = None
    bodies: list[str] = Field(sa_type=JSONB)
    publisher: str | None = None
    commissioned_by: str | None = None
    languages: list[str] = Field(sa_type=JSONB)
    summary: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    link: str | None = None
    topics: list[str] = Field(sa_type=JSONB)
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reason: str | None = None
