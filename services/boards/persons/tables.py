"""Where persons are kept."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class PersonRow(Resource, Table, table=True):
    """A person (Person). Personal data: named nowhere else."""

    __tablename__ = "person"
    __table_args__ = (
        key_is_unique(),
        refers_to("organisation", "boards.organisation"),
        CheckConstraint(
            "erased_at IS NOT NULL OR (given_name IS NOT NULL AND family_name IS NOT NULL)",
            name="named_until_erased",
        ),
        Index(
            None,
            "municipality_id",
            "delete_on",
            postgresql_where=text("delete_on IS NOT NULL AND erased_at IS NULL"),
        ),
    )

    given_name: str | None = None
    family_name: str | None = None
    form_of_address: str | None = None
    title: str | None = None
    affix: str | None = None
    gender: str | None = None
    organisation: str | None = None
    email: list[str] = Field(sa_type=JSONB, sa_column_kwargs={"server_default": "[]"})
    phone: list[str] = Field(sa_type=JSONB, sa_column_kwargs={"server_default": "[]"})
    address: str | None = None
    life: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    purpose: str = Field(sa_column_kwargs={"server_default": "board_work"})
    public_by_law: str | None = None
    consents: list[dict[str, Any]] = Field(sa_type=JSONB, sa_column_kwargs={"server_default": "[]"})
    delete_on: date | None = None
    erased_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    erasure_ground: str | None = None
