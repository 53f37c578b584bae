"""Where changes of the territory are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique


class CrosswalkRow(Resource, Table, table=True):
    """A change of the territory on a day (Gebietsänderung)."""

    __tablename__ = "crosswalk"
    __table_args__ = (key_is_unique(), Index(None, "municipality_id", "valid_from"))

    title: dict[str, str] = Field(sa_type=JSONB)
    valid_from: date
    source: str
    note: str | None = None
    weighting: list[dict[str, Any]] = Field(sa_type=JSONB)
    moves: list[dict[str, Any]] = Field(sa_type=JSONB)
    crossings: list[dict[str, Any]] = Field(sa_type=JSONB)
    without_origin: list[str] = Field(sa_type=JSONB)


class ShownCrossingRow(TenantTable, Table, table=True):
    """What reads of figures need of a crossing: one row for each kind of shares.

    No policy, like everything that is read with figures. `rank` is the place of the kind in the
    crosswalk's list; null says that the part is not known.
    """

    __tablename__ = "shown_crossing"

    day: date = Field(primary_key=True)
    from_area: str = Field(primary_key=True)
    to_area: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    rank: int
    share: Decimal | None = Field(default=None, sa_type=Numeric)
    back: Decimal | None = Field(default=None, sa_type=Numeric)
    crosswalk: str
    visibility: str
