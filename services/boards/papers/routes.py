"""Papers over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.neighbours import Beside
from services.boards.papers import commands, queries
from services.boards.papers.queries import PAPERS, Choice
from services.boards.papers.tables import PaperRow
from services.contracts.boards.papers import NewPaper, Paper, PaperKind, PaperState
from services.contracts.shared.base import Key, Line, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected, face
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

papers = router("Papers")
READ, WRITE = requires("boards.papers:read"), requires("boards.papers:write")
HISTORY = requires("boards.papers:history")


@papers.get("/papers", response_model=Page[Paper], dependencies=[READ])
async def list_papers(
    session: Reading,
    paging: PageOf,
    kind: Annotated[PaperKind | None, Query(description="Of one kind only.")] = None,
    state: Annotated[PaperState | None, Query(description="In this state only.")] = None,
    reference: Annotated[Line | None, Query(description="With this reference number.")] = None,
    originator: Annotated[
        Key | None, Query(description="From this organisation or body only.")
    ] = None,
    organisation: Annotated[
        Key | None, Query(description="Under its direction, or concerning it.")
    ] = None,
    superordinate: Annotated[Key | None, Query(description="Belonging to this paper.")] = None,
    topic: Annotated[Key | None, Query(description="On this topic only.")] = None,
    area: Annotated[Key | None, Query(description="About this area only.")] = None,
    first: Annotated[date | None, Query(alias="from", description="Of this day or later.")] = None,
    last: Annotated[
        date | None, Query(alias="until", description="Of this day or earlier.")
    ] = None,
) -> Mapping[str, Any]:
    """List papers.

    Proposals, reports, motions, recommendations (Drucksachen), the latest first.
    """
    choice = Choice(
        kind, state, reference, originator, organisation, superordinate, topic, area, first, last
    )
    return await queries.page(session, paging, choice)


@papers.post("/papers", status_code=201, response_model=Paper, dependencies=[WRITE])
async def create_paper(session: Writing, beside: Beside, new: NewPaper) -> Paper:
    """Enter a paper.

    Without a `reference` it gets the next number of its year; two papers entered at once never get
    the same. What it names must exist, topics and areas in the indicators service (503 while that
    is away). Refused: a reference number that is taken (409), a draft
    that others than the administration may see, a paper that is decided already.
    """
    return await _shown(session, await commands.submit(session, beside, new))


@papers.get("/papers/{key}", response_model=Paper, dependencies=[READ])
async def read_paper(session: Reading, key: str) -> Paper:
    """Read a paper.

    By its key or its UUID.
    """
    return await _shown(session, await PAPERS.one(session, key))


@papers.patch("/papers/{key}", response_model=Paper, dependencies=[WRITE])
async def change_paper(
    session: Writing, beside: Beside, key: str, patch: Patch[NewPaper], expected: Expected
) -> Paper:
    """Change a paper.

    Send only what changes, with the ETag that you have read as If-Match. `state` goes from draft
    (Entwurf) to submitted (eingebracht), then to closed or withdrawn, and back to submitted. Any
    other step is refused (409): only a resolution makes a paper decided. New words are a new
    version; those of a decided paper stay (409).
    """
    return await _shown(session, await commands.change(session, beside, key, patch, expected))


@papers.get("/papers/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_paper_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a paper.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PAPERS.history(session, key)


async def _shown(session: AsyncSession, row: PaperRow) -> Paper:
    (shown,) = await queries.shown(session, [row])
    session.info["variant"] = face(row, shown)
    return shown
