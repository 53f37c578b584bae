"""Where the addresses of calendars are kept."""

from sqlalchemy import UniqueConstraint

from services.kit.feeds import Feed
from services.kit.tables import key_is_unique
from services.projects.tables import Table


class ObligationFeedRow(Feed, Table, table=True):
    """A calendar of what is due: who has the address of which this is the digest."""

    __tablename__ = "obligation_feed"
    __table_args__ = (key_is_unique(), UniqueConstraint("municipality_id", "digest"))

    account: str | None = None
