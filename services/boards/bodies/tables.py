"""Where bodies are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class BodyRow(Resource, Table, table=True):
    """A body (Gremium)."""

    __tablename__ = "body"
    __table_args__ = (
        key_is_unique(),
        UniqueConstraint("municipality_id", "external_id"),
        refers_to("parent", "boards.body"),
        refers_to("hosted_by", "boards.organisation"),
        refers_to("coordinated_by", "boards.organisation"),
        CheckConstraint("parent <> key", name="not_its_own_parent"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint(
            "kind <> 'advisory_board' OR NOT mandates @> '[\"decides\"]'",
            name="advice_decides_nothing",
        ),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    mandates: list[str] = Field(sa_type=JSONB)
    earlier_mandates: list[dict[str, Any]] = Field(sa_type=JSONB)
    subjects: list[dict[str, str]] = Field(sa_type=JSONB)
    tasks: list[dict[str, str]] = Field(sa_type=JSONB)
    topics: list[str] = Field(sa_type=JSONB)
    legal_basis: list[str] = Field(sa_type=JSONB)
    parent: str | None = None
    hosted_by: str | None = None
    coordinated_by: str | None = None
    resolution_numbers: str | None = None
    paper_numbers: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    website: str | None = None
    external_id: str | None = None
