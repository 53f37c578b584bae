"""Where facilities are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class FacilityRow(Resource, Table, table=True):
    """A facility (Einrichtung)."""

    __tablename__ = "facility"
    __table_args__ = (
        key_is_unique(),
        refers_to("kind", "indicators.facility_kind"),
        refers_to("area", "indicators.area"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        Index(None, "municipality_id", "kind"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    kind: str
    provider: str | None = None
    state: str
    starts_on: date | None = None
    ends_on: date | None = None
    capacity: list[dict[str, Any]] = Field(sa_type=JSONB)
    target_groups: list[dict[str, str]] = Field(sa_type=JSONB)
    accessibility: dict[str, str] = Field(sa_type=JSONB)
    location: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    area: str | None = None
    address: str | None = None
    languages: list[str] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    website: str | None = None
    source: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
