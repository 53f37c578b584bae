"""Staffings over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.staffings import NewStaffing, Staffing
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.staffings import commands, queries
from services.projects.staffings.queries import STAFFINGS
from services.projects.staffings.tables import StaffingRow

staffings = router("Positions")
# Pay of few tells of persons: whoever does not enter it does not read it.
WRITE = requires("projects.staffings:write")


@staffings.get("/staffings", response_model=Page[Staffing], dependencies=[WRITE])
async def list_staffings(
    session: Reading,
    paging: PageOf,
    position: Annotated[Key | None, Query(description="Of this position.")] = None,
    on: Annotated[date | None, Query(description="That last on this day.")] = None,
) -> Mapping[str, Any]:
    """List staffings.

    When how much of positions was filled, and at what pay (Besetzungen); what is not filled is
    vacant. Never who holds a position.
    """
    return await queries.page(session, paging, position=position, on=on)


@staffings.post("/staffings", status_code=201, response_model=Staffing, dependencies=[WRITE])
async def create_staffing(session: Writing, new: NewStaffing) -> StaffingRow:
    """Enter a staffing.

    Full-time equivalents of a position for some time, with the step, the monthly pay and what of it
    is liable to the supplementary pension (zusatzversorgungspflichtiges Entgelt), on which the lump
    for social security is reckoned. What is charged by hours says the annual cost and the hours of
    each month for a grant instead (Art. 55 Regulation (EU) 2021/1060). Refused (422): outside the
    time of the position, more than it has on any day, more pension-liable pay than pay; hours of
    several persons, for a grant that does not pay then, and more than those by which the rate is
    reckoned, in a year and by the time for which a position is filled.
    """
    return await commands.enter(session, new)


@staffings.get("/staffings/{key}", response_model=Staffing, dependencies=[WRITE])
async def read_staffing(session: Reading, key: str) -> StaffingRow:
    """Read a staffing.

    By its key or its UUID.
    """
    return await STAFFINGS.one(session, key)


@staffings.patch("/staffings/{key}", response_model=Staffing, dependencies=[WRITE])
async def change_staffing(
    session: Writing, key: str, patch: Patch[NewStaffing], expected: Expected
) -> StaffingRow:
    """Change a staffing.

    Send only what changes, with the ETag that you have read as If-Match. Another pay from a day on
    is another staffing: let this one end and enter the next.
    """
    return await commands.change(session, key, patch, expected)


@staffings.get("/staffings/{key}/history", response_model=list[Revision], dependencies=[WRITE])
async def read_staffing_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a staffing.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await STAFFINGS.history(session, key)
