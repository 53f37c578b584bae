"""Where files are kept; their bytes are with the contents."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, UniqueConstraint
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique


class FileRow(Resource, Table, table=True):
    """A file (Datei): what it is called, what it belongs to, and the checksum of its bytes."""

    __tablename__ = "file"
    __table_args__ = (
        key_is_unique(),
        CheckConstraint("(subject_kind IS NULL) = (subject IS NULL)", name="subject"),
        UniqueConstraint("municipality_id", "external_id"),
        CheckConstraint(
            "erased_at IS NOT NULL OR (withdrawn_at IS NULL) = (reason IS NULL)", name="reason"
        ),
        CheckConstraint(
            "erased_at IS NOT NULL OR (name IS NOT NULL AND file_name IS NOT NULL)",
            name="named_until_erased",
        ),
        CheckConstraint(
            "erased_at IS NOT NULL OR (link IS NULL) = (sha512 IS NOT NULL)",
            name="kept_here_or_elsewhere",
        ),
        Index(None, "municipality_id", "subject_kind", "subject", "key"),
        Index(None, "municipality_id", "sha512"),
    )

    name: str | None = None
    file_name: str | None = None
    mime_type: str
    charset: str | None = None
    size: int | None = Field(default=None, sa_type=BigInteger)
    sha512: str | None = None
    subject_kind: str | None = None
    subject: str | None = None
    role: str | None = None
    dated_on: date | None = None
    link: str | None = None
    download_link: str | None = None
    external_id: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reason: str | None = None
    erased_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    narrowed: bool = False
    """Somebody let fewer people see it than before, until everybody may: no version opens it."""
