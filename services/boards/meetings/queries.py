"""Every question asked of the stored meetings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.days import day_of
from services.boards.files.subjects import carries_files
from services.boards.meetings.tables import MeetingRow
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.meetings import MeetingKind, MeetingState
from services.kit.paging import Paging
from services.kit.resources import Kind

MEETINGS = carries_files(
    SubjectKind.meeting,
    Kind(MeetingRow, "meetings", "boards.meeting", within={"body": BODIES}),
)


async def page(
    session: AsyncSession,
    paging: Paging,
    body: str | None,
    kind: MeetingKind | None,
    state: MeetingState | None,
    first: date | None,
    last: date | None,
) -> Mapping[str, Any]:
    """Meetings, the latest first: of a body, a kind, in a state, between two days."""
    where = []
    if body is not None:
        where.append(col(MeetingRow.body) == body)
    if kind is not None:
        where.append(col(MeetingRow.kind) == kind)
    if state is not None:
        where.append(col(MeetingRow.state) == state)
    if first is not None:
        where.append(day_of(MeetingRow.starts_at) >= first)
    if last is not None:
        where.append(day_of(MeetingRow.starts_at) <= last)
    return await MEETINGS.page(session, paging, *where, by="starts_at", descending=True)
