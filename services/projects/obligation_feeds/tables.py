"""Where the addresses of calendars are kept."""

from datetime import datetime

from sqlalchemy import DateTime, UniqueConstraint
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique
from services.projects.tables import Table


class ObligationFeedRow(Resource, Table, table=True):
    """A calendar of what is due: who has the address of which this is the digest."""

    __tablename__ = "obligation_feed"
    __table_args__ = (key_is_unique(), UniqueConstraint("municipality_id", "digest"))

    account: str | None = None
    digest: str
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
