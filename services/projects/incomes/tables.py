"""Where incomes are kept."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class IncomeRow(Resource, Table, table=True):
    """An income (Einnahme); for the administration alone."""

    __tablename__ = "income"
    __table_args__ = (
        key_is_unique(),
        refers_to("grant", "projects.grant"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint("kind IN ('third_party', 'revenue', 'own')", name="kind"),
        CheckConstraint("amount > 0", name="it_brings_something"),
        Index("ix_income_grant", "municipality_id", "grant"),
    )

    grant: str
    kind: str
    received_on: date
    amount: Decimal = Field(sa_type=Numeric(14, 2))
    purpose: str
    reference: str | None = None
    currency: str
