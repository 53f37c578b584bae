"""What was read, and what is still missing."""

from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import TenantTable, refers_to


class OparlObjectReadRow(TenantTable, Table, table=True):
    """An object of a source: what it is here, and what it waits for.

    `digest` is that of the object as it was answered, null for one that was only seen inside of
    another. `raw` is kept as long as it names objects that were not read.
    `above` and `below` are the addresses that it said it belongs to and belong to it; `held` is the
    key of what it is part of here, as long as the import is what says so.
    """

    __tablename__ = "oparl_object_read"
    __table_args__ = (
        refers_to("source", "boards.oparl_server"),
        Index("ix_oparl_object_read_waits_for", "waits_for", postgresql_using="gin"),
        Index("ix_oparl_object_read_below", "below", postgresql_using="gin"),
    )

    source: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    type: str
    digest: str | None = None
    collection: str | None = None
    key: str | None = None
    waits_for: list[str] | None = Field(default=None, sa_type=JSONB)
    above: list[str] | None = Field(default=None, sa_type=JSONB)
    below: list[str] | None = Field(default=None, sa_type=JSONB)
    held: str | None = None
    deleted: bool = False
    raw: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
