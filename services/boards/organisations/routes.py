"""Organisations over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.organisations import commands, queries
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.tables import OrganisationRow
from services.contracts.boards.organisations import NewOrganisation, Organisation, OrganisationKind
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

organisations = router("Organisations")
READ, WRITE = requires("boards.organisations:read"), requires("boards.organisations:write")
HISTORY = requires("boards.organisations:history")


@organisations.get("/organisations", response_model=Page[Organisation], dependencies=[READ])
async def list_organisations(
    session: Reading,
    paging: PageOf,
    kind: Annotated[OrganisationKind | None, Query(description="Of one kind only.")] = None,
    parent: Annotated[Key | None, Query(description="Directly part of this one only.")] = None,
    on: Annotated[date | None, Query(description="Those that exist on this day only.")] = None,
) -> Mapping[str, Any]:
    """List organisations.

    Everybody who sends members to a board, runs an offer or funds a project (Organisationen), in
    the order of their keys.
    """
    return await queries.page(session, paging, kind, parent, on)


@organisations.post(
    "/organisations", status_code=201, response_model=Organisation, dependencies=[WRITE]
)
async def create_organisation(session: Writing, new: NewOrganisation) -> OrganisationRow:
    """Create an organisation.

    The key is for good. `parent` must exist; an organisation cannot be part of itself. A council
    group (Fraktion) has the days of its legislature: the composition of bodies follows them.
    """
    return await commands.found(session, new)


@organisations.get("/organisations/{key}", response_model=Organisation, dependencies=[READ])
async def read_organisation(session: Reading, key: str) -> OrganisationRow:
    """Read an organisation.

    By its key or its UUID.
    """
    return await ORGANISATIONS.one(session, key)


@organisations.patch("/organisations/{key}", response_model=Organisation, dependencies=[WRITE])
async def change_organisation(
    session: Writing, key: str, patch: Patch[NewOrganisation], expected: Expected
) -> OrganisationRow:
    """Change an organisation.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@organisations.get(
    "/organisations/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_organisation_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an organisation.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await ORGANISATIONS.history(session, key)
