"""What is known of the organisations, bodies and areas that projects point to."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contracts.shared.base import Language
from services.kit.tables import TenantTable
from services.projects.tables import Table


class ReferenceRow(TenantTable, Table, table=True):
    """A known reference: once found, its key needs no call to the other service any more."""

    __tablename__ = "reference"
    __table_args__ = (
        CheckConstraint("fallen IS NULL OR resource = 'resolutions'", name="a_resolution_falls"),
    )

    resource: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    id: UUID
    name: dict[Language, str] = Field(sa_type=JSONB)
    visibility: str
    fallen: str | None = None
    """As what a resolution no longer holds: void, repealed or replaced."""
    fallen_from: date | None = None
    """First day on which it does not; a fallen one without this day never held."""
