"""Where measures are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index
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
        refers_to("goal", "projects.goal"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint(
            "(funding_state = 'closed') = (funding_reason IS NOT NULL)", name="closed_for_a_reason"
        ),
        Index(None, "municipality_id", "strategy"),
        Index(None, "municipality_id", "project"),
    )

    title: dict[str, str] = Field(sa_type=JSONB)
    project: str | None = None
    strategy: str | None = None
    goal: str | None = None
    action_plans: list[str] = Field(sa_type=JSONB)
    planning_fields: list[str] = Field(sa_type=JSONB)
    state: str
    areas: list[str] = Field(sa_type=JSONB)
    responsible: str | None = None
    department: str | None = None
    target_groups: list[str] = Field(sa_type=JSONB)
    recommendation: str | None = None
    findings: list[str] = Field(sa_type=JSONB)
    mandate_required: bool
    mandate: str | None = None
    grants: list[str] = Field(sa_type=JSONB)
    budget: list[dict[str, Any]] = Field(sa_type=JSONB)
    targets: list[dict[str, Any]] = Field(sa_type=JSONB)
    starts_on: date | None = None
    ends_on: date | None = None
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    funding_state: str
    funding_closed_on: date | None = None
    funding_reason: str | None = None
