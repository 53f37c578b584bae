"""Seats over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.seats import commands, queries
from services.boards.seats.queries import SEATS
from services.boards.seats.tables import SeatRow
from services.contracts.boards.seats import NewSeat, Seat
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

seats = router("Seats")
READ, WRITE = requires("boards.seats:read"), requires("boards.seats:write")
HISTORY = requires("boards.seats:history")


@seats.get("/seats", response_model=Page[Seat], dependencies=[READ])
async def list_seats(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Seats of this body only.")] = None,
    on: Annotated[date | None, Query(description="Those that exist on this day only.")] = None,
) -> Mapping[str, Any]:
    """List seats.

    The places of bodies (Sitze) and the rules by which they are filled, in the order of their
    keys.
    """
    return await queries.page(session, paging, body, on)


@seats.post("/seats", status_code=201, response_model=Seat, dependencies=[WRITE])
async def create_seat(session: Writing, new: NewSeat) -> SeatRow:
    """Create a seat.

    `rule` says how it is filled (Besetzungsregel), by its `kind`: `exactly` so many from one
    organisation; `one_per` organisation of a kind, such as each council group; `ex_officio`, the
    holder of an office; a `category` such as science; `open` within limits. Body and organisation
    must exist. Refused: a second chair's seat (Vorsitz) at the same time (409).
    """
    return await commands.establish(session, new)


@seats.get("/seats/{key}", response_model=Seat, dependencies=[READ])
async def read_seat(session: Reading, key: str) -> SeatRow:
    """Read a seat.

    By its key or its UUID.
    """
    return await SEATS.one(session, key)


@seats.patch("/seats/{key}", response_model=Seat, dependencies=[WRITE])
async def change_seat(
    session: Writing, key: str, patch: Patch[NewSeat], expected: Expected
) -> SeatRow:
    """Change a seat.

    Send only what changes, with the ETag that you have read as If-Match; of a rule of another kind
    send null for the fields that it does not have. A seat stays with its body. Memberships are
    left as they are: the composition of the body shows what no longer fits.
    """
    return await commands.change(session, key, patch, expected)


@seats.get("/seats/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_seat_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a seat.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await SEATS.history(session, key)
