"""Where evidence is kept."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class EvidenceRow(Resource, Table, table=True):
    """A published figure as it was when somebody referred to it (Beleg)."""

    __tablename__ = "evidence"
    __table_args__ = (
        key_is_unique(),
        refers_to("recommendation", "boards.recommendation"),
        refers_to("resolution", "boards.resolution"),
        CheckConstraint("num_nonnulls(recommendation, resolution) = 1", name="of_one"),
        Index(None, "municipality_id", "indicator", "key"),
        Index(None, "municipality_id", "recommendation"),
        Index(None, "municipality_id", "resolution"),
    )

    recommendation: str | None = None
    resolution: str | None = None
    position: int
    indicator: str
    area: str
    period: str
    breakdown: str
    value: Decimal = Field(sa_type=Numeric)
    release: int
    name: dict[str, str] = Field(sa_type=JSONB)
    unit: dict[str, str] = Field(sa_type=JSONB)
