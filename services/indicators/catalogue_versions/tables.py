"""Where versions of the catalogue are kept."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique


class CatalogueVersionRow(Resource, Table, table=True):
    """A version of the catalogue (Katalogstand): every definition as it was."""

    __tablename__ = "catalogue_version"
    __table_args__ = (key_is_unique(), UniqueConstraint("municipality_id", "number"))

    number: int
    title: dict[str, str] = Field(sa_type=JSONB)
    note: str | None = None
    sha256: str
    frozen_by: str
    topics: list[dict[str, Any]] = Field(sa_type=JSONB)
    indicators: list[dict[str, Any]] = Field(sa_type=JSONB)
    approval: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
