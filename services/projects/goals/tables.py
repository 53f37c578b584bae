"""Where goals are kept."""

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class GoalRow(Resource, Table, table=True):
    """A goal (Ziel)."""

    __tablename__ = "goal"
    __table_args__ = (
        key_is_unique(),
        refers_to("strategy", "projects.strategy"),
        refers_to("field_of_action", "projects.field_of_action"),
    )

    title: dict[str, str] = Field(sa_type=JSONB)
    strategy: str
    field_of_action: str | None = None
    position: int
    recommendations: list[str] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
