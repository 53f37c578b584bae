"""Where planning fields are kept."""

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique
from services.projects.tables import Table


class PlanningFieldRow(Resource, Table, table=True):
    """A planning field (Planungsfeld)."""

    __tablename__ = "planning_field"
    __table_args__ = (key_is_unique(),)

    name: dict[str, str] = Field(sa_type=JSONB)
    legal_basis: list[str] = Field(sa_type=JSONB)
    responsible: str | None = None
    tasks: list[dict[str, str]] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
