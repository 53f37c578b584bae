"""Projects over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.projects import NewProject, Project, ProjectState
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.projects import commands, queries
from services.projects.projects.queries import PROJECTS
from services.projects.projects.tables import ProjectRow
from services.projects.references.commands import Peers

projects = router("Projects")
READ, WRITE = requires("projects.projects:read"), requires("projects.projects:write")
HISTORY = requires("projects.projects:history")


@projects.get("/projects", response_model=Page[Project], dependencies=[READ])
async def list_projects(
    session: Reading,
    paging: PageOf,
    state: Annotated[ProjectState | None, Query(description="In this state.")] = None,
    programme: Annotated[Key | None, Query(description="Funded by this programme.")] = None,
    partner: Annotated[
        Key | None, Query(description="With this organisation, in any role.")
    ] = None,
    advising_body: Annotated[Key | None, Query(description="Advised by this body.")] = None,
    area: Annotated[Key | None, Query(description="With a site in this area.")] = None,
    on: Annotated[date | None, Query(description="That run on this day.")] = None,
) -> Mapping[str, Any]:
    """List projects.

    What is done with the money of programmes, with whom and where (Vorhaben), in the order of
    their keys.
    """
    return await queries.page(
        session,
        paging,
        state=state,
        programme=programme,
        partner=partner,
        advising_body=advising_body,
        area=area,
        on=on,
    )


@projects.post("/projects", status_code=201, response_model=Project, dependencies=[WRITE])
async def create_project(session: Writing, peers: Peers, new: NewProject) -> ProjectRow:
    """Create a project.

    The key is for good. A project can be entered in any state, a completed one too. The
    programmes, organisations, bodies and areas that it names must exist; each that does not is
    pointed at. While the service that owns them is away, names not yet known are refused (503).
    """
    return await commands.enter(session, peers, new)


@projects.get("/projects/{key}", response_model=Project, dependencies=[READ])
async def read_project(session: Reading, key: str) -> ProjectRow:
    """Read a project.

    By its key or its UUID.
    """
    return await PROJECTS.one(session, key)


@projects.patch("/projects/{key}", response_model=Project, dependencies=[WRITE])
async def change_project(
    session: Writing, peers: Peers, key: str, patch: Patch[NewProject], expected: Expected
) -> ProjectRow:
    """Change a project.

    Send only what changes, with the ETag that you have read as If-Match.
    A planned project can run or be cancelled, a running one be completed or cancelled; a
    completed one runs again when it is prolonged, a cancelled one can be planned anew. Any other
    step is refused (409).
    """
    return await commands.change(session, peers, key, patch, expected)


@projects.get("/projects/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_project_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a project.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PROJECTS.history(session, key)
