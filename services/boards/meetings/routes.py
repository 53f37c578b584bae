"""Meetings over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.meetings import commands, queries
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.tables import MeetingRow
from services.contracts.boards.meetings import Meeting, MeetingKind, MeetingState, NewMeeting
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

meetings = router("Meetings")
READ, WRITE = requires("boards.meetings:read"), requires("boards.meetings:write")
HISTORY = requires("boards.meetings:history")


@meetings.get("/meetings", response_model=Page[Meeting], dependencies=[READ])
async def list_meetings(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    kind: Annotated[MeetingKind | None, Query(description="Of one kind only.")] = None,
    state: Annotated[MeetingState | None, Query(description="In this state only.")] = None,
    first: Annotated[
        date | None, Query(alias="from", description="That begin on this day or later.")
    ] = None,
    last: Annotated[
        date | None, Query(alias="until", description="That begin on this day or earlier.")
    ] = None,
    series: Annotated[Key | None, Query(description="Of this series only.")] = None,
) -> Mapping[str, Any]:
    """List meetings.

    Sittings, network meetings, planning conferences (Sitzungen, Vernetzungstreffen,
    Fachplanungskonferenzen), the latest first. Days are German days.
    """
    return await queries.page(session, paging, body, kind, state, first, last, series)


@meetings.post("/meetings", status_code=201, response_model=Meeting, dependencies=[WRITE])
async def create_meeting(session: Writing, new: NewMeeting) -> MeetingRow:
    """Create a meeting.

    The body must exist. Refused: a moment without its offset from UTC, an end that is not after
    the start, a new meeting in another state than planned.
    """
    return await commands.plan(session, new)


@meetings.get("/meetings/{key}", response_model=Meeting, dependencies=[READ])
async def read_meeting(session: Reading, key: str) -> MeetingRow:
    """Read a meeting.

    By its key or its UUID.
    """
    return await MEETINGS.one(session, key)


@meetings.patch("/meetings/{key}", response_model=Meeting, dependencies=[WRITE])
async def change_meeting(
    session: Writing, key: str, patch: Patch[NewMeeting], expected: Expected
) -> MeetingRow:
    """Change a meeting.

    Send only what changes, with the ETag that you have read as If-Match. `state` goes from planned
    (geplant) to invited (eingeladen; better by `/invitation`, which writes down how), running, held
    (durchgeführt); before it runs it can be postponed (verschoben) or cancelled (abgesagt), and
    then planned anew: the invitation counts no longer. Any other step is refused (409), another day
    once people were invited, and to open a meeting before its day. A meeting stays with its body.
    """
    return await commands.change(session, key, patch, expected)


@meetings.get("/meetings/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_meeting_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a meeting.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await MEETINGS.history(session, key)
