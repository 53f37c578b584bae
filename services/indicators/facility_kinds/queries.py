"""Every question asked of the stored kinds of facilities."""

from services.indicators.facility_kinds.tables import FacilityKindRow
from services.kit.resources import Kind

FACILITY_KINDS = Kind(FacilityKindRow, "facility-kinds", "indicators.facility_kind")
