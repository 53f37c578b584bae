"""Where editions of reports are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to


class ReportEditionRow(Resource, Table, table=True):
    """An edition of a report (Ausfertigung); `sha256` names what it says. Readers see it once it is
    published: until then it is for the administration."""

    __tablename__ = "report_edition"
    __table_args__ = (
        key_is_unique(),
        refers_to("report", "boards.coordinated_report"),
        refers_to("publication", "boards.publication"),
        ForeignKeyConstraint(
            ["municipality_id", "sha256"],
            ["boards.report_content.municipality_id", "boards.report_content.sha256"],
        ),
        UniqueConstraint("municipality_id", "report", "number"),
        CheckConstraint(
            "stage IN ('in_review', 'returned', 'approved', 'published')"
            " AND (stage = 'in_review') = (decided_by IS NULL)"
            " AND (stage = 'returned') = (reason IS NOT NULL)"
            " AND (stage = 'published') = (version IS NOT NULL)"
            " AND (version IS NULL) = (publication IS NULL)",
            name="stage",
        ),
        CheckConstraint(
            "stage NOT IN ('approved', 'published') OR decided_by <> made_by",
            name="approved_by_a_second",
        ),
        CheckConstraint(
            "stage = 'published' OR visibility = 'administration'", name="hidden_until_published"
        ),
    )

    report: str
    number: int
    stage: str
    changes: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    release: int
    on: date
    audience: str
    made_by: str
    decided_by: str | None = None
    reason: str | None = None
    sha256: str
    publication: str | None = None
    version: int | None = None


class ReportContentRow(TenantTable, Table, table=True):
    """What an edition says, by the digest of its JSON; the service adds to it and changes none."""

    __tablename__ = "report_content"

    sha256: str = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_type=JSONB)
