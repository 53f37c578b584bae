"""Resolutions over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.neighbours import Beside
from services.boards.resolutions import commands, queries
from services.boards.resolutions.queries import RESOLUTIONS, Choice
from services.contracts.boards.recommendations import DecisionTexts
from services.contracts.boards.resolutions import (
    NewResolution,
    Resolution,
    ResolutionKind,
    ResolutionState,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

resolutions = router("Resolutions")
READ, WRITE = requires("boards.resolutions:read"), requires("boards.resolutions:write")
HISTORY = requires("boards.resolutions:history")


@resolutions.get("/resolutions", response_model=Page[Resolution], dependencies=[READ])
async def list_resolutions(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    paper: Annotated[Key | None, Query(description="On this paper only.")] = None,
    strategy: Annotated[Key | None, Query(description="On this strategy only.")] = None,
    recommendation: Annotated[
        Key | None, Query(description="That answer this recommendation only.")
    ] = None,
    kind: Annotated[ResolutionKind | None, Query(description="Of one kind only.")] = None,
    state: Annotated[
        ResolutionState | None, Query(description="That hold today, are void, or were ended.")
    ] = None,
    overdue: Annotated[
        bool | None, Query(description="With a task that should be done by now, or without.")
    ] = None,
    open: Annotated[
        bool | None, Query(description="With a task that is not done, or without.")
    ] = None,
) -> Mapping[str, Any]:
    """List resolutions.

    What deciding bodies decided (Beschlüsse), the latest first. `overdue=true` is the list of what
    should have been carried out by now (Beschlusskontrolle).
    """
    choice = Choice(body, paper, strategy, recommendation, kind, state, overdue, open)
    return await queries.page(session, paging, choice)


@resolutions.post("/resolutions", status_code=201, response_model=Resolution, dependencies=[WRITE])
async def create_resolution(session: Writing, beside: Beside, new: NewResolution) -> Resolution:
    """Enter a resolution.

    It rests on a vote: body, meeting, item, paper and day are those of the vote. With kind
    `refusal` (Ablehnung) it rests on a vote by which the matter was rejected. Each valid
    recommendation on the same paper is followed, amended or rejected, the latter two with a
    reason; by a refusal it is rejected. The paper is decided when no other body is still to decide.
    It can repeal or replace earlier ones (`ends`), whose tasks nobody owes any more then. Refused
    (409): a vote that is not closed and adopted (with a refusal: rejected), a body without the
    mandate to decide on the day of the vote or that was asked for advice, a council without the
    power to legitimise strategies on that day, a paper on which bodies before it have not yet been
    heard, a vote or number that carries one already; (422) a recommendation without an answer, a
    strategy that another body than the council legitimises or that is not there, an earlier
    resolution that is not its own to end, evidence that is not published as it says.
    """
    return await commands.take(session, beside, new)


@resolutions.get("/resolutions/{key}", response_model=Resolution, dependencies=[READ])
async def read_resolution(session: Reading, key: str) -> Resolution:
    """Read a resolution.

    By its key or its UUID, with what it makes of recommendations and how far it is carried out.
    """
    return await queries.one(session, key)


@resolutions.patch("/resolutions/{key}", response_model=Resolution, dependencies=[WRITE])
async def change_resolution(
    session: Writing, key: str, patch: Patch[DecisionTexts], expected: Expected
) -> Resolution:
    """Change the words of a resolution.

    Title, translations and who may see it, with the ETag that you have read as If-Match. The
    German text is what was voted on and stays.
    """
    return await commands.change(session, key, patch, expected)


@resolutions.get(
    "/resolutions/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_resolution_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a resolution.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await RESOLUTIONS.history(session, key)
