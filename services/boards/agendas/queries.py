"""Every question asked of the stored agenda items."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.tables import AgendaItemRow
from services.boards.files.subjects import carries_files
from services.boards.meetings.queries import MEETINGS, of_own_body
from services.boards.meetings.tables import MeetingRow
from services.boards.papers.queries import PAPERS
from services.boards.votes.tables import VoteRow
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.meetings import AgendaItem
from services.contracts.boards.votes import VoteOutcome, VotePurpose, VoteState
from services.contracts.shared.base import Revision
from services.kit.conditional import face
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, seen_keys

AGENDA_ITEMS = carries_files(
    SubjectKind.agenda_item,
    Kind(
        AgendaItemRow,
        "agenda-items",
        "boards.agenda_item",
        within={"meeting": MEETINGS},
        also=lambda session: of_own_body(session, col(AgendaItemRow.meeting)),
    ),
    permission="boards.meetings:write",
)


async def page(session: AsyncSession, paging: Paging, meeting: str) -> Mapping[str, Any]:
    """The agenda of a meeting in its order."""
    on = await on_agenda(session, meeting)
    found = await AGENDA_ITEMS.page(session, paging, on, by="position")
    return {**found, "items": await shown(session, found["items"])}


async def one(session: AsyncSession, meeting: str, key: str) -> AgendaItem:
    """One item of this meeting."""
    return await _told(
        session, await AGENDA_ITEMS.one(session, key, await on_agenda(session, meeting))
    )


async def by_key(session: AsyncSession, key: str) -> AgendaItem:
    """One item, of whichever meeting."""
    return await _told(session, await AGENDA_ITEMS.one(session, key))


async def _told(session: AsyncSession, row: AgendaItemRow) -> AgendaItem:
    (seen,) = await shown(session, [row])
    session.info["variant"] = face(row, seen)
    return seen


async def shown(session: AsyncSession, rows: Sequence[AgendaItemRow]) -> list[AgendaItem]:
    """The items; each names its paper to those alone who may see the paper."""
    items = [AgendaItem.model_validate(row) for row in rows]
    papers = {item.paper for item in items if item.paper is not None}
    if not papers or actor_of(session).sees_everything:
        return items
    seen = (await seen_keys(session, (PAPERS, papers)))[PAPERS.collection]
    hidden = {"paper": None, "consultation": None}
    return [item if item.paper in seen else item.model_copy(update=hidden) for item in items]


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


async def was_voted_on(session: AsyncSession, item: str) -> bool:
    """Has the body closed a vote on the matter itself, whoever asks?"""
    statement = select(VoteRow.key).where(
        col(VoteRow.municipality_id) == municipality_of(session).id,
        col(VoteRow.agenda_item) == item,
        col(VoteRow.state) == VoteState.closed,
        col(VoteRow.purpose).not_in((VotePurpose.urgency, VotePurpose.procedural)),
    )
    return (await session.exec(statement)).first() is not None


async def not_quorate_before(session: AsyncSession, meeting: MeetingRow, item: str) -> bool:
    """Did a vote on the item fail for want of a quorum, in an earlier meeting of the same body?"""
    statement = (
        select(VoteRow.key)
        .join(
            MeetingRow,
            (col(MeetingRow.municipality_id) == col(VoteRow.municipality_id))
            & (col(MeetingRow.key) == col(VoteRow.meeting)),
        )
        .where(
            col(VoteRow.municipality_id) == municipality_of(session).id,
            col(VoteRow.agenda_item) == item,
            col(VoteRow.outcome) == VoteOutcome.not_quorate,
            col(MeetingRow.body) == meeting.body,
            col(MeetingRow.starts_at) < meeting.starts_at,
        )
    )
    return (await session.exec(statement)).first() is not None
