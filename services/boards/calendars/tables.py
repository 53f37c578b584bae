"""Where private calendars are kept."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from services.boards.tables import Table
from services.kit.feeds import Feed
from services.kit.tables import key_is_unique, refers_to


class CalendarFeedRow(Feed, Table, table=True):
    """A private calendar (Kalenderabonnement): who has the address of which this is the digest."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        key_is_unique(),
        UniqueConstraint("municipality_id", "digest"),
        refers_to("person", "boards.person"),
        refers_to("body", "boards.body"),
        CheckConstraint("(person IS NULL) <> (body IS NULL)", name="one_of_both"),
    )

    person: str | None = None
    body: str | None = None
