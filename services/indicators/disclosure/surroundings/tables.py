"""Where it is kept with which tree figures were checked last."""

from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import TenantTable


class CheckedRow(TenantTable, Table, table=True):
    """By which sums the shown figures were protected, one row for each municipality.

    `areas`: of each area its level and, version by version, the area above with the days. `codes`:
    of each dimension the attribute above each attribute.
    """

    __tablename__ = "checked"

    release: int
    areas: dict[str, Any] = Field(sa_type=JSONB)
    codes: dict[str, Any] = Field(sa_type=JSONB)
