"""Where fields of action are kept."""

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class FieldOfActionRow(Resource, Table, table=True):
    """A field of action (Handlungsfeld)."""

    __tablename__ = "field_of_action"
    __table_args__ = (key_is_unique(), refers_to("strategy", "projects.strategy"))

    title: dict[str, str] = Field(sa_type=JSONB)
    strategy: str
    position: int
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
