"""Where grants are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class GrantRow(Resource, Table, table=True):
    """A grant (Zuwendung), as it is now."""

    __tablename__ = "grant"
    __table_args__ = (
        key_is_unique(),
        refers_to("project", "projects.project"),
        refers_to("programme", "projects.programme"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("amount <= eligible_cost", name="amount_within_the_cost"),
        CheckConstraint("eligible_cost >= 0 AND amount >= 0", name="money_is_not_negative"),
        CheckConstraint("own_use >= 0", name="own_use_is_not_negative"),
        CheckConstraint(
            "state IN ('applied', 'granted', 'refused', 'withdrawn', 'closed')", name="state"
        ),
        Index("ix_grant_project", "municipality_id", "project"),
        Index(None, "municipality_id", "programme"),
    )

    project: str
    programme: str
    grantee: str
    funder: str | None = None
    reference: str | None = None
    state: str
    applied_on: date | None = None
    applied_amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    granted_on: date | None = None
    ended_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    eligible_cost: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    rate: Decimal | None = Field(default=None, sa_type=Numeric(7, 4))
    financing: str
    sources: list[dict[str, Any]] = Field(sa_type=JSONB)
    own_use: Decimal = Field(sa_type=Numeric(14, 2))
    notice: int | None = None
    currency: str
    evidence: str | None = None
