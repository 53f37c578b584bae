"""Files as they are given out: whole or in part, shown or saved."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Literal, Protocol

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.contents.rules import PART, check_there, policy
from services.kit.contents.store import Contents
from services.kit.database import Database, actor_of
from services.kit.downloads import Span, disposition, http_date, is_known, span
from services.kit.problems import Gone, OutOfRange, refusals

BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The content, in its own type.",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "text/plain": {"schema": {"type": "string"}, "example": "Niederschrift ..."},
        },
    },
    206: {"description": "The part that was asked for with `Range`."},
    **refusals(Gone, OutOfRange),
}


class File(Protocol):
    """What is known of a file that is kept here."""

    @property
    def key(self) -> str: ...
    @property
    def file_name(self) -> str | None: ...
    @property
    def mime_type(self) -> str: ...
    @property
    def charset(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    @property
    def sha512(self) -> str | None: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


async def given(
    request: Request,
    session: AsyncSession,
    contents: Contents,
    row: File,
    kind: Literal["inline", "attachment"],
) -> Response:
    """The content of a file that the actor may see. Refused (410) when it was withdrawn."""
    session.info.pop("revision", None)
    check_there(row.key, row.withdrawn_at is not None)
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
    return await _sent(request, session, contents, row, row.sha512, part, headers, status)


async def _sent(
    request: Request,
    session: AsyncSession,
    contents: Contents,
    row: File,
    sha512: str,
    wanted: Span,
    headers: dict[str, str],
    status: int,
) -> Response:
    media_type = f"{row.mime_type}; charset={row.charset}" if row.charset else row.mime_type
    numbers = range(wanted.first // PART, (wanted.first + wanted.length - 1) // PART + 1)
    skip = wanted.first - numbers[0] * PART
    if len(numbers) == 1:
        body = await contents.one(session, sha512, numbers[0])
        check_there(row.key, body is None)
        assert body is not None
        return Response(body[skip : skip + wanted.length], status, headers, media_type)
    database: Database = request.app.state.database
    parts = contents.many(database, actor_of(session), sha512, numbers)
    headers["Content-Length"] = str(wanted.length)
    return StreamingResponse(_cut(parts, skip, wanted.length), status, headers, media_type)


async def _cut(parts: AsyncIterator[bytes], skip: int, length: int) -> AsyncIterator[bytes]:
    async for part in parts:
        piece = part[skip : skip + length]
        skip, length = 0, length - len(piece)
        yield piece
