"""What is known of the organisations, bodies and areas that projects point to."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contracts.shared.base import Language
from services.kit.tables import TenantTable
from services.projects.tables import Table


class ReferenceRow(TenantTable, Table, table=True):
    """A known reference: once found, its key needs no call to the other service any more."""

    __tablename__ = "reference"

    resource: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    id: UUID
    name: dict[Language, str] = Field(sa_type=JSONB)
    visibility: str
