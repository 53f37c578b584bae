"""Where chapters of published reports are kept."""

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.contracts.shared.base import Texts
from services.kit.tables import TenantTable


class ReportChapterRow(TenantTable, Table, table=True):
    """A chapter of a published edition (Kapitel), and what is bound into it; its links say so."""

    __tablename__ = "report_chapter"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "report", "number"],
            [
                "boards.report_edition.municipality_id",
                "boards.report_edition.report",
                "boards.report_edition.number",
            ],
        ),
        UniqueConstraint("municipality_id", "report", "number", "place"),
    )

    key: str = Field(primary_key=True)
    report: str
    number: int
    place: int
    titles: list[Texts] = Field(sa_type=JSONB)
    publication: str
    names: list[dict[str, str]] = Field(sa_type=JSONB)
