"""Every question asked of the stored bookings."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, text, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.costs import CostCategory
from services.contracts.shared.base import Revision
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.problems import NotFound
from services.kit.resources import paged
from services.projects.bookings.tables import BookingRow


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    grant: str | None,
    category: CostCategory | None,
    fiscal_year: int | None,
    account: str | None,
    taken: bool | None,
    gone: bool | None,
) -> Mapping[str, Any]:
    """Bookings by day, of one grant, category, budget year or account, made expenditures or not."""
    row = BookingRow
    where = [col(row.municipality_id) == municipality_of(session).id]
    equal = {
        row.grant: grant,
        row.category: category,
        row.fiscal_year: fiscal_year,
        row.account: account,
    }
    where += [col(column) == value for column, value in equal.items() if value is not None]
    if taken is not None:
        where.append(col(row.expenditure).is_not(None) if taken else col(row.expenditure).is_(None))
    if gone is not None:
        where.append(col(row.gone).is_not(None) if gone else col(row.gone).is_(None))
    order = [col(row.booked_on), cast(col(row.id), String)]
    place = paging.place(date, str)
    if place is not None:
        where.append(tuple_(*order) > tuple_(*place))
    statement = select(row).where(*where).order_by(*order).limit(paging.limit + 1)
    rows = (await session.exec(statement)).all()
    return paged(session, paging, rows, lambda one: [one.booked_on.isoformat(), str(one.id)])


async def one(session: AsyncSession, booking: UUID) -> BookingRow:
    """The booking with this id; 404 when there is none."""
    found = await session.get(BookingRow, (municipality_of(session).id, booking))
    if found is None:
        raise NotFound("There is no such booking.")
    return found


async def locked(session: AsyncSession, bookings: Collection[UUID]) -> Sequence[BookingRow]:
    """The bookings with these ids, in the order of their ids, locked for a change."""
    statement = (
        select(BookingRow)
        .where(col(BookingRow.municipality_id) == municipality_of(session).id)
        .where(col(BookingRow.id).in_(bookings))
        .order_by(col(BookingRow.id))
        .with_for_update()
    )
    return (await session.exec(statement)).all()


async def past(session: AsyncSession, booking: UUID) -> list[Revision]:
    """What the booking was before imports changed it, newest first."""
    found = await sql.run(
        session,
        text("""SELECT revision, changed_at, actor, "row" FROM history
                WHERE municipality_id = :municipality AND resource = 'booking' AND id = :id
                ORDER BY revision DESC"""),
        {"municipality": municipality_of(session).id, "id": (await one(session, booking)).id},
    )
    return [Revision.model_validate(dict(entry)) for entry in found.mappings()]
