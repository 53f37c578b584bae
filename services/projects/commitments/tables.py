"""Where commitments are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class CommitmentRow(Resource, Table, table=True):
    """A commitment (Auftrag, Vertrag); for the administration alone."""

    __tablename__ = "commitment"
    __table_args__ = (
        key_is_unique(),
        refers_to("project", "projects.project"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint("amount > 0", name="it_costs_something"),
        Index("ix_commitment_project", "municipality_id", "project"),
        Index("ix_commitment_shares", "shares", postgresql_using="gin"),
    )

    project: str
    kind: str
    purpose: str
    supplier: str | None = None
    supplier_name: str | None = None
    reference: str | None = None
    category: str
    amount: Decimal = Field(sa_type=Numeric(14, 2))
    ordered_on: date | None = None
    due_on: date | None = None
    shares: list[dict[str, Any]] = Field(sa_type=JSONB)
    state: str
    note: str | None = None
    currency: str
