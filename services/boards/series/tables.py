"""Where series of meetings are kept."""

from datetime import datetime

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class MeetingSeriesRow(Resource, Table, table=True):
    """A series of meetings (Sitzungsserie)."""

    __tablename__ = "meeting_series"
    __table_args__ = (key_is_unique(), refers_to("body", "boards.body"))

    body: str
    name: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    starts_at: datetime = Field(sa_type=DateTime(timezone=True))
    ends_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    rhythm: str
    interval: int
    count: int
    location: dict[str, str] | None = Field(default=None, sa_type=JSONB)
