"""The bytes of files over HTTP."""

from collections.abc import AsyncIterator
from typing import Any, Literal

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contents import queries
from services.boards.contents.rules import PART, policy
from services.boards.files.queries import FILES
from services.boards.files.rules import check_there
from services.boards.files.tables import FileRow
from services.kit.access import Allowed
from services.kit.app import router
from services.kit.database import Database, Reading, actor_of
from services.kit.downloads import Span, disposition, http_date, is_known, span
from services.kit.problems import Gone, OutOfRange, refusals

contents = router("Files")
READ = Allowed("boards.files:read")
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The content, in its own type.",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "text/plain": {"schema": {"type": "string"}, "example": "Niederschrift ..."},
        },
    },
    206: {"description": "The part that was asked for with `Range`."},
    307: {"description": "It is kept elsewhere; `Location` says where."},
    **refusals(Gone, OutOfRange),
}


@contents.get(
    "/files/{key}/content", response_class=Response, responses=_BYTES, dependencies=[READ]
)
async def read_file_content(request: Request, session: Reading, key: str) -> Response:
    """Read a file.

    For showing it in a browser (accessUrl of OParl). Pages and pictures that could hold programs
    come with a policy that lets none run. One part of it can be asked for with `Range`.
    """
    return await _given(request, session, key, "inline")


@contents.get(
    "/files/{key}/download", response_class=Response, responses=_BYTES, dependencies=[READ]
)
async def download_file(request: Request, session: Reading, key: str) -> Response:
    """Download a file.

    For saving it, under its name (downloadUrl of OParl).
    """
    return await _given(request, session, key, "attachment")


async def _given(
    request: Request, session: AsyncSession, key: str, kind: Literal["inline", "attachment"]
) -> Response:
    row = await FILES.one(session, key)
    session.info.pop("revision", None)
    check_there(row.key, row.withdrawn_at is not None)
    if row.link is not None:
        away = row.link if kind == "inline" else row.download_link or row.link
        return Response(status_code=307, headers={"Location": away})
    assert row.sha512 is not None
    assert row.size is not None
    assert row.file_name is not None
    etag = f'"{row.sha512}"'
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(row.created_at),
        "Content-Disposition": disposition(kind, row.file_name),
        "Content-Security-Policy": policy(row.mime_type),
        # A text may be compressed on its way, and then has other bytes to count.
        "Accept-Ranges": "none" if row.charset else "bytes",
    }
    if is_known(request, etag, row.created_at):
        return Response(status_code=304, headers=headers)
    wanted = None if row.charset else span(request, row.size, etag, row.created_at)
    if wanted is not None:
        last = wanted.first + wanted.length - 1
        headers["Content-Range"] = f"bytes {wanted.first}-{last}/{row.size}"
    status, part = (200, Span(0, row.size)) if wanted is None else (206, wanted)
    return await _sent(request, session, row, row.sha512, part, headers, status)


async def _sent(
    request: Request,
    session: AsyncSession,
    row: FileRow,
    sha512: str,
    wanted: Span,
    headers: dict[str, str],
    status: int,
) -> Response:
    media_type = f"{row.mime_type}; charset={row.charset}" if row.charset else row.mime_type
    numbers = range(wanted.first // PART, (wanted.first + wanted.length - 1) // PART + 1)
    skip = wanted.first - numbers[0] * PART
    if len(numbers) == 1:
        body = await queries.part(session, sha512, numbers[0])
        check_there(row.key, body is None)
        assert body is not None
        return Response(body[skip : skip + wanted.length], status, headers, media_type)
    database: Database = request.app.state.database
    parts = queries.parts(database, actor_of(session), sha512, numbers)
    headers["Content-Length"] = str(wanted.length)
    return StreamingResponse(_cut(parts, skip, wanted.length), status, headers, media_type)


async def _cut(parts: AsyncIterator[bytes], skip: int, length: int) -> AsyncIterator[bytes]:
    async for part in parts:
        piece = part[skip : skip + length]
        skip, length = 0, length - len(piece)
        yield piece
