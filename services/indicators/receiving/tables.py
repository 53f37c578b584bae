"""Where a received file waits for its check, and how far the check has come."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import TenantTable


class DeliveryPartRow(TenantTable, Table, table=True):
    """A part of a received file, a megabyte at most; gone when the file is checked."""

    __tablename__ = "delivery_part"

    delivery: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    body: bytes


class DeliveryProgressRow(TenantTable, Table, table=True):
    """How far the check in the background has come; gone when it is done."""

    __tablename__ = "delivery_progress"

    delivery: str = Field(primary_key=True)
    phase: str
    done: int = Field(sa_type=BigInteger)
    total: int | None = Field(default=None, sa_type=BigInteger)
