"""Where published counts are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import TenantTable, refers_to
from services.projects.tables import Table


class ParticipationEditionRow(TenantTable, Table, table=True):
    """What was published of a monitoring, and of which counts: these leave the service never."""

    __tablename__ = "participation_edition"
    __table_args__ = (
        refers_to("monitoring", "projects.monitoring"),
        CheckConstraint("number >= 1", name="number"),
    )

    monitoring: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    published_on: date
    threshold: int
    counts: list[dict[str, Any]] = Field(sa_type=JSONB)
    rows: list[dict[str, Any]] = Field(sa_type=JSONB)
