"""Where findings are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class FindingRow(Resource, Table, table=True):
    """A finding (Befund); of one rule and area one at most that is not resolved.

    `last_seen` is null as long as the rule holds: a release in which nothing changes leaves no
    trace. `evidence_release` is the one with which the evidence became as it is; `indicators` are
    those that it tells of: who may not see them does not see the finding.
    """

    __tablename__ = "finding"
    __table_args__ = (
        key_is_unique(),
        refers_to("rule", "indicators.needs_rule"),
        refers_to("area", "indicators.area"),
        Index(
            "ix_finding_unresolved",
            "municipality_id",
            "rule",
            "area",
            unique=True,
            postgresql_where=text("state <> 'resolved'"),
        ),
        CheckConstraint("(state = 'resolved') = (resolved_in IS NOT NULL)", name="resolved"),
    )

    rule: str
    rule_revision: int
    area: str
    level: str
    title: dict[str, str] = Field(sa_type=JSONB)
    topic: str | None = None
    severity: str
    state: str
    first_seen: int
    last_seen: int | None = None
    outcome: str
    resolved_in: int | None = None
    resolution: str | None = None
    evidence: list[dict[str, Any]] = Field(sa_type=JSONB)
    evidence_release: int
    indicators: list[str] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    source: str | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
