"""Where periods of target indicators are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class TargetPeriodRow(Resource, Table, table=True):
    """A span of time with what is wanted by its end (Zeitraum mit Zielwert)."""

    __tablename__ = "target_period"
    __table_args__ = (
        key_is_unique(),
        refers_to("indicator", "projects.target_indicator"),
        UniqueConstraint("municipality_id", "indicator", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("kind IN ('report', 'milestone', 'target')", name="kind"),
        CheckConstraint("kind = 'report' OR target IS NOT NULL", name="a_milestone_has_a_target"),
    )

    indicator: str
    starts_on: date
    ends_on: date
    kind: str
    target: Decimal | None = Field(default=None, sa_type=Numeric(20, 6))
    parts: list[dict[str, Any]] = Field(sa_type=JSONB)
    locked: bool = False
