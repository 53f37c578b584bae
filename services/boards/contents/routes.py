"""The bytes of files over HTTP."""

from typing import Literal

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contents.queries import CONTENTS
from services.boards.files.queries import FILES
from services.kit.access import requires
from services.kit.app import router
from services.kit.contents.sending import BYTES, given
from services.kit.database import Reading

contents = router("Files")
READ = requires("boards.files:read")
_BYTES = {**BYTES, 307: {"description": "It is kept elsewhere; `Location` says where."}}


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
    if row.link is not None and row.withdrawn_at is None:
        session.info.pop("revision", None)
        away = row.link if kind == "inline" else row.download_link or row.link
        return Response(status_code=307, headers={"Location": away})
    return await given(request, session, CONTENTS, row, kind)
