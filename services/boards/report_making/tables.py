"""How far the making of an edition has come, and what was said with it."""

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import TenantTable, refers_to


class ReportMakingRow(TenantTable, Table, table=True):
    """The last edition of a report that was ordered to be made in the background."""

    __tablename__ = "report_making"
    __table_args__ = (
        refers_to("report", "boards.coordinated_report"),
        CheckConstraint(
            "state IN ('waiting', 'looking_up', 'made', 'refused')"
            " AND (state = 'made') = (edition IS NOT NULL)",
            name="state",
        ),
    )

    report: str = Field(primary_key=True)
    changes: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    stage_before: str
    state: str
    done: int
    total: int
    edition: int | None = None
    faults: list[dict[str, Any]] = Field(sa_type=JSONB)
