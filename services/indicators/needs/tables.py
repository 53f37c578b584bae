"""Where rules of needs analysis are kept, and what they said at each release."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to


class NeedsRuleRow(Resource, Table, table=True):
    """A rule of needs analysis (Bedarfsregel)."""

    __tablename__ = "needs_rule"
    __table_args__ = (
        key_is_unique(),
        refers_to("level", "indicators.area_level"),
        refers_to("topic", "indicators.topic"),
    )

    title: dict[str, str] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    topic: str | None = None
    severity: str
    level: str
    combining: str
    at_least: int | None = None
    conditions: list[dict[str, Any]] = Field(sa_type=JSONB)
    active: bool
    responsible: str | None = None


class AssessmentRow(TenantTable, Table, table=True):
    """What a rule said at a release."""

    __tablename__ = "needs_assessment"
    __table_args__ = (refers_to("rule", "indicators.needs_rule"),)

    rule: str = Field(primary_key=True)
    release: int = Field(primary_key=True)
    rule_revision: int
    areas: int
    found: int
    not_found: int
    unknown: list[dict[str, Any]] = Field(sa_type=JSONB)
    assessed_at: datetime = Field(sa_type=DateTime(timezone=True))
