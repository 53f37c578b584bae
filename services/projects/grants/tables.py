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
    """A grant (Zuwendung)."""

    __tablename__ = "grant"
    __table_args__ = (
        key_is_unique(),
        refers_to("project", "projects.project"),
        refers_to("programme", "projects.programme"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("amount <= eligible_cost", name="amount_within_the_cost"),
        CheckConstraint("eligible_cost >= 0 AND amount >= 0", name="money_is_not_negative"),
        Index("ix_grant_project", "municipality_id", "project"),
    )

    project: str
    programme: str
    grantee: str
    funder: str | None = None
    reference: str | None = None
    granted_on: date | None = None
    starts_on: date
    ends_on: date
    eligible_cost: Decimal = Field(sa_type=Numeric(14, 2))
    amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    rate: Decimal | None = Field(default=None, sa_type=Numeric(7, 4))
    financing: str
    sources: list[dict[str, Any]] = Field(sa_type=JSONB)
    currency: str
    evidence: str | None = None
