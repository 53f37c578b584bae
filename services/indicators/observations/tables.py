"""Where figures are kept: raw behind the wall, protected for everybody.

A figure stands from release `release_from` until before `release_to`; nothing is overwritten.
`observation` is raw and under row-level security. The other tables hold what a read by anybody
needs, have no policy, and are read with statements that name the municipality; triggers keep
`edition`, `shown_release`, `shown_indicator` and `shown_area` true to what they show.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, Numeric, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import TenantTable


class _Figure(TenantTable):
    """`basis` tells what a computed figure was computed from; null where it was delivered."""

    indicator: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    period_end: date = Field(primary_key=True)
    period: str = Field(primary_key=True)
    breakdown: str = Field(primary_key=True)
    release_from: int = Field(primary_key=True)
    release_to: int | None = None
    period_start: date
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    status: str
    provisional: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    basis: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))


class ObservationRow(_Figure, Table, table=True):
    """A raw figure (Beobachtung) and the delivery that brought it; '' where it was computed."""

    __tablename__ = "observation"

    delivery: str


class PublishedRow(_Figure, Table, table=True):
    """What may be shown of a figure, and the rule that hid or rounded it; '' where none did."""

    __tablename__ = "published"
    __table_args__ = (
        Index(
            "ix_published_current",
            "municipality_id",
            "indicator",
            "period_end",
            postgresql_where=text("release_to IS NULL"),
        ),
        Index(
            "ix_published_breakdown",
            "municipality_id",
            "indicator",
            "breakdown",
            "period_end",
            "period",
            postgresql_where=text("release_to IS NULL"),
        ),
    )

    rule: str


class EditionRow(TenantTable, Table, table=True):
    """The newest release, and how often anything changed that reads of figures show."""

    __tablename__ = "edition"

    release: int
    changes: int = Field(sa_type=BigInteger)


class ShownReleaseRow(TenantTable, Table, table=True):
    """When a release became visible: what was the newest one at a moment."""

    __tablename__ = "shown_release"

    number: int = Field(primary_key=True)
    released_at: datetime = Field(sa_type=DateTime(timezone=True))


class ShownIndicatorRow(TenantTable, Table, table=True):
    """What reads of figures tell of an indicator."""

    __tablename__ = "shown_indicator"

    key: str = Field(primary_key=True)
    visibility: str
    brief: dict[str, Any] = Field(sa_type=JSONB)
    numerator: str | None = None
    denominator: str | None = None
    factor: Decimal | None = Field(default=None, sa_type=Numeric)
    additive: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class ShownAreaRow(TenantTable, Table, table=True):
    """What reads of figures need of a version of an area to find and name it."""

    __tablename__ = "shown_area"
    __table_args__ = (
        Index(None, "municipality_id", "area"),
        Index(None, "municipality_id", "parent"),
    )

    id: UUID = Field(primary_key=True)
    area: str
    visibility: str
    level: str
    parent: str | None = None
    valid_from: date
    valid_to: date | None = None
    name: dict[str, str] = Field(sa_type=JSONB)
