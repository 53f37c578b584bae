"""Grants over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.grants import Grant, NewGrant
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.grants import commands, queries
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.references.commands import Peers

grants = router("Grants")
READ, WRITE = requires("projects.grants:read"), requires("projects.grants:write")
HISTORY = requires("projects.grants:history")


@grants.get("/grants", response_model=Page[Grant], dependencies=[READ])
async def list_grants(
    session: Reading,
    paging: PageOf,
    project: Annotated[Key | None, Query(description="For this project.")] = None,
    programme: Annotated[Key | None, Query(description="Of this programme.")] = None,
    grantee: Annotated[Key | None, Query(description="Received by this organisation.")] = None,
    year: Annotated[
        int | None, Query(ge=1950, le=2100, description="That run in this year.")
    ] = None,
) -> Mapping[str, Any]:
    """List grants.

    The money of programmes for projects, and who pays what (Zuwendungen), in the order of their
    keys. A grant is there for those who may see its project and its programme.
    """
    return await queries.page(
        session, paging, project=project, programme=programme, grantee=grantee, year=year
    )


@grants.post("/grants", status_code=201, response_model=Grant, dependencies=[WRITE])
async def create_grant(session: Writing, peers: Peers, new: NewGrant) -> GrantRow:
    """Create a grant.

    The key is for good. An amount that is not known is null, never zero. Refused: a grant above
    the eligible cost (zuwendungsfähige Gesamtausgaben), a rate that does not give the amount to
    the cent, sources whose known amounts exceed the eligible cost.
    """
    return await commands.enter(session, peers, new)


@grants.get("/grants/{key}", response_model=Grant, dependencies=[READ])
async def read_grant(session: Reading, key: str) -> GrantRow:
    """Read a grant.

    By its key or its UUID.
    """
    return await GRANTS.one(session, key)


@grants.patch("/grants/{key}", response_model=Grant, dependencies=[WRITE])
async def change_grant(
    session: Writing, peers: Peers, key: str, patch: Patch[NewGrant], expected: Expected
) -> GrantRow:
    """Change a grant.

    Send only what changes, with the ETag that you have read as If-Match.
    The grant as a whole is checked again, as when it was created.
    """
    return await commands.change(session, peers, key, patch, expected)


@grants.get("/grants/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_grant_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a grant.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await GRANTS.history(session, key)
