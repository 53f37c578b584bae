"""Every question asked of the stored attendance."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.attendances.rules import Attended
from services.boards.attendances.tables import AttendanceRow
from services.boards.meetings.queries import MEETINGS, of_own_body
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.memberships.tables import MembershipRow
from services.contracts.boards.attendances import Attendance, Stay
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind

_STAYS = TypeAdapter(list[Stay])


ATTENDANCES = Kind(
    AttendanceRow,
    "attendances",
    "boards.attendance",
    personal=True,
    within={"meeting": MEETINGS, "membership": MEMBERSHIPS},
    also=lambda session: of_own_body(session, col(AttendanceRow.meeting)),
)


async def page(session: AsyncSession, paging: Paging, meeting: str | None) -> Mapping[str, Any]:
    """Attendance by key, of a meeting."""
    where = [col(AttendanceRow.meeting) == meeting] if meeting is not None else []
    found = await ATTENDANCES.page(session, paging, *where)
    return {**found, "items": await told(session, found["items"])}


async def one(session: AsyncSession, key: str) -> Attendance:
    """One attendance, as the actor may see it."""
    return (await told(session, [await ATTENDANCES.one(session, key)]))[0]


async def told(session: AsyncSession, rows: Sequence[AttendanceRow]) -> list[Attendance]:
    """As the actor may see them: reasons are for the body and the administration."""
    answers = [Attendance.model_validate(row) for row in rows]
    if actor_of(session).sees_everything:
        return answers
    meetings = {answer.meeting for answer in answers}
    statement = select(MeetingRow.key).where(
        col(MeetingRow.municipality_id) == municipality_of(session).id,
        col(MeetingRow.key).in_(meetings),
        of_own_body(session, col(MeetingRow.key)),
    )
    own = set(await session.exec(statement))
    return [
        answer if answer.meeting in own else answer.model_copy(update={"reason": None})
        for answer in answers
    ]


async def attended(session: AsyncSession, meeting: str) -> Sequence[Attended]:
    """Everything written down of a meeting, whoever asks."""
    statement = (
        select(AttendanceRow, MembershipRow.person)
        .join(
            MembershipRow,
            (col(MembershipRow.municipality_id) == col(AttendanceRow.municipality_id))
            & (col(MembershipRow.key) == col(AttendanceRow.membership)),
        )
        .where(
            col(AttendanceRow.municipality_id) == municipality_of(session).id,
            col(AttendanceRow.meeting) == meeting,
        )
        .order_by(col(AttendanceRow.key))
    )
    return [
        Attended(
            membership=row.membership,
            person=person,
            present=row.present,
            stays=_STAYS.validate_python(row.stays),
            substitutes_for=row.substitutes_for,
            objects=row.objects,
        )
        for row, person in await session.exec(statement)
    ]


async def of_meeting(session: AsyncSession, meeting: str) -> Sequence[AttendanceRow]:
    """The attendance of a meeting, whoever asks."""
    statement = select(AttendanceRow).where(
        col(AttendanceRow.municipality_id) == municipality_of(session).id,
        col(AttendanceRow.meeting) == meeting,
    )
    return (await session.exec(statement)).all()
