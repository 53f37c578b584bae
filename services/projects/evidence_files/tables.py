"""Where evidence files and their bytes are kept."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index
from sqlmodel import Field

from services.kit.contents.tables import Content, ContentPart
from services.kit.tables import Resource, key_is_unique
from services.projects.tables import Table


class EvidenceFileRow(Resource, Table, table=True):
    """An evidence file (Belegdatei): its name, and the checksum of its bytes; for the
    administration alone."""

    __tablename__ = "evidence_file"
    __table_args__ = (
        key_is_unique(),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint("(withdrawn_at IS NULL) = (reason IS NULL)", name="reason"),
        Index("ix_evidence_file_sha512", "municipality_id", "sha512"),
    )

    file_name: str
    mime_type: str
    charset: str | None = None
    size: int = Field(sa_type=BigInteger)
    sha512: str
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reason: str | None = None


class EvidenceContentRow(Content, Table, table=True):
    """The content of evidence files."""


class EvidencePartRow(ContentPart, Table, table=True):
    """A part of such a content."""
