"""Where organisations are kept."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class OrganisationRow(Resource, Table, table=True):
    """An organisation (Organisation)."""

    __tablename__ = "organisation"
    __table_args__ = (
        key_is_unique(),
        UniqueConstraint("municipality_id", "external_id"),
        refers_to("parent", "boards.organisation"),
        CheckConstraint("parent <> key", name="not_its_own_parent"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    parent: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    website: str | None = None
    external_id: str | None = None
