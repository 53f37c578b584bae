"""Every question asked of the stored meetings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.sql.elements import False_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.files.subjects import carries_files
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import in_own_body
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.meetings import MeetingKind, MeetingState
from services.kit.database import municipality_of
from services.kit.days import day_of
from services.kit.paging import Paging
from services.kit.problems import Invalid, NotFound
from services.kit.resources import Kind, matching

MEETINGS = carries_files(
    SubjectKind.meeting,
    Kind(MeetingRow, "meetings", "boards.meeting", within={"body": BODIES}),
)


def of_own_body(session: AsyncSession, meeting: Any) -> ColumnElement[bool]:
    """Whether a column names a meeting, which the actor may see, of a body the actor sits in."""
    sits = in_own_body(session, col(MeetingRow.body))
    if isinstance(sits, False_):  # who sits nowhere need not be looked up in any meeting
        return sits
    own = select(MeetingRow.key).where(MEETINGS.seen(session), sits)
    inside: ColumnElement[bool] = meeting.in_(own)
    return inside


async def in_its_body(session: AsyncSession, meeting: MeetingRow) -> bool:
    """Does the actor sit in the body that meets?"""
    statement = select(MeetingRow.key).where(
        col(MeetingRow.municipality_id) == municipality_of(session).id,
        col(MeetingRow.key) == meeting.key,
        of_own_body(session, col(MeetingRow.key)),
    )
    return (await session.exec(statement)).first() is not None


async def page(
    session: AsyncSession,
    paging: Paging,
    body: str | None,
    kind: MeetingKind | None,
    state: MeetingState | None,
    first: date | None,
    last: date | None,
    series: str | None,
) -> Mapping[str, Any]:
    """Meetings, the latest first: of a body, a kind, in a state, between two days."""
    where = matching(MeetingRow, body=body, kind=kind, state=state, series=series)
    if first is not None:
        where.append(day_of(MeetingRow.starts_at) >= first)
    if last is not None:
        where.append(day_of(MeetingRow.starts_at) <= last)
    return await MEETINGS.page(session, paging, *where, by="starts_at", descending=True)


async def locked(session: AsyncSession, key: str) -> MeetingRow:
    """A meeting that a request names, in which nobody else does anything until commit."""
    try:
        return await MEETINGS.one(session, key, lock=True)
    except NotFound as missing:
        raise Invalid("There is no such meeting.", pointer="/meeting", code="unknown") from missing
