"""Publications over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.publications import commands, queries
from services.boards.publications.queries import PUBLICATIONS
from services.boards.publications.tables import PublicationRow
from services.contracts.boards.publications import NewPublication, Publication, PublicationKind
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import Allowed
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

publications = router("Publications")
READ, WRITE = Allowed("boards.publications:read"), Allowed("boards.publications:write")
HISTORY = Allowed("boards.publications:history")


@publications.get("/publications", response_model=Page[Publication], dependencies=[READ])
async def list_publications(
    session: Reading,
    paging: PageOf,
    kind: Annotated[PublicationKind | None, Query(description="Of one kind only.")] = None,
    year: Annotated[int | None, Query(ge=1800, le=2200, description="Of this year only.")] = None,
    body: Annotated[Key | None, Query(description="From this body only.")] = None,
) -> Mapping[str, Any]:
    """List publications.

    Reports, strategies, newsletters (Berichte, Strategien, Newsletter), in the order of their
    keys.
    """
    return await queries.page(session, paging, kind, year, body)


@publications.post(
    "/publications", status_code=201, response_model=Publication, dependencies=[WRITE]
)
async def create_publication(session: Writing, new: NewPublication) -> PublicationRow:
    """Create a publication.

    The bodies that it comes from and its publisher must exist.
    """
    return await commands.publish(session, new)


@publications.get("/publications/{key}", response_model=Publication, dependencies=[READ])
async def read_publication(session: Reading, key: str) -> PublicationRow:
    """Read a publication.

    By its key or its UUID.
    """
    return await PUBLICATIONS.one(session, key)


@publications.patch("/publications/{key}", response_model=Publication, dependencies=[WRITE])
async def change_publication(
    session: Writing, key: str, patch: Patch[NewPublication], expected: Expected
) -> PublicationRow:
    """Change a publication.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@publications.get(
    "/publications/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_publication_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a publication.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PUBLICATIONS.history(session, key)
