"""Where bookings are kept."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, Integer, Numeric, String, func
from sqlmodel import Field

from services.kit.tables import TenantTable
from services.projects.tables import Table


class BookingRow(TenantTable, Table, table=True):
    """A line of the finance system that belongs to a grant, or did (Buchung).

    No resource with a key: it comes by the hundred thousand and is changed by imports alone. Grants
    are never deleted, so that no foreign key has to watch over them, row by row.
    """

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("fiscal_year BETWEEN 1990 AND 2100", name="in_a_budget_year"),
        CheckConstraint('("grant" IS NULL) = (gone IS NOT NULL)', name="of_a_grant_or_gone"),
        Index("ix_booking_grant", "municipality_id", "grant", "booked_on"),
    )

    id: UUID = Field(primary_key=True)
    fiscal_year: int = Field(sa_type=Integer)
    number: str | None = None
    position: str | None = None
    account: str
    product: str | None = None
    cost_object: str | None = None
    booked_on: date
    invoice_date: date | None = None
    paid_on: date | None = None
    amount: Decimal = Field(sa_type=Numeric(14, 2))
    currency: str = Field(default="EUR", sa_type=String, sa_column_kwargs={"server_default": "EUR"})
    supplier_name: str | None = None
    purpose: str | None = None
    grant: str | None = None
    category: str
    gone: str | None = None
    mapping: str | None = None
    """By which it came: only that one says that it is of no grant any more."""
    digest: UUID
    """Of the whole content: what is alike is not changed."""
    expenditure: str | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    imported_at: datetime = Field(
        default=None,
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now()},
    )
