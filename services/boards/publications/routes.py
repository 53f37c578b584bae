"""Publications over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.publications import commands, queries
from services.boards.publications.queries import PUBLICATIONS
from services.boards.publications.tables import PublicationRow
from services.contracts.boards.publications import NewPublication, Publication, PublicationKind
from services.contracts.shared.base import Key, Page, Revision
from services.contracts.shared.files import Withdrawn
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected, face
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

publications = router("Publications")
READ, WRITE = requires("boards.publications:read"), requires("boards.publications:write")
HISTORY = requires("boards.publications:history")


@publications.get("/publications", response_model=Page[Publication], dependencies=[READ])
async def list_publications(
    session: Reading,
    paging: PageOf,
    kind: Annotated[PublicationKind | None, Query(description="Of one kind only.")] = None,
    year: Annotated[int | None, Query(ge=1800, le=2200, description="Of this year only.")] = None,
    body: Annotated[
        Key | None, Query(description="From this body, or commissioned by it, only.")
    ] = None,
    indicator: Annotated[
        Key | None, Query(description="With a version that rests on this indicator.")
    ] = None,
    release: Annotated[
        int | None, Query(ge=1, le=10**9, description="With a version that shows this release.")
    ] = None,
    withdrawn: Annotated[bool, Query(description="The withdrawn ones instead.")] = False,
) -> Mapping[str, Any]:
    """List publications.

    Reports, strategies, newsletters (Berichte, Strategien, Newsletter), in the order of their
    keys, each with its current version.
    """
    return await queries.page(
        session,
        paging,
        kind=kind,
        year=year,
        body=body,
        indicator=indicator,
        release=release,
        withdrawn=withdrawn,
    )


@publications.post(
    "/publications", status_code=201, response_model=Publication, dependencies=[WRITE]
)
async def create_publication(session: Writing, new: NewPublication) -> Publication:
    """Create a publication.

    The bodies that it comes from or that commissioned it, and its publisher must exist. What there
    is to read is added by versions.
    """
    return await _shown(session, await commands.publish(session, new))


@publications.get("/publications/{key}", response_model=Publication, dependencies=[READ])
async def read_publication(session: Reading, key: str) -> Publication:
    """Read a publication.

    By its key or its UUID; also one that was withdrawn.
    """
    return await _shown(session, await PUBLICATIONS.one(session, key))


@publications.patch("/publications/{key}", response_model=Publication, dependencies=[WRITE])
async def change_publication(
    session: Writing, key: str, patch: Patch[NewPublication], expected: Expected
) -> Publication:
    """Change a publication.

    Send only what changes, with the ETag that you have read as If-Match. Refused (409) when it was
    withdrawn.
    """
    return await _shown(session, await commands.change(session, key, patch, expected))


@publications.post(
    "/publications/{key}/withdrawal", response_model=Publication, dependencies=[WRITE]
)
async def withdraw_publication(session: Writing, key: str, withdrawn: Withdrawn) -> Publication:
    """Withdraw a publication.

    With a reason (Zurückziehung). It leaves lists and feeds and stays readable at its address; the
    contents of its files are gone (410). Refused (409) when it was withdrawn already.
    """
    return await _shown(session, await commands.withdraw(session, key, withdrawn.reason))


@publications.get(
    "/publications/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_publication_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a publication.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PUBLICATIONS.history(session, key)


async def _shown(session: AsyncSession, row: PublicationRow) -> Publication:
    shown = (await queries.shown(session, [row]))[0]
    session.info["variant"] = face(row, shown)
    return shown
