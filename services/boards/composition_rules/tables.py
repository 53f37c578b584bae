"""Where rules for bodies as a whole are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class CompositionRuleRow(Resource, Table, table=True):
    """A rule for the composition of a body as a whole (Besetzungsregel)."""

    __tablename__ = "composition_rule"
    __table_args__ = (
        key_is_unique(),
        refers_to("body", "boards.body"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index(None, "municipality_id", "body"),
    )

    body: str
    name: dict[str, str] = Field(sa_type=JSONB)
    rule: dict[str, Any] = Field(sa_type=JSONB)
    clause: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
