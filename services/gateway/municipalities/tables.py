"""Where municipalities are kept."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.gateway.tables import Table
from services.kit.tables import Resource


class MunicipalityRow(Resource, Table, table=True):
    """A municipality (Kommune). Reading is no secret; writing needs its own tenant."""

    __tablename__ = "municipality"
    __table_args__ = (UniqueConstraint("municipality_id", name="uq_municipality_id"),)

    name: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    state: dict[str, str] = Field(sa_type=JSONB)
    languages: list[str] = Field(sa_type=JSONB)
    website: str | None = None
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
