"""Where projects are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique
from services.projects.tables import Table


class ProjectRow(Resource, Table, table=True):
    """A project (Vorhaben)."""

    __tablename__ = "project"
    __table_args__ = (
        key_is_unique(),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    programmes: list[str] = Field(sa_type=JSONB)
    state: str
    starts_on: date
    ends_on: date | None = None
    partners: list[dict[str, Any]] = Field(sa_type=JSONB)
    sites: list[dict[str, Any]] = Field(sa_type=JSONB)
    advising_bodies: list[str] = Field(sa_type=JSONB)
    goals: list[dict[str, str]] = Field(sa_type=JSONB)
    tasks: list[dict[str, str]] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    website: str | None = None
