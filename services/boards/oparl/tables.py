"""Where the public side is kept: what everybody may read, and what it was made of."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, DateTime, Index, Uuid, text
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import TenantTable


class OParlObjectRow(TenantTable, Table, table=True):
    """An object as OParl shows it, in parts of JSON: `{head content internal apart back ...}`.

    Holds nothing that is not public, so no wall stands around it; each statement names the
    municipality. `content` and `internal` (embedded objects) are shown wherever the object is,
    `apart` only where it stands alone. `back` are references of others to it, also shown only
    there, and their change is none of the object's own.
    """

    __tablename__ = "oparl_object"
    __table_args__ = (
        Index(
            "ix_oparl_object_filters",
            *("municipality_id", "type", "modified", "id", "created", "deleted"),
        ),
        Index(None, "municipality_id", "due", postgresql_where=text("due IS NOT NULL")),
    )

    type: str = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    created: datetime = Field(sa_type=DateTime(timezone=True))
    modified: datetime = Field(sa_type=DateTime(timezone=True))
    deleted: bool
    head: str
    content: str
    internal: str
    apart: str
    back: str
    lists: list[UUID] = Field(sa_type=ARRAY(Uuid))
    """The organizations in whose lists it stands."""
    due: date | None = None
    """The day on which it becomes another by itself, as when a consent ends."""


class OParlSourceRow(TenantTable, Table, table=True):
    """What an object was made of: when one of its sources changes, it is made anew."""

    __tablename__ = "oparl_source"
    __table_args__ = (Index(None, "municipality_id", "type", "object"),)

    source: UUID = Field(primary_key=True)
    type: str = Field(primary_key=True)
    object: UUID = Field(primary_key=True)


class OParlStandRow(TenantTable, Table, table=True):
    """Up to which entry of the journal the public side is made, and by which statements."""

    __tablename__ = "oparl_stand"

    seq: int = Field(sa_type=BigInteger)
    version: str
