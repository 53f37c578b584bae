"""Where effects are kept as they were found with a release."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import TenantTable, refers_to
from services.projects.tables import Table


class MeasureEffectRow(TenantTable, Table, table=True):
    """The effect of a measure as of a release; a row only where it is another than before."""

    __tablename__ = "measure_effect"
    __table_args__ = (refers_to("measure", "projects.measure"),)

    measure: str = Field(primary_key=True)
    release: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    released_at: datetime = Field(sa_type=DateTime(timezone=True))
    evaluated_at: datetime = Field(sa_type=DateTime(timezone=True))
    territory: date
    """The day in whose areas the figures are."""
    until: date | None = None
    """The day of the next change of the territory that was known then: it holds until then."""
    asked: dict[str, Any] = Field(sa_type=JSONB)
    """Targets and first day of the measure as they then were."""
    results: list[dict[str, Any]] = Field(sa_type=JSONB)
