"""Minutes over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Response

from services.boards.minutes import commands, queries
from services.boards.minutes.queries import MINUTES
from services.boards.printed_minutes.rules import composed
from services.contracts.boards.minutes import (
    ApprovalOfMinutes,
    Minutes,
    MinutesState,
    MinutesVersion,
    NewMinutes,
)
from services.contracts.boards.proceedings import Proceedings
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.languages import InLanguage
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.kit.printing import forms

minutes = router("Minutes")
READ, WRITE = requires("boards.minutes:read"), requires("boards.minutes:write")
HISTORY = requires("boards.minutes:history")
Version = Annotated[
    MinutesVersion,
    Query(description="For everybody, or in full for the body and the administration."),
]


@minutes.get("/minutes", response_model=Page[Minutes], dependencies=[READ])
async def list_minutes(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    state: Annotated[MinutesState | None, Query(description="In this state only.")] = None,
) -> Mapping[str, Any]:
    """List minutes.

    By the keys of their meetings (Niederschriften). A draft is for the body and the administration.
    """
    return await queries.page(session, paging, body, state)


@minutes.post("/minutes", status_code=201, response_model=Minutes, dependencies=[WRITE])
async def create_minutes(session: Writing, new: NewMinutes) -> Minutes:
    """Begin the minutes of a meeting.

    They are put together from what is stored: attendance, agenda, exclusions, votes, results; their
    key is that of the meeting. What you add is who chaired, who kept the minutes, and notes on how
    items were discussed. Refused: minutes of a meeting that has not begun (409), a second set
    (409), notes on items of another meeting.
    """
    return await commands.write(session, new)


@minutes.get("/minutes/{key}", response_model=Minutes, dependencies=[READ])
async def read_minutes(session: Reading, key: str) -> Minutes:
    """Read what is known of minutes.

    By the key of their meeting, or their UUID. `/proceedings` and `/document` are what they tell.
    """
    return await queries.one(session, key)


@minutes.patch("/minutes/{key}", response_model=Minutes, dependencies=[WRITE])
async def change_minutes(
    session: Writing, key: str, patch: Patch[NewMinutes], expected: Expected
) -> Minutes:
    """Change a draft of minutes.

    Send only what changes, with the ETag that you have read as If-Match. Approved minutes stay as
    they are (409).
    """
    return await commands.change(session, key, patch, expected)


@minutes.post("/minutes/{key}/approval", response_model=Minutes, dependencies=[WRITE])
async def approve_minutes(session: Writing, key: str, given: ApprovalOfMinutes) -> Minutes:
    """Approve minutes.

    By an adopted vote on minutes in a later meeting of the same body (§ 42 ThürKO), with what it
    corrected; by the chair alone where the procedure of the body says so. From then on they tell
    what they tell now. Refused: a vote of another body, of the same or an earlier meeting, on
    something else, or one that was not adopted.
    """
    return await commands.approve(session, key, given)


@minutes.get("/minutes/{key}/proceedings", response_model=Proceedings, dependencies=[READ])
async def read_proceedings(
    session: Reading, key: str, version: Version = MinutesVersion.public
) -> Proceedings:
    """Read what minutes tell.

    Day and place, who was present and absent, each item with its votes and result. The public
    version leaves out the closed part, reasons of absence, and people whom nobody may know; the
    full version (404 for everybody else) is for the body and the administration.
    """
    return await commands.read(session, key, version)


@minutes.get(
    "/minutes/{key}/document",
    response_class=Response,
    responses=forms.RESPONSES,
    dependencies=[READ],
)
async def read_minutes_document(
    session: Reading,
    key: str,
    lang: InLanguage,
    form: forms.InForm,
    version: Version = MinutesVersion.public,
) -> Response:
    """Read minutes as HTML or PDF.

    With lines for the signatures of chair and clerk. The PDF is accessible (PDF/UA).
    """
    told = await commands.read(session, key, version)
    name = f"{told.meeting}-{version}"
    return await forms.sent(composed(told, lang), form, name)


@minutes.get("/minutes/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_minutes_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of minutes.

    Every state they had, newest first, with the identifier of who made the change.
    """
    return await MINUTES.history(session, key)
