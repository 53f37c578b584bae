"""Where positions are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class PositionRow(Resource, Table, table=True):
    """A staff position, or several alike (Stelle)."""

    __tablename__ = "position"
    __table_args__ = (
        key_is_unique(),
        refers_to("project", "projects.project"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("fte > 0 AND fte <= 1", name="one_position_at_most"),
    )

    title: dict[str, str] = Field(sa_type=JSONB)
    fte: Decimal = Field(sa_type=Numeric(5, 4))
    count: int
    pay_grade: str | None = None
    starts_on: date
    ends_on: date | None = None
    funding: list[dict[str, Any]] = Field(sa_type=JSONB)
    rule_scope: str | None = None
    employer: str
    project: str | None = None
    tasks: list[dict[str, str]] = Field(sa_type=JSONB)
    state: str
