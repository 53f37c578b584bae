"""Where programmes are kept."""

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class ProgrammeRow(Resource, Table, table=True):
    """A funding programme (Förderprogramm)."""

    __tablename__ = "programme"
    __table_args__ = (
        key_is_unique(),
        refers_to("successor_of", "projects.programme"),
        CheckConstraint("successor_of <> key", name="not_its_own_successor"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    short_name: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    section: str | None = None
    funders: list[dict[str, Any]] = Field(sa_type=JSONB)
    legal_basis: list[str] = Field(sa_type=JSONB)
    periods: list[dict[str, Any]] = Field(sa_type=JSONB)
    successor_of: str | None = None
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    website: str | None = None
