"""Attendance over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.attendances import commands, queries
from services.boards.attendances.queries import ATTENDANCES
from services.contracts.boards.attendances import Attendance, AttendanceList, NewAttendance
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

attendances = router("Attendance")
READ, WRITE = requires("boards.attendances:read"), requires("boards.attendances:write")
HISTORY = requires("boards.attendances:history")


@attendances.get("/attendances", response_model=Page[Attendance], dependencies=[READ])
async def list_attendances(
    session: Reading,
    paging: PageOf,
    meeting: Annotated[Key | None, Query(description="At this meeting only.")] = None,
) -> Mapping[str, Any]:
    """List attendance.

    Who was there, when, for whom, and who was not (Anwesenheit), as far as the procedure of the
    body and the people themselves let you see it. Reasons are for the body and the administration.
    """
    return await queries.page(session, paging, meeting)


@attendances.post("/attendances", status_code=201, response_model=Attendance, dependencies=[WRITE])
async def create_attendance(session: Writing, new: NewAttendance) -> Attendance:
    """Write down that a member was there, or was not.

    Once for each member and meeting, when the meeting is running or held. A substitute names the
    member whose place is taken and has that member's vote while the member is away or excluded.
    Refused: a substitute of somebody else, a membership of another body. Closed votes of the
    meeting are looked at again: see their `irregularities`.
    """
    return await commands.note(session, new)


@attendances.get("/attendances/{key}", response_model=Attendance, dependencies=[READ])
async def read_attendance(session: Reading, key: str) -> Attendance:
    """Read an attendance.

    By its key or its UUID.
    """
    return await queries.one(session, key)


@attendances.patch("/attendances/{key}", response_model=Attendance, dependencies=[WRITE])
async def change_attendance(
    session: Writing, key: str, patch: Patch[NewAttendance], expected: Expected
) -> Attendance:
    """Change an attendance.

    Send only what changes, with the ETag that you have read as If-Match: somebody came later, left,
    came back. Closed votes of the meeting are looked at again.
    """
    return await commands.change(session, key, patch, expected)


@attendances.get(
    "/attendances/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_attendance_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an attendance.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await ATTENDANCES.history(session, key)


@attendances.post(
    "/meetings/{key}/attendance-list", response_model=list[Attendance], dependencies=[WRITE]
)
async def note_attendance_list(
    session: Writing, key: str, given: AttendanceList
) -> list[Attendance]:
    """Write down the attendance of a meeting at once.

    The list of those who are there and who are not (Anwesenheitsliste). Who is on it already is
    corrected; who is missing from it stays as it is. Refused as a whole when one entry is.
    """
    return await commands.note_all(session, key, given)
