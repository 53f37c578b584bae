"""Versions of publications over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.neighbours import Beside
from services.boards.publication_versions import commands, queries
from services.boards.publication_versions.tables import PublicationVersionRow
from services.contracts.boards.publication_versions import (
    NewPublicationVersion,
    PublicationVersion,
)
from services.contracts.shared.base import Page, Revision
from services.contracts.shared.files import Withdrawn
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected, face
from services.kit.database import Reading, Writing, municipality_of
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.kit.problems import Gone, refusals

publication_versions = router("Publications", path="/v1/{municipality}/publications/{key}")
READ, WRITE = requires("boards.publications:read"), requires("boards.publications:write")
HISTORY = requires("boards.publications:history")

PublicationKey = Annotated[str, Path(alias="key", description="Key or UUID of the publication.")]
Number = Annotated[int, Path(ge=1, le=10**6, description="Number of the version.")]


@publication_versions.get("/versions", response_model=Page[PublicationVersion], dependencies=[READ])
async def list_publication_versions(
    session: Reading, paging: PageOf, publication: PublicationKey
) -> Mapping[str, Any]:
    """List the versions of a publication.

    The newest first, with what changed from one to the next, their files, and the indicators and
    releases they rest on (Auflagen); withdrawn ones as well.
    """
    return await queries.page(session, paging, publication)


@publication_versions.post(
    "/versions", status_code=201, response_model=PublicationVersion, dependencies=[WRITE]
)
async def create_publication_version(
    session: Writing, beside: Beside, publication: PublicationKey, new: NewPublicationVersion
) -> PublicationVersion:
    """Publish a version.

    It gets the next number and is the current one from now on. Its files are attached to the
    publication before (`POST /files?subject_kind=publication&subject=...`). Refused (422): a later
    version that does not say what changed; files of something else, or that not all of its readers
    may see; a body, an indicator or a release that does not exist. Refused (409): a version of what
    was withdrawn.
    """
    return await _shown(session, await commands.publish(session, beside, publication, new))


@publication_versions.get(
    "/versions/{number}", response_model=PublicationVersion, dependencies=[READ]
)
async def read_publication_version(
    session: Reading, publication: PublicationKey, number: Number
) -> PublicationVersion:
    """Read a version of a publication.

    By its number.
    """
    return await _shown(session, await queries.one(session, publication, number))


@publication_versions.patch(
    "/versions/{number}", response_model=PublicationVersion, dependencies=[WRITE]
)
async def change_publication_version(
    session: Writing,
    beside: Beside,
    publication: PublicationKey,
    number: Number,
    patch: Patch[NewPublicationVersion],
    expected: Expected,
) -> PublicationVersion:
    """Change what is said of a version.

    Send only what changes, with the ETag that you have read as If-Match. Its files are for good:
    other files are another version. Whoever may no longer see it sees none of its files either that
    no other version shows them. A version that leaves preparation opens its drafts; refused (422)
    while another of its files is hidden from those who see the version.
    """
    row = await commands.change(session, beside, publication, number, patch, expected)
    return await _shown(session, row)


@publication_versions.post(
    "/versions/{number}/withdrawal", response_model=PublicationVersion, dependencies=[WRITE]
)
async def withdraw_publication_version(
    session: Writing, publication: PublicationKey, number: Number, withdrawn: Withdrawn
) -> PublicationVersion:
    """Withdraw a version of a publication.

    With a reason (Zurückziehung). The version before it is the current one again; files that no
    other version has are gone (410), and those that only a version for fewer people has are closed
    to everybody else. Refused (409) when it was withdrawn already.
    """
    row = await commands.withdraw(session, publication, number, withdrawn.reason)
    return await _shown(session, row)


@publication_versions.get(
    "/versions/{number}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_publication_version_history(
    session: Reading, publication: PublicationKey, number: Number
) -> list[Revision]:
    """Read the history of a version of a publication.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await queries.history(session, publication, number)


@publication_versions.get(
    "/document",
    status_code=307,
    response_class=Response,
    responses={307: {"description": "`Location` is the file."}, **refusals(Gone)},
    dependencies=[READ],
)
async def read_publication_document(
    session: Reading,
    publication: PublicationKey,
    version: Annotated[
        int | None, Query(ge=1, le=10**6, description="The current one when missing.")
    ] = None,
) -> Response:
    """Read the document itself.

    An address for good: it leads to the main file of the current version, or of the one that is
    named. 410 once the publication or the version was withdrawn.
    """
    file = await commands.document(session, publication, version)
    address = f"/v1/{municipality_of(session).key}/files/{file.key}/content"
    return Response(status_code=307, headers={"Location": address})


async def _shown(session: AsyncSession, row: PublicationVersionRow) -> PublicationVersion:
    shown = (await queries.shown(session, [row]))[0]
    session.info["variant"] = face(row, shown)
    return shown
