"""Where strategies and plans are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique
from services.projects.tables import Table


class StrategyRow(Resource, Table, table=True):
    """A strategy or plan (Strategie, Fachplan)."""

    __tablename__ = "strategy"
    __table_args__ = (
        key_is_unique(),
        CheckConstraint(
            "CASE state WHEN 'adopted' THEN adopted_on IS NOT NULL"
            " WHEN 'superseded' THEN true ELSE adopted_on IS NULL END",
            name="adopted_on_a_day",
        ),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
    )

    title: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    state: str
    legal_basis: list[str] = Field(sa_type=JSONB)
    prepared_by: str
    deciding_body: str | None = None
    adopted_on: date | None = None
    resolution: str | None = None
    planning_fields: list[str] = Field(sa_type=JSONB)
    areas: list[str] = Field(sa_type=JSONB)
    target_groups: list[str] = Field(sa_type=JSONB)
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    quality: list[dict[str, Any]] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
