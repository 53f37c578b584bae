"""Where papers are kept."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique


class PaperRow(Resource, Table, table=True):
    """A paper (Drucksache)."""

    __tablename__ = "paper"
    __table_args__ = (
        key_is_unique(),
        UniqueConstraint("municipality_id", "reference"),
        UniqueConstraint("municipality_id", "external_id"),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'decided', 'closed', 'withdrawn')", name="state"
        ),
        CheckConstraint("state <> 'draft' OR visibility = 'administration'", name="draft"),
        Index(None, "municipality_id", "dated_on", "key"),
    )

    reference: str
    title: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    kind_label: str | None = None
    dated_on: date
    state: str
    originator_organisations: list[str] = Field(sa_type=JSONB)
    originator_bodies: list[str] = Field(sa_type=JSONB)
    originator_persons: list[str] = Field(sa_type=JSONB)
    under_direction_of: list[str] = Field(sa_type=JSONB)
    concerned_organisations: list[str] = Field(sa_type=JSONB)
    related: list[str] = Field(sa_type=JSONB)
    superordinate: list[str] = Field(sa_type=JSONB)
    topics: list[str] = Field(sa_type=JSONB)
    areas: list[str] = Field(sa_type=JSONB)
    projects: list[str] = Field(default_factory=list, sa_type=JSONB)
    measures: list[str] = Field(default_factory=list, sa_type=JSONB)
    funded: dict[str, list[str]] = Field(default_factory=dict, sa_type=JSONB)
    """What the projects service said of them: which everybody may see, and whom they name."""
    text: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    external_id: str | None = None


class PaperNumberRow(TenantTable, Table, table=True):
    """The last number given out of a series of reference numbers (Nummernkreis)."""

    __tablename__ = "paper_number"

    series: str = Field(primary_key=True)
    last: int
