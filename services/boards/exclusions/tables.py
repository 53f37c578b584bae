"""Where exclusions are kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class ExclusionRow(Resource, Table, table=True):
    """A conflict of interest, as far as it was looked into (Befangenheit). Personal data."""

    __tablename__ = "exclusion"
    __table_args__ = (
        key_is_unique(),
        refers_to("meeting", "boards.meeting"),
        refers_to("agenda_item", "boards.agenda_item"),
        refers_to("membership", "boards.membership"),
        refers_to("organisation", "boards.organisation"),
        UniqueConstraint(
            "municipality_id", "agenda_item", "membership", name="uq_exclusion_membership"
        ),
        CheckConstraint(
            "erased_at IS NOT NULL OR (state = 'proposed') = (decision_reason IS NULL)",
            name="decided_with_a_reason",
        ),
    )

    meeting: str
    agenda_item: str
    membership: str
    origin: str
    organisation: str | None = None
    reason: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    state: str
    decision_reason: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    erased_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
