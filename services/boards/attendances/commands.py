"""What a person does with attendance."""

from collections.abc import Collection, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.attendances import queries, rules
from services.boards.attendances.queries import ATTENDANCES
from services.boards.attendances.tables import AttendanceRow
from services.boards.composition.queries import voters
from services.boards.exclusions import commands as exclusions
from services.boards.meetings.queries import MEETINGS, locked
from services.boards.meetings.rules import check_begun
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import memberships_of
from services.boards.procedures.queries import in_force
from services.boards.votes import commands as votes
from services.contracts.boards.attendances import (
    Attendance,
    AttendanceEntry,
    AttendanceList,
    NewAttendance,
)
from services.contracts.boards.meetings import MeetingState
from services.contracts.shared.base import Visibility
from services.kit.days import day
from services.kit.keys import opaque
from services.kit.patches import Patch


async def note(session: AsyncSession, new: NewAttendance) -> Attendance:
    """Write down that somebody is there, or is not."""
    meeting = await locked(session, new.meeting)
    visibility = await _checked(session, meeting, [new])
    key = new.key or opaque("at")
    row = await ATTENDANCES.add(session, new, key=key, visibility=new.visibility or visibility)
    return (await _settled(session, meeting, [row]))[0]


async def change(
    session: AsyncSession, key: str, patch: Patch[NewAttendance], expected: int
) -> Attendance:
    """Correct what is written down."""
    meeting = await MEETINGS.one(session, (await ATTENDANCES.one(session, key)).meeting, lock=True)
    row = await ATTENDANCES.locked(session, key, expected)
    new = patch.onto(row, "meeting", "membership")
    visibility = await _checked(session, meeting, [new], noted={row.membership})
    row = await ATTENDANCES.store(session, row, new, visibility=new.visibility or visibility)
    return (await _settled(session, meeting, [row]))[0]


async def note_all(session: AsyncSession, key: str, given: AttendanceList) -> list[Attendance]:
    """Write down a whole list; who is on it already is corrected, who is not stays as it is."""
    meeting = await MEETINGS.one(session, key, lock=True)
    known = {row.membership: row for row in await queries.of_meeting(session, meeting.key)}
    usual = await _checked(session, meeting, given.entries, "/entries/{}", noted=known)
    rows = []
    for entry in given.entries:
        row = known.get(entry.membership)
        if row is None:
            new = opaque("at")
            row = await ATTENDANCES.add(
                session, entry, key=new, meeting=meeting.key, visibility=usual
            )
        else:
            row = await ATTENDANCES.store(session, row, entry)
        rows.append(row)
    told = await _settled(session, meeting, rows)
    for name in ("location", "revision"):
        session.info.pop(name, None)
    return told


async def _checked(
    session: AsyncSession,
    meeting: MeetingRow,
    entries: Sequence[AttendanceEntry],
    at: str = "",
    *,
    noted: Collection[str] = (),
) -> Visibility:
    """Refuse what cannot be; otherwise who may usually see who was there.

    Of those in `noted` something is written down already; it can be corrected although they were
    found to be no members since.
    """
    check_begun(MeetingState(meeting.state))
    on = day(meeting.starts_at)
    members = await voters(session, meeting.body, on)
    mine = {*await memberships_of(session, meeting.body, on), *noted}
    for place, entry in enumerate(entries):
        rules.check(entry, members, mine, at.format(place))
    return (await in_force(session, meeting.body, on)).rules.attendance_visibility


async def _settled(
    session: AsyncSession, meeting: MeetingRow, rows: Sequence[AttendanceRow]
) -> list[Attendance]:
    """Look again at what depends on who is there: conflicts of interest, closed votes."""
    told = {name: session.info[name] for name in ("revision", "location") if name in session.info}
    await exclusions.propose_all(session, meeting)
    await votes.review(session, meeting)
    session.info.pop("location", None)
    session.info.update(told)
    return await queries.told(session, rows)
