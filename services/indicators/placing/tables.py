"""Where it is kept which facility lies in which shape: computed, and computed again when needed."""

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import TenantTable


class PlacedShapeRow(TenantTable, Table, table=True):
    """The shape of a version of an area: as of which revision, its bounds, a point inside."""

    __tablename__ = "placed_shape"

    version: UUID = Field(primary_key=True)
    as_of: int
    west: float
    south: float
    east: float
    north: float
    longitude: float
    latitude: float


class PlacedFacilityRow(TenantTable, Table, table=True):
    """As of which revision a facility was placed."""

    __tablename__ = "placed_facility"

    facility: str = Field(primary_key=True)
    as_of: int


class FacilityPlaceRow(TenantTable, Table, table=True):
    """A facility lies in the shape of a version of an area."""

    __tablename__ = "facility_place"
    __table_args__ = (Index(None, "municipality_id", "facility"),)

    version: UUID = Field(primary_key=True)
    facility: str = Field(primary_key=True)
