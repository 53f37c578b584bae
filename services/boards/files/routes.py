"""Files over HTTP: what is known of them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Response

from services.boards.files import commands, queries
from services.boards.files.queries import FILES
from services.boards.files.tables import FileRow
from services.contracts.boards.files import (
    File,
    FileRole,
    FileTexts,
    NewFile,
    NewLinkedFile,
    SubjectKind,
)
from services.contracts.shared.base import Key, Line, Page, Revision, Visibility
from services.contracts.shared.files import FileName, Withdrawn
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.contents.receiving import MOST_BYTES, UPLOAD, Received, received_after, said
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

files = router("Files")
READ, WRITE = requires("boards.files:read"), requires("boards.files:write")
HISTORY = requires("boards.files:history")


async def _new(
    file_name: Annotated[FileName, Query()],
    name: Annotated[
        Line | None, Query(description="For people; the file name without its ending when missing.")
    ] = None,
    key: Annotated[Key | None, Query(description="Leave it out to get one.")] = None,
    subject_kind: Annotated[
        SubjectKind | None, Query(description="What the file belongs to.")
    ] = None,
    subject: Annotated[Key | None, Query(description="Key of what it belongs to.")] = None,
    role: Annotated[FileRole | None, Query(description="What it is for its subject.")] = None,
    dated_on: Annotated[date | None, Query(description="The date on the document.")] = None,
    visibility: Annotated[
        Visibility | None,
        Query(
            description="Who may see it, as far as they see its subject. Left out, it is `public`, "
            "and `administration` without a subject or for a publication, whose versions open it."
        ),
    ] = None,
) -> NewFile:
    return said(
        NewFile,
        key=key,
        name=name or file_name.rpartition(".")[0] or file_name,
        file_name=file_name,
        subject_kind=subject_kind,
        subject=subject,
        role=role,
        dated_on=dated_on,
        **({"visibility": visibility} if visibility is not None else {}),
    )


New = Annotated[NewFile, Depends(_new)]
Upload = Annotated[Received, Depends(received_after(_new), scope="function")]


@files.get("/files", response_model=Page[File], dependencies=[READ])
async def list_files(
    session: Reading,
    paging: PageOf,
    subject_kind: Annotated[
        SubjectKind | None, Query(description="That belong to this kind of thing.")
    ] = None,
    subject: Annotated[Key | None, Query(description="That belong to this one.")] = None,
    role: Annotated[FileRole | None, Query(description="With this role only.")] = None,
    withdrawn: Annotated[bool, Query(description="The withdrawn ones instead.")] = False,
) -> Mapping[str, Any]:
    """List files.

    Documents and pictures of meetings, papers, publications (Dateien, Anlagen), in the order of
    their keys. Who may not see what a file belongs to does not see the file.
    """
    return await queries.page(session, paging, subject_kind, subject, role, withdrawn)


@files.post(
    "/files",
    status_code=201,
    response_model=File,
    max_body_size=MOST_BYTES,
    dependencies=[WRITE],
    responses={
        200: {"model": File, "description": "The same file is there already, for the same subject."}
    },
    openapi_extra=UPLOAD,
)
async def create_file(
    response: Response,
    received: Upload,
    new: New,
    session: Writing,
) -> FileRow:
    """Upload a file.

    The body is the file itself, everything said of it stands in the query. Taken are PDF, Office
    documents (ODF, OOXML), PNG, JPEG, SVG, text, CSV and HTML, as large as the installation allows
    (64 MB by default). What it is, is found out from its content; refused (422) are a name or a
    Content-Type that say something else, encrypted or damaged documents and macros. The same bytes
    are kept once; with the same name for the same subject they are the same file (200). Who
    attaches a file needs the permission to change what it belongs to. A file without a subject, and
    one of a publication of which no version has it yet, is seen by the administration only, unless
    `visibility` says otherwise.
    """
    row, is_new = await commands.upload(session, received, new)
    response.status_code = 201 if is_new else 200
    return row


@files.post("/files/links", status_code=201, response_model=File, dependencies=[WRITE])
async def link_file(session: Writing, new: NewLinkedFile) -> FileRow:
    """Link a file that is kept elsewhere.

    Such as in the council information system (Ratsinformationssystem). Nothing is fetched:
    `/content` and `/download` lead there. What it belongs to must exist, and who links a file needs
    the permission to change that.
    """
    return await commands.link(session, new)


@files.get("/files/{key}", response_model=File, dependencies=[READ])
async def read_file(session: Reading, key: str) -> FileRow:
    """Read what is known of a file.

    By its key or its UUID; also of one that was withdrawn.
    """
    return await FILES.one(session, key)


@files.patch("/files/{key}", response_model=File, dependencies=[WRITE])
async def change_file(
    session: Writing, key: str, patch: Patch[FileTexts], expected: Expected
) -> FileRow:
    """Change what is said of a file.

    Name, role, date and who may see it, with the ETag that you have read as If-Match. Its bytes and
    what it belongs to are for good.
    """
    return await commands.change(session, key, patch, expected)


@files.post("/files/{key}/withdrawal", response_model=File, dependencies=[WRITE])
async def withdraw_file(session: Writing, key: str, withdrawn: Withdrawn) -> FileRow:
    """Withdraw a file.

    With a reason (Zurückziehung). Its content is gone (410) for good, and is deleted when no other
    file has the same bytes; what is known of it stays. Refused (409) when it was withdrawn already.
    """
    return await commands.withdraw(session, key, withdrawn.reason)


@files.get("/files/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_file_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a file.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await FILES.history(session, key)
