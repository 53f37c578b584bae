"""Where recoveries are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class RecoveryRow(Resource, Table, table=True):
    """A recovery (Rückforderung); for the administration alone."""

    __tablename__ = "recovery"
    __table_args__ = (
        key_is_unique(),
        refers_to("grant", "projects.grant"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint("amount > 0 AND interest >= 0", name="money_is_not_negative"),
        CheckConstraint("repaid BETWEEN 0 AND amount", name="no_more_than_demanded"),
        Index("ix_recovery_grant", "municipality_id", "grant"),
    )

    grant: str
    kind: str
    amount: Decimal = Field(sa_type=Numeric(14, 2))
    interest: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    reason: str
    reference: str | None = None
    decided_on: date
    due_on: date | None = None
    currency: str
    state: str
    repayments: list[dict[str, Any]] = Field(sa_type=JSONB)
    repaid: Decimal = Field(sa_type=Numeric(14, 2))
    waived_on: date | None = None
