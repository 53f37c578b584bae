"""Where it is kept what contributions went into."""

from sqlalchemy import Index
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import TenantTable, refers_to


class WentIntoRow(TenantTable, Table, table=True):
    """That a contribution went into a recommendation (Beitrag in Empfehlung)."""

    __tablename__ = "contribution_recommendation"
    __table_args__ = (
        refers_to("contribution", "boards.contribution"),
        refers_to("recommendation", "boards.recommendation"),
        Index(None, "municipality_id", "recommendation"),
    )

    contribution: str = Field(primary_key=True)
    recommendation: str = Field(primary_key=True)
