"""Where versions of publications are kept."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class PublicationVersionRow(Resource, Table, table=True):
    """A version of a publication (Auflage)."""

    __tablename__ = "publication_version"
    __table_args__ = (
        key_is_unique(),
        refers_to("publication", "boards.publication"),
        refers_to("adopted_by", "boards.body"),
        UniqueConstraint(
            "municipality_id", "publication", "number", name="uq_publication_version_number"
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (reason IS NULL)", name="reason"),
    )

    publication: str
    number: int
    edition: str | None = None
    published_on: date
    changes: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    files: list[str] = Field(sa_type=JSONB)
    link: str | None = None
    adopted_by: str | None = None
    indicators: list[str] = Field(sa_type=JSONB)
    releases: list[int] = Field(sa_type=JSONB)
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reason: str | None = None
