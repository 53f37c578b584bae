"""Where kinds of facilities are kept."""

from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique


class FacilityKindRow(Resource, Table, table=True):
    """A kind of facility (Einrichtungsart)."""

    __tablename__ = "facility_kind"
    __table_args__ = (key_is_unique(),)

    name: dict[str, str] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    need: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
