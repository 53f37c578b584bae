"""Where coordinated reports are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class CoordinatedReportRow(Resource, Table, table=True):
    """A coordinated report in work; for the administration alone, whoever reads its editions."""

    __tablename__ = "coordinated_report"
    __table_args__ = (
        key_is_unique(),
        refers_to("body", "boards.body"),
        refers_to("recommendation", "boards.recommendation"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint(
            "stage IN ('draft', 'making', 'in_review', 'approved', 'published')"
            " AND (stage IN ('draft', 'making') OR edition IS NOT NULL)",
            name="stage",
        ),
    )

    kind: str
    title: dict[str, str] = Field(sa_type=JSONB)
    body: str | None = None
    strategy: str | None = None
    recommendation: str | None = None
    level: str | None = None
    indicators: list[str] = Field(sa_type=JSONB)
    chapters: list[dict[str, Any]] = Field(sa_type=JSONB)
    release: int
    on: date
    since: date | None = None
    audience: str
    publication: str | None = None
    stage: str
    edition: int | None = None
