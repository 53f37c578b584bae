"""Where results are kept."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class ResultRow(Resource, Table, table=True):
    """A result (Ergebnis)."""

    __tablename__ = "result"
    __table_args__ = (
        key_is_unique(),
        refers_to("project", "projects.project"),
        refers_to("grant", "projects.grant"),
        CheckConstraint("level IN ('output', 'outcome', 'impact')", name="level"),
        Index("ix_result_project", "municipality_id", "project"),
    )

    project: str
    grant: str | None = None
    level: str
    title: dict[str, str] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
