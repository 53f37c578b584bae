"""What a person does with attendance."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.attendances import queries, rules
from services.boards.attendances.queries import ATTENDANCES
from services.boards.attendances.tables import AttendanceRow
from services.boards.composition.queries import voters
from services.boards.days import day
from services.boards.exclusions import commands as exclusions
from services.boards.keys import opaque
from services.boards.meetings.queries import MEETINGS, locked
from services.boards.meetings.rules import check_begun
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import belongs_to
from services.boards.procedures.queries import in_force
from services.boards.votes import commands as votes
from services.contracts.boards.attendances import Attendance, NewAttendance
from services.contracts.boards.meetings import MeetingState
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch
from services.kit.problems import Invalid


async def note(session: AsyncSession, new: NewAttendance) -> Attendance:
    """Write down that somebody is there, or is not."""
    meeting = await locked(session, new.meeting)
    visibility = await _checked(session, meeting, new)
    key = new.key or opaque("at")
    row = await ATTENDANCES.add(session, new, key=key, visibility=visibility)
    return await _settled(session, meeting, row)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewAttendance], expected: int
) -> Attendance:
    """Correct what is written down."""
    meeting = await MEETINGS.one(session, (await ATTENDANCES.one(session, key)).meeting, lock=True)
    row = await ATTENDANCES.locked(session, key, expected)
    new = patch.onto(row, "meeting", "membership")
    visibility = await _checked(session, meeting, new)
    row = await ATTENDANCES.store(session, row, new, visibility=visibility)
    return await _settled(session, meeting, row)


async def _checked(session: AsyncSession, meeting: MeetingRow, new: NewAttendance) -> Visibility:
    check_begun(MeetingState(meeting.state))
    on = day(meeting.starts_at)
    if not await belongs_to(session, new.membership, meeting.body, on):
        raise Invalid(
            "That membership is not one of this body on this day.",
            pointer="/membership",
            code="other-body",
        )
    rules.check(new, await voters(session, meeting.body, on))
    usual = (await in_force(session, meeting.body, on)).rules.attendance_visibility
    return new.visibility or usual


async def _settled(session: AsyncSession, meeting: MeetingRow, row: AttendanceRow) -> Attendance:
    """Look again at what depends on who is there: conflicts of interest, closed votes."""
    told = {name: session.info[name] for name in ("revision", "location") if name in session.info}
    await exclusions.propose_all(session, meeting)
    await votes.review(session, meeting)
    session.info.pop("location", None)
    session.info.update(told)
    return (await queries.told(session, [row]))[0]
