"""Where the addresses of calendars are kept."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.gateway.tables import Table
from services.kit.feeds import Feed
from services.kit.tables import key_is_unique


class DeadlineFeedRow(Feed, Table, table=True):
    """A calendar of what is due: who has the address of which this is the digest.

    `roles` are those with which it reads, at most those of whoever gave it out.
    """

    __tablename__ = "deadline_feed"
    __table_args__ = (key_is_unique(), UniqueConstraint("municipality_id", "digest"))

    purpose: str
    audience: str
    kinds: list[str] = Field(sa_type=JSONB)
    services: list[str] = Field(sa_type=JSONB)
    responsible: list[str] = Field(sa_type=JSONB)
    roles: list[str] = Field(sa_type=JSONB)
