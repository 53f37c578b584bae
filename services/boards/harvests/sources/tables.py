"""Where sources are kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique


class OparlSourceRow(Resource, Table, table=True):
    """A council information system that is read (Quelle)."""

    __tablename__ = "oparl_server"
    __table_args__ = (
        key_is_unique(),
        CheckConstraint("next IS NULL OR list IS NOT NULL", name="page_of_a_list"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    url: str
    list: str | None = None
    next: str | None = None
    started_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    read_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
