"""Where recipes of indices and their results are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to


class IndexRow(Resource, Table, table=True):
    """An index (Index): its recipe."""

    __tablename__ = "index_recipe"
    __table_args__ = (
        key_is_unique(),
        refers_to("level", "indicators.area_level"),
        refers_to("topic", "indicators.topic"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    topic: str | None = None
    source: dict[str, Any] = Field(sa_type=JSONB)
    polarity: str
    level: str
    components: list[dict[str, Any]] = Field(sa_type=JSONB)
    standardisation: str
    normalise_within: str
    base_period: str | None = None
    combination: str
    restandardise: bool
    exclusions: list[dict[str, Any]] = Field(sa_type=JSONB)
    class_by: str
    classes: list[dict[str, Any]] = Field(sa_type=JSONB)
    dynamics: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    aggregation: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    first_period: str | None = None
    last_period: str | None = None


class IndexEditionRow(TenantTable, Table, table=True):
    """That an index was computed with a release, and by which recipe."""

    __tablename__ = "index_edition"
    __table_args__ = (refers_to("index_key", "indicators.index_recipe"),)

    index_key: str = Field(primary_key=True)
    release: int = Field(primary_key=True)
    recipe_revision: int
    recipe: dict[str, Any] = Field(sa_type=JSONB)


class IndexResultRow(TenantTable, Table, table=True):
    """What an index says of an area, from release `release_from` until before `release_to`.

    `parts` holds the standardised components for explanations, unrounded.
    """

    __tablename__ = "index_result"
    __table_args__ = (refers_to("index_key", "indicators.index_recipe"),)

    index_key: str = Field(primary_key=True)
    period_end: date = Field(primary_key=True)
    period: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    release_from: int = Field(primary_key=True)
    release_to: int | None = None
    period_start: date
    level: str
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    class_code: str | None = None
    dynamics: Decimal | None = Field(default=None, sa_type=Numeric)
    dynamics_class: str | None = None
    group_code: str | None = None
    excluded: str | None = None
    reason: str | None = None
    parts: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
