"""Where the catalogue is kept."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class IndicatorRow(Resource, Table, table=True):
    """An indicator (Indikator)."""

    __tablename__ = "indicator"
    __table_args__ = (
        key_is_unique(),
        refers_to("numerator", "indicators.indicator"),
        refers_to("denominator", "indicators.indicator"),
        refers_to("topic", "indicators.topic"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    short_name: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    unit: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    numerator: str | None = None
    denominator: str | None = None
    factor: Decimal | None = Field(default=None, sa_type=Numeric)
    formula: str | None = None
    computed: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    denominator_lag: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    cases_per_unit: int = 1
    decimals: int = 0
    polarity: str
    topic: str | None = None
    source: dict[str, Any] = Field(sa_type=JSONB)
    source_codes: list[str] = Field(sa_type=JSONB)
    legal_basis: str | None = None
    periodicity: str
    protection: dict[str, Any] = Field(sa_type=JSONB)
    checks: dict[str, Any] = Field(sa_type=JSONB, sa_column_kwargs={"server_default": "{}"})
