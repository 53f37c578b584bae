"""Mappings of the finance system over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.contracts.projects.booking_mappings import BookingMapping, NewBookingMapping
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.booking_mappings import commands
from services.projects.booking_mappings.queries import BOOKING_MAPPINGS
from services.projects.booking_mappings.tables import BookingMappingRow

booking_mappings = router("Bookings")
READ, WRITE = requires("projects.money:inspect"), requires("projects.bookings:write")


@booking_mappings.get("/booking-mappings", response_model=Page[BookingMapping], dependencies=[READ])
async def list_booking_mappings(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List mappings of finance systems.

    Which column of a file is what, and which product, cost object and account belongs to which
    grant and category (Zuordnungen). For the administration alone.
    """
    return await BOOKING_MAPPINGS.page(session, paging)


@booking_mappings.post(
    "/booking-mappings", status_code=201, response_model=BookingMapping, dependencies=[WRITE]
)
async def create_booking_mapping(session: Writing, new: NewBookingMapping) -> BookingMappingRow:
    """Save a mapping of a finance system.

    Rules are tried in their order; the first that fits decides. A booking that none fits is told
    and not stored.
    """
    return await commands.save(session, new)


@booking_mappings.get("/booking-mappings/{key}", response_model=BookingMapping, dependencies=[READ])
async def read_booking_mapping(session: Reading, key: str) -> BookingMappingRow:
    """Read a mapping of a finance system.

    By its key or its UUID.
    """
    return await BOOKING_MAPPINGS.one(session, key)


@booking_mappings.patch(
    "/booking-mappings/{key}", response_model=BookingMapping, dependencies=[WRITE]
)
async def change_booking_mapping(
    session: Writing, key: str, patch: Patch[NewBookingMapping], expected: Expected
) -> BookingMappingRow:
    """Change a mapping of a finance system.

    Send only what changes, with the ETag that you have read as If-Match. What is stored moves when
    its file is imported again; the difference says so.
    """
    return await commands.change(session, key, patch, expected)


@booking_mappings.get(
    "/booking-mappings/{key}/history", response_model=list[Revision], dependencies=[READ]
)
async def read_booking_mapping_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a mapping of a finance system.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await BOOKING_MAPPINGS.history(session, key)
