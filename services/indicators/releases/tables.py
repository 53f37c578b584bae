"""Where releases are kept."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique


class ReleaseRow(Resource, Table, table=True):
    """A release (Veröffentlichungsstand).

    `catalogue` holds the revision of each indicator by whose rule the figures were protected, so
    that the next release protects anew what has been defined otherwise since. `withdraws` is the
    delivery whose figures this release takes back.
    """

    __tablename__ = "release"
    __table_args__ = (key_is_unique(), UniqueConstraint("municipality_id", "number"))

    number: int
    title: dict[str, str] = Field(sa_type=JSONB)
    note: str | None = None
    deliveries: list[str] = Field(sa_type=JSONB)
    released_by: str
    catalogue: dict[str, int] = Field(sa_type=JSONB)
    figures: int
    published: int
    hidden: int
    withdraws: str | None = None
