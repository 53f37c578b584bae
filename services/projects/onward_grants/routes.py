"""Onward grants over HTTP: applications."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.onward_grants import NewOnwardGrant, OnwardGrant, OnwardState
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.onward_grants import commands, queries
from services.projects.onward_grants.queries import ONWARD_GRANTS
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.references.commands import Peers

onward_grants = router("Onward grants")
READ = requires("projects.onward_grants:read")
WRITE = requires("projects.onward_grants:write")
HISTORY = requires("projects.onward_grants:history")


@onward_grants.get("/onward-grants", response_model=Page[OnwardGrant], dependencies=[READ])
async def list_onward_grants(
    session: Reading,
    paging: PageOf,
    grant: Annotated[Key | None, Query(description="Paid from this grant.")] = None,
    recipient: Annotated[Key | None, Query(description="Of this organisation.")] = None,
    state: Annotated[OnwardState | None, Query(description="In this state.")] = None,
    proof_overdue_on: Annotated[
        date | None,
        Query(description="Whose proof of use was due before this day and has not come."),
    ] = None,
) -> Mapping[str, Any]:
    """List onward grants.

    Money of grants that the municipality passes on to local bodies (Weiterleitungen,
    Mikroprojekte), in the order of their keys. Those of natural persons, and all that is not said
    to be public, are for the administration.
    """
    return await queries.page(
        session,
        paging,
        grant=grant,
        recipient=recipient,
        state=state,
        proof_overdue_on=proof_overdue_on,
    )


@onward_grants.post(
    "/onward-grants", status_code=201, response_model=OnwardGrant, dependencies=[WRITE]
)
async def create_onward_grant(
    session: Writing, peers: Peers, new: NewOnwardGrant
) -> OnwardGrantRow:
    """Enter an application for an onward grant.

    The key is for good; it names no person. It binds nothing until it is approved. Refused: an
    amount above the cost, a time outside of that of the grant, a natural person to be public.
    """
    return await commands.enter(session, peers, new)


@onward_grants.get("/onward-grants/{key}", response_model=OnwardGrant, dependencies=[READ])
async def read_onward_grant(session: Reading, key: str) -> OnwardGrantRow:
    """Read an onward grant.

    By its key or its UUID, with everything that happened to it.
    """
    return await ONWARD_GRANTS.one(session, key)


@onward_grants.patch("/onward-grants/{key}", response_model=OnwardGrant, dependencies=[WRITE])
async def change_onward_grant(
    session: Writing, peers: Peers, key: str, patch: Patch[NewOnwardGrant], expected: Expected
) -> OnwardGrantRow:
    """Change an application.

    With the ETag that you have read as If-Match. Refused (409) once it is decided: another
    recipient, amount or beginning. What happens to it are steps of their own.
    """
    return await commands.change(session, peers, key, patch, expected)


@onward_grants.get(
    "/onward-grants/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_onward_grant_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an onward grant.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await ONWARD_GRANTS.history(session, key)
