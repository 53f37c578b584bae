"""Where measures are kept."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class MeasureRow(Resource, Table, table=True):
    """A measure (Maßnahme)."""

    __tablename__ = "measure"
    __table_args__ = (
        key_is_unique(),
        refers_to("project", "projects.project"),
        refers_to("strategy", "projects.strategy"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
    )

    title: dict[str, str] = Field(sa_type=JSONB)
    project: str | None = None
    strategy: str | None = None
    state: str
    areas: list[str] = Field(sa_type=JSONB)
    responsible: str | None = None
    target_groups: list[dict[str, str]] = Field(sa_type=JSONB)
    starts_on: date | None = None
    ends_on: date | None = None
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
