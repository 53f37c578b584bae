"""Every question asked of the stored agenda items."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.tables import AgendaItemRow
from services.boards.meetings.queries import MEETINGS, of_own_body
from services.contracts.shared.base import Revision
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind

AGENDA_ITEMS = Kind(
    AgendaItemRow,
    "agenda-items",
    "boards.agenda_item",
    within={"meeting": MEETINGS},
    also=lambda session: of_own_body(session, col(AgendaItemRow.meeting)),
)


async def page(session: AsyncSession, paging: Paging, meeting: str) -> Mapping[str, Any]:
    """The agenda of a meeting in its order."""
    on = await on_agenda(session, meeting)
    return await AGENDA_ITEMS.page(session, paging, on, by="position")


async def one(session: AsyncSession, meeting: str, key: str) -> AgendaItemRow:
    """One item of this meeting."""
    return await AGENDA_ITEMS.one(session, key, await on_agenda(session, meeting))


async def history(session: AsyncSession, meeting: str, key: str) -> Sequence[Revision]:
    """Every state of one item of this meeting."""
    return await AGENDA_ITEMS.history(session, key, await on_agenda(session, meeting))


async def on_agenda(session: AsyncSession, meeting: str) -> ColumnElement[bool]:
    """The items of this meeting; 404 when there is no such meeting."""
    found = await MEETINGS.one(session, meeting)
    return col(AgendaItemRow.meeting) == found.key


async def end_of_agenda(session: AsyncSession, meeting: str) -> int:
    """The position after the last item."""
    statement = select(func.max(AgendaItemRow.position)).where(
        col(AgendaItemRow.municipality_id) == municipality_of(session).id,
        col(AgendaItemRow.meeting) == meeting,
    )
    last = (await session.exec(statement)).one()
    return 0 if last is None else last + 1


async def item(session: AsyncSession, key: str) -> AgendaItemRow | None:
    """An item, whoever asks; None when there is none."""
    statement = select(AgendaItemRow).where(
        col(AgendaItemRow.municipality_id) == municipality_of(session).id,
        col(AgendaItemRow.key) == key,
    )
    return (await session.exec(statement)).one_or_none()


async def of_meeting(session: AsyncSession, meeting: str) -> Sequence[AgendaItemRow]:
    """The items of a meeting in their order, whoever asks."""
    statement = (
        select(AgendaItemRow)
        .where(
            col(AgendaItemRow.municipality_id) == municipality_of(session).id,
            col(AgendaItemRow.meeting) == meeting,
        )
        .order_by(col(AgendaItemRow.position))
    )
    return (await session.exec(statement)).all()
