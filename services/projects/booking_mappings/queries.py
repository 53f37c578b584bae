"""Every question asked of the stored mappings."""

from services.kit.resources import Kind
from services.projects.booking_mappings.tables import BookingMappingRow

BOOKING_MAPPINGS = Kind(BookingMappingRow, "booking-mappings", "projects.booking-mapping")
