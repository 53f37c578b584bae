"""Bookings over HTTP."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query

from services.contracts.projects.bookings import Booking, BookingTakeover
from services.contracts.projects.costs import CostCategory
from services.contracts.projects.expenditures import Expenditure
from services.contracts.shared.base import Key, Line, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.projects.bookings import commands, queries
from services.projects.bookings.tables import BookingRow
from services.projects.expenditures.tables import ExpenditureRow

bookings = router("Bookings")
READ, WRITE = requires("projects.money:inspect"), requires("projects.bookings:write")
Which = Annotated[UUID, Path(description="Identifier of the booking, a UUIDv7.")]


@bookings.get("/bookings", response_model=Page[Booking], dependencies=[READ])
async def list_bookings(
    session: Reading,
    paging: PageOf,
    grant: Annotated[Key | None, Query(description="Of this grant.")] = None,
    category: Annotated[CostCategory | None, Query(description="Of this category.")] = None,
    fiscal_year: Annotated[
        int | None, Query(ge=1990, le=2100, description="Of this budget year.")
    ] = None,
    account: Annotated[Line | None, Query(description="On this account.")] = None,
    taken: Annotated[
        bool | None, Query(description="Of which an expenditure was made, or not.")
    ] = None,
    gone: Annotated[
        bool | None, Query(description="Of no grant any more, or those that count alone.")
    ] = None,
) -> Mapping[str, Any]:
    """List bookings.

    What the finance system says was spent for grants (Buchungen), by day; also what is of no grant
    any more, which counts nowhere (`gone`). For the administration
    alone.
    """
    return await queries.page(
        session,
        paging,
        grant=grant,
        category=category,
        fiscal_year=fiscal_year,
        account=account,
        taken=taken,
        gone=gone,
    )


@bookings.get("/bookings/{id}", response_model=Booking, dependencies=[READ])
async def read_booking(session: Reading, id: Which) -> BookingRow:
    """Read a booking.

    By its id.
    """
    return await queries.one(session, id)


@bookings.get("/bookings/{id}/history", response_model=list[Revision], dependencies=[READ])
async def read_booking_history(session: Reading, id: Which) -> list[Revision]:
    """Read the history of a booking.

    What it was before imports changed it, newest first, with who changed it and when; empty where
    none did.
    """
    return await queries.past(session, id)


@bookings.post(
    "/bookings/expenditures",
    status_code=201,
    response_model=list[Expenditure],
    dependencies=[WRITE],
)
async def take_over_bookings(session: Writing, new: BookingTakeover) -> Sequence[ExpenditureRow]:
    """Make expenditures of bookings.

    Each becomes an expenditure that names it, put to its grant with the given share; receipts are
    added there (Übernahme). From then on the money counts as the expenditure. All or nothing.
    Refused: a reversal, and (409) a booking of which an expenditure was made already or
    that is of no grant any more.
    """
    return await commands.take_over(session, new)
