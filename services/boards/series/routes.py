"""Series of meetings over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.series import commands, queries
from services.boards.series.queries import SERIES
from services.boards.series.tables import MeetingSeriesRow
from services.contracts.boards.series import MeetingSeries, NewMeetingSeries
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf

series = router("Meetings")
READ, WRITE = requires("boards.meetings:read"), requires("boards.meetings:write")
HISTORY = requires("boards.meetings:history")


@series.get("/meeting-series", response_model=Page[MeetingSeries], dependencies=[READ])
async def list_meeting_series(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
) -> Mapping[str, Any]:
    """List series of meetings.

    Meetings that were planned together (Sitzungsserien), in the order of their keys.
    """
    return await queries.page(session, paging, body)


@series.post("/meeting-series", status_code=201, response_model=MeetingSeries, dependencies=[WRITE])
async def create_meeting_series(session: Writing, new: NewMeetingSeries) -> MeetingSeriesRow:
    """Plan a series of meetings.

    All its meetings are planned at once, with the keys `<key>-1`, `<key>-2` and so on; each then
    goes its own way. Refused: a key of a meeting that is taken (409).
    """
    return await commands.plan(session, new)


@series.get("/meeting-series/{key}", response_model=MeetingSeries, dependencies=[READ])
async def read_meeting_series(session: Reading, key: str) -> MeetingSeriesRow:
    """Read a series of meetings.

    By its key or its UUID. Its meetings are at `/meetings?series=`.
    """
    return await SERIES.one(session, key)


@series.get("/meeting-series/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_meeting_series_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a series of meetings.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await SERIES.history(session, key)
