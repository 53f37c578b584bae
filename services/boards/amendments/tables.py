"""Where amendments are kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class AmendmentRow(Resource, Table, table=True):
    """An amendment (Änderungsantrag).

    Triggers of the migration hold one that was adopted to its vote: it is void when that is.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        key_is_unique(),
        refers_to("paper", "boards.paper"),
        ForeignKeyConstraint(
            ["municipality_id", "paper", "based_on"],
            [
                "boards.paper_version.municipality_id",
                "boards.paper_version.paper",
                "boards.paper_version.number",
            ],
            name="fk_amendment_based_on",
        ),
        refers_to("vote", "boards.vote"),
        CheckConstraint("vote IS NULL OR state IN ('adopted', 'void')", name="vote"),
        CheckConstraint(
            "state IN ('proposed', 'adopted', 'void', 'rejected', 'withdrawn')", name="state"
        ),
        CheckConstraint(
            "state NOT IN ('rejected', 'withdrawn') OR reason IS NOT NULL", name="reason"
        ),
        Index(None, "municipality_id", "paper", "key"),
    )

    paper: str
    based_on: int
    title: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    text: dict[str, str] = Field(sa_type=JSONB)
    originator_organisations: list[str] = Field(sa_type=JSONB)
    originator_bodies: list[str] = Field(sa_type=JSONB)
    originator_persons: list[str] = Field(sa_type=JSONB)
    reasons: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    state: str
    reason: str | None = None
    vote: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
