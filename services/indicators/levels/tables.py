"""Where levels of areas are kept."""

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique


class AreaLevelRow(Resource, Table, table=True):
    """A level of areas (Gebietsebene)."""

    __tablename__ = "area_level"
    __table_args__ = (key_is_unique(), CheckConstraint("position >= 0", name="position"))

    name: dict[str, str] = Field(sa_type=JSONB)
    position: int
