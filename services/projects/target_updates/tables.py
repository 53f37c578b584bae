"""Where updates are kept."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class TargetUpdateRow(Resource, Table, table=True):
    """What was reached in a period, and who says so (Fortschrittsmeldung)."""

    __tablename__ = "target_update"
    __table_args__ = (
        key_is_unique(),
        refers_to("period", "projects.target_period"),
        CheckConstraint("state IN ('draft', 'submitted', 'approved', 'returned')", name="state"),
        CheckConstraint(
            "(state = 'draft') = (submitted_by IS NULL)"
            " AND (submitted_by IS NULL) = (submitted_at IS NULL)",
            name="submitted_by_somebody",
        ),
        CheckConstraint(
            "(state IN ('approved', 'returned')) = (decided_by IS NOT NULL)"
            " AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint(
            "state <> 'approved' OR decided_by <> submitted_by", name="approved_by_a_second"
        ),
        CheckConstraint("state <> 'approved' OR value IS NOT NULL", name="approved_with_a_value"),
        CheckConstraint(
            "(state = 'returned') = (returned_because IS NOT NULL)", name="returned_for_a_reason"
        ),
        Index("ix_target_update_period", "municipality_id", "period", "state", "reported_on"),
    )

    period: str
    reported_on: date
    value: Decimal | None = Field(default=None, sa_type=Numeric(20, 6))
    parts: list[dict[str, Any]] = Field(sa_type=JSONB)
    comment: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    evidence: list[dict[str, Any]] = Field(sa_type=JSONB)
    state: str
    submitted_by: str | None = None
    submitted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    returned_because: str | None = None
