"""Where deliveries are kept, and their figures until they are released."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contracts.shared.base import Visibility
from services.indicators.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique


class DeliveryRow(Resource, Table, table=True):
    """A delivery (Datenlieferung).

    The same file with the same meaning is there once, unless it was not accepted (ADR 0041).
    """

    __tablename__ = "delivery"
    __table_args__ = (
        key_is_unique(),
        Index(None, "municipality_id", "sha256"),
        CheckConstraint(
            "state NOT IN ('approved', 'released', 'withdrawn') OR decided_by <> delivered_by",
            name="four_eyes",
        ),
    )

    visibility: str = Visibility.administration
    state: str
    source: str
    note: str | None = None
    sha256: str
    size: int = Field(sa_type=BigInteger)
    format: str | None = None
    encoding: str | None = None
    unknown_areas: str
    unknown_measures: str
    indicator: str | None = None
    period: str | None = None
    mapping: str | None = None
    mapping_revision: int | None = None
    slots: list[str] = Field(sa_type=JSONB, sa_column_kwargs={"server_default": "[]"})
    delivered_by: str
    supplier: str | None = None
    counts: dict[str, int] = Field(sa_type=JSONB)
    diff: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    issues: list[dict[str, Any]] = Field(sa_type=JSONB)
    issue_counts: dict[str, int] = Field(sa_type=JSONB, sa_column_kwargs={"server_default": "{}"})
    unknown_areas_found: list[dict[str, Any]] = Field(sa_type=JSONB)
    unknown_measures_found: list[dict[str, Any]] = Field(sa_type=JSONB)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reason: str | None = None
    release: int | None = None
    withdrawn_in: int | None = None


class StagedRow(TenantTable, Table, table=True):
    """A figure that awaits its release. Areas and indicators were looked up and are never deleted,
    so no foreign key is checked a hundred thousand times. `gone` takes a figure back."""

    __tablename__ = "staged"

    delivery: str = Field(primary_key=True)
    indicator: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    period_end: date = Field(primary_key=True)
    period: str = Field(primary_key=True)
    breakdown: str = Field(primary_key=True)
    period_start: date
    line: int
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    status: str
    gone: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    provisional: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
