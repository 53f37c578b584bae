"""Kinds of facilities over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.contracts.indicators.facilities import FacilityKind, NewFacilityKind
from services.contracts.shared.base import Page, Revision
from services.indicators.facility_kinds import commands
from services.indicators.facility_kinds.queries import FACILITY_KINDS
from services.indicators.facility_kinds.tables import FacilityKindRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

facility_kinds = router("Facilities")
READ, WRITE = requires("indicators.facilities:read"), requires("indicators.facilities:write")
HISTORY = requires("indicators.facilities:history")


@facility_kinds.get("/facility-kinds", response_model=Page[FacilityKind], dependencies=[READ])
async def list_facility_kinds(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List the kinds of facilities.

    Kindergarten, school, youth centre, counselling, care, shelter and whatever else the town has
    (Einrichtungsarten), in the order of their keys.
    """
    return await FACILITY_KINDS.page(session, paging)


@facility_kinds.post(
    "/facility-kinds", status_code=201, response_model=FacilityKind, dependencies=[WRITE]
)
async def create_facility_kind(session: Writing, new: NewFacilityKind) -> FacilityKindRow:
    """Create a kind of facility.

    The key is for good. `need` names the indicator whose figures say how many people there are
    for such places (Bedarfsgruppe); it must be a count (422).
    """
    return await commands.define(session, new)


@facility_kinds.get("/facility-kinds/{key}", response_model=FacilityKind, dependencies=[READ])
async def read_facility_kind(session: Reading, key: str) -> FacilityKindRow:
    """Read a kind of facility.

    By its key or its UUID.
    """
    return await FACILITY_KINDS.one(session, key)


@facility_kinds.patch("/facility-kinds/{key}", response_model=FacilityKind, dependencies=[WRITE])
async def change_facility_kind(
    session: Writing, key: str, patch: Patch[NewFacilityKind], expected: Expected
) -> FacilityKindRow:
    """Change a kind of facility.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@facility_kinds.get(
    "/facility-kinds/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_facility_kind_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a kind of facility.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await FACILITY_KINDS.history(session, key)
