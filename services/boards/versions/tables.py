"""Where versions of papers are kept."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class PaperVersionRow(Resource, Table, table=True):
    """A version of a paper (Fassung)."""

    __tablename__ = "paper_version"
    __table_args__ = (
        key_is_unique(),
        refers_to("paper", "boards.paper"),
        UniqueConstraint("municipality_id", "paper", "number", name="uq_paper_version_number"),
    )

    paper: str
    number: int
    title: dict[str, str] = Field(sa_type=JSONB)
    text: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    amendment: str | None = None
    instead_of: str | None = None
