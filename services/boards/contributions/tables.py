"""Where contributions are kept."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class ContributionRow(Resource, Table, table=True):
    """A contribution (Beitrag). Nothing says who made it: no account, no address, no token."""

    __tablename__ = "contribution"
    __table_args__ = (
        key_is_unique(),
        refers_to("process", "boards.participation_process"),
        CheckConstraint("erased_at IS NOT NULL OR text IS NOT NULL", name="told_until_erased"),
        CheckConstraint("(decision IS NULL) = (answered_on IS NULL)", name="answered"),
        CheckConstraint("(state = 'published') = (visibility = 'public')", name="shown"),
        Index(None, "municipality_id", "process", "key"),
        Index(
            None,
            "municipality_id",
            "token_digest",
            unique=True,
            postgresql_where=text("token_digest IS NOT NULL"),
        ),
        Index(
            None,
            "municipality_id",
            "process",
            "origin",
            unique=True,
            postgresql_where=text("origin IS NOT NULL"),
        ),
        Index(
            None,
            "municipality_id",
            "delete_on",
            postgresql_where=text("erased_at IS NULL"),
        ),
    )

    process: str
    state: str
    text: str | None = None
    published_text: str | None = None
    category: str | None = None
    area: str | None = None
    target_group: str | None = None
    channel: str
    hiding_reason: str | None = None
    consent_version: str
    received_on: date
    decision: str | None = None
    reason: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    answered_on: date | None = None
    answer_due_on: date
    delete_on: date
    token_digest: str | None = None
    """SHA-256 of the token that the contributor alone has."""
    origin: str | None = None
    """Digest of where it was imported from; stays, so that what was erased is not imported anew."""
    erased_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
