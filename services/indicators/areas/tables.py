"""Where areas and their versions are kept."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.ids import uuid7
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to


class AreaRow(Resource, Table, table=True):
    """An area (Gebiet): what stays the same while its versions change."""

    __tablename__ = "area"
    __table_args__ = (key_is_unique(), refers_to("level", "indicators.area_level"))

    level: str
    kind: str | None = None


class AreaVersionRow(TenantTable, Table, table=True):
    """An area from a day on (Gebietsstand); the migration forbids two that overlap.

    `revision` is that of the area with which the version last changed, so that the kept past of
    both belongs together.
    """

    __tablename__ = "area_version"
    __table_args__ = (
        refers_to("area", "indicators.area"),
        refers_to("parent", "indicators.area"),
        UniqueConstraint("municipality_id", "area", "valid_from"),
        CheckConstraint("valid_to > valid_from", name="ends_after_its_start"),
        CheckConstraint("parent <> area", name="not_its_own_parent"),
        Index(None, "municipality_id", "parent"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    revision: int
    area: str
    valid_from: date
    valid_to: date | None = None
    name: dict[str, str] = Field(sa_type=JSONB)
    parent: str | None = None
    codes: dict[str, str] = Field(sa_type=JSONB)
    geometry: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    geometry_is_schematic: bool = False
