"""Where expenditures are kept."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class ExpenditureRow(Resource, Table, table=True):
    """An expenditure (Ausgabe); for the administration alone."""

    __tablename__ = "expenditure"
    __table_args__ = (
        key_is_unique(),
        refers_to("project", "projects.project"),
        refers_to("commitment", "projects.commitment"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint("recoverable_vat BETWEEN 0 AND gross", name="vat_within_the_gross"),
        CheckConstraint("net <= gross", name="net_within_the_gross"),
        CheckConstraint("eligible = gross - recoverable_vat", name="no_recoverable_vat"),
        CheckConstraint("own BETWEEN 0 AND eligible", name="own_within_the_eligible"),
        Index("ix_expenditure_project", "municipality_id", "project"),
        Index("ix_expenditure_commitment", "municipality_id", "commitment"),
        Index("ix_expenditure_parts", "parts", postgresql_using="gin"),
    )

    project: str
    purpose: str
    supplier: str | None = None
    supplier_name: str | None = None
    invoice_number: str | None = None
    invoice_date: date | None = None
    payment_date: date | None = None
    category: str
    gross: Decimal = Field(sa_type=Numeric(14, 2))
    net: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    recoverable_vat: Decimal = Field(sa_type=Numeric(14, 2))
    shares: list[dict[str, Any]] = Field(sa_type=JSONB)
    evidence: list[dict[str, Any]] = Field(sa_type=JSONB)
    commitment: str | None = None
    note: str | None = None
    currency: str
    eligible: Decimal = Field(sa_type=Numeric(14, 2))
    parts: list[dict[str, Any]] = Field(sa_type=JSONB)
    own: Decimal = Field(sa_type=Numeric(14, 2))
    state: str
    booking: UUID | None = None
