"""Where topics are kept."""

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class TopicRow(Resource, Table, table=True):
    """A topic (Themenfeld) or life situation (Lebenslage)."""

    __tablename__ = "topic"
    __table_args__ = (
        key_is_unique(),
        refers_to("parent", "indicators.topic"),
        CheckConstraint("parent <> key", name="not_its_own_parent"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    parent: str | None = None
    position: int
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
