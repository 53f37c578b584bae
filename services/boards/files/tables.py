"""Where files are kept; their bytes are with the contents."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique


class FileRow(Resource, Table, table=True):
    """A file (Datei): what it is called, what it belongs to, and the checksum of its bytes."""

    __tablename__ = "file"
    __table_args__ = (
        key_is_unique(),
        CheckConstraint("(subject_kind IS NULL) = (subject IS NULL)", name="subject"),
        CheckConstraint(
            "erased_at IS NOT NULL OR (withdrawn_at IS NULL) = (reason IS NULL)", name="reason"
        ),
        CheckConstraint(
            "erased_at IS NOT NULL OR (name IS NOT NULL AND file_name IS NOT NULL)",
            name="named_until_erased",
        ),
        Index(None, "municipality_id", "subject_kind", "subject", "key"),
        Index(None, "municipality_id", "sha512"),
    )

    name: str = Field(nullable=True)
    file_name: str = Field(nullable=True)
    mime_type: str
    charset: str | None = None
    size: int = Field(sa_type=BigInteger)
    sha512: str
    subject_kind: str | None = None
    subject: str | None = None
    role: str | None = None
    dated_on: date | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reason: str | None = None
    erased_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    """With the person or contribution it belonged to: nobody finds it any longer."""
