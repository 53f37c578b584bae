"""Where mappings are kept."""

from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contracts.shared.base import Visibility
from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique


class MappingRow(Resource, Table, table=True):
    """A mapping (Zuordnung). Files of one structure are read in one way for each supplier."""

    __tablename__ = "mapping"
    __table_args__ = (
        key_is_unique(),
        Index(
            None,
            "municipality_id",
            "fingerprint",
            "supplier",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    visibility: str = Visibility.administration
    title: dict[str, str] = Field(sa_type=JSONB)
    supplier: str | None = None
    source: str
    fingerprint: str
    columns: list[dict[str, Any]] = Field(sa_type=JSONB)
    period_columns: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    default_period: str | None = None
    decimal: str | None = None
    area_scheme: str | None = None
    protection_method: str
    protection_base: int | None = None
    unknown_codes: str
