"""Results over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.results import NewResult, Result, ResultLevel
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.results import commands, queries
from services.projects.results.queries import RESULTS
from services.projects.results.tables import ResultRow

results = router("Targets")
READ, WRITE = requires("projects.targets:read"), requires("projects.targets:write")
HISTORY = requires("projects.targets:history")


@results.get("/results", response_model=Page[Result], dependencies=[READ])
async def list_results(
    session: Reading,
    paging: PageOf,
    project: Annotated[Key | None, Query(description="Of this project.")] = None,
    grant: Annotated[Key | None, Query(description="Promised by this grant.")] = None,
    level: Annotated[ResultLevel | None, Query(description="Of this level.")] = None,
) -> Mapping[str, Any]:
    """List results.

    What projects are to bring about (Ergebnisse), in the order of their keys. A result is there for
    those who may see its project and its grant.
    """
    return await queries.page(session, paging, project=project, grant=grant, level=level)


@results.post("/results", status_code=201, response_model=Result, dependencies=[WRITE])
async def create_result(session: Writing, new: NewResult) -> ResultRow:
    """Create a result.

    The key is for good. What it is measured by are target indicators. Refused: a grant of another
    project.
    """
    return await commands.enter(session, new)


@results.get("/results/{key}", response_model=Result, dependencies=[READ])
async def read_result(session: Reading, key: str) -> ResultRow:
    """Read a result.

    By its key or its UUID.
    """
    return await RESULTS.one(session, key)


@results.patch("/results/{key}", response_model=Result, dependencies=[WRITE])
async def change_result(
    session: Writing, key: str, patch: Patch[NewResult], expected: Expected
) -> ResultRow:
    """Change a result.

    Send only what changes, with the ETag that you have read as If-Match. The project is for good.
    """
    return await commands.change(session, key, patch, expected)


@results.get("/results/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_result_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a result.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await RESULTS.history(session, key)
