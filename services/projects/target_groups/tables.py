"""Where target groups are kept."""

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique
from services.projects.tables import Table


class TargetGroupRow(Resource, Table, table=True):
    """A target group (Zielgruppe)."""

    __tablename__ = "target_group"
    __table_args__ = (key_is_unique(),)

    name: dict[str, str] = Field(sa_type=JSONB)
    position: int
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
