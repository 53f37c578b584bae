"""Every question asked of the stored seats."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.seats.tables import SeatRow
from services.contracts.boards.seats import Seat
from services.kit.database import municipality_of
from services.kit.days import holds_on
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

SEATS = Kind(SeatRow, "seats", "boards.seat", within={"body": BODIES})


async def page(
    session: AsyncSession, paging: Paging, body: str | None, on: date | None
) -> Mapping[str, Any]:
    """Seats by key: of a body, existing on a day."""
    where = matching(SeatRow, body=body)
    if on is not None:
        where.append(holds_on(SeatRow, on))
    return await SEATS.page(session, paging, *where)


async def keys_of(session: AsyncSession, body: str) -> set[str]:
    """The keys of all seats that the body ever has."""
    statement = select(SeatRow.key).where(
        col(SeatRow.municipality_id) == municipality_of(session).id, col(SeatRow.body) == body
    )
    return set(await session.exec(statement))


async def locked(session: AsyncSession, key: str) -> Seat | None:
    """A seat that nobody else fills or changes until commit; None when there is none."""
    statement = (
        select(SeatRow)
        .where(col(SeatRow.municipality_id) == municipality_of(session).id, col(SeatRow.key) == key)
        .with_for_update(key_share=True)
    )
    row = (await session.exec(statement)).one_or_none()
    return Seat.model_validate(row) if row is not None else None
