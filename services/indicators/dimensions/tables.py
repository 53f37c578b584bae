"""Where dimensions are kept."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique


class DimensionRow(Resource, Table, table=True):
    """A dimension (Merkmal) with its code list."""

    __tablename__ = "dimension"
    __table_args__ = (key_is_unique(), UniqueConstraint("municipality_id", "code"))

    code: str
    name: dict[str, str] = Field(sa_type=JSONB)
    total: dict[str, str] = Field(sa_type=JSONB)
    role: str
    attributes: list[dict[str, Any]] = Field(sa_type=JSONB)


class ShownDimensionRow(TenantTable, Table, table=True):
    """What reads of figures tell of a dimension; a trigger keeps it true."""

    __tablename__ = "shown_dimension"

    code: str = Field(primary_key=True)
    visibility: str
    labels: dict[str, Any] = Field(sa_type=JSONB)
