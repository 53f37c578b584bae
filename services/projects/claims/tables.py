"""Where claims are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class ClaimRow(Resource, Table, table=True):
    """A claim (Mittelabruf); for the administration alone."""

    __tablename__ = "claim"
    __table_args__ = (
        key_is_unique(),
        refers_to("grant", "projects.grant"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint("requested BETWEEN 0 AND supported", name="no_more_than_supported"),
        CheckConstraint("paid_out BETWEEN 0 AND requested", name="no_more_than_requested"),
        Index("ix_claim_grant", "municipality_id", "grant"),
    )

    grant: str
    reference: str | None = None
    expenditures: list[str] = Field(sa_type=JSONB)
    forecast: list[dict[str, Any]] = Field(sa_type=JSONB)
    requested: Decimal = Field(sa_type=Numeric(14, 2))
    note: str | None = None
    currency: str
    cost: Decimal = Field(sa_type=Numeric(14, 2))
    share: Decimal | None = Field(default=None, sa_type=Numeric(7, 4))
    supported: Decimal = Field(sa_type=Numeric(14, 2))
    state: str
    submitted_on: date | None = None
    closed_on: date | None = None
    payouts: list[dict[str, Any]] = Field(sa_type=JSONB)
    paid_out: Decimal = Field(sa_type=Numeric(14, 2))
