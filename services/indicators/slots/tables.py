"""Where slots are kept, and what has come for them."""

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contracts.shared.base import Visibility
from services.indicators.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to


class SlotRow(Resource, Table, table=True):
    """A slot (Lieferslot)."""

    __tablename__ = "slot"
    __table_args__ = (key_is_unique(),)

    visibility: str = Visibility.administration
    title: dict[str, str] = Field(sa_type=JSONB)
    supplier: str
    indicators: list[str] = Field(sa_type=JSONB)
    periodicity: str
    first_period: str
    last_period: str | None = None
    days_until_due: int
    reminder_days: int
    contact_role: str | None = None
    note: str | None = None


class SlotArrivalRow(TenantTable, Table, table=True):
    """A delivery that held figures of an indicator for a period of a slot."""

    __tablename__ = "slot_arrival"
    __table_args__ = (
        refers_to("slot", "indicators.slot"),
        refers_to("delivery", "indicators.delivery"),
        Index(None, "municipality_id", "delivery"),
    )

    slot: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    indicator: str = Field(primary_key=True)
    delivery: str = Field(primary_key=True)
