"""Where target indicators are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.esf_indicators.rules import is_verified
from services.projects.tables import Table


class TargetIndicatorRow(Resource, Table, table=True):
    """A target indicator (Zielindikator)."""

    __tablename__ = "target_indicator"
    __table_args__ = (
        key_is_unique(),
        refers_to("result", "projects.result"),
        CheckConstraint("direction IN ('increase', 'decrease', 'maintain')", name="direction"),
        CheckConstraint("counting IN ('cumulative', 'per_period')", name="counting"),
        CheckConstraint("measure IN ('number', 'percentage')", name="measure"),
        Index("ix_target_indicator_result", "municipality_id", "result"),
    )

    result: str
    title: dict[str, str] = Field(sa_type=JSONB)
    unit: dict[str, str] = Field(sa_type=JSONB)
    measure: str
    direction: str
    counting: str
    baseline: Decimal | None = Field(default=None, sa_type=Numeric(20, 6))
    baseline_on: date | None = None
    tolerance: Decimal = Field(sa_type=Numeric(7, 4))
    esf_code: str | None = None
    indicator: str | None = None
    people: bool | None = None
    counts_people: bool
    """It counts people, so that few of them are told to nobody outside."""
    dimensions: list[dict[str, Any]] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)

    @property
    def code_verified(self) -> bool | None:
        """Whether the code was seen with its text."""
        return is_verified(self.esf_code)
