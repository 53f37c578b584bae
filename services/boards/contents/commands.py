"""Keeping bytes and letting go of them."""

from hashlib import sha512
from typing import BinaryIO

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contents import queries
from services.boards.contents.rules import PART
from services.boards.contents.tables import ContentRow
from services.kit import sql
from services.kit.database import municipality_of

_PUT = text("INSERT INTO file_part VALUES (:municipality, :sha512, :number, :body)")
_FORGET = text("""
    DELETE FROM file_content c WHERE c.municipality_id = :municipality AND c.sha512 = :sha512
    AND NOT EXISTS (
        SELECT FROM file f WHERE f.municipality_id = c.municipality_id
        AND f.sha512 = c.sha512 AND f.withdrawn_at IS NULL)""")


def checksum(file: BinaryIO) -> tuple[str, int]:
    """SHA-512, hexadecimal, and the size."""
    file.seek(0)
    digest, size = sha512(), 0
    while part := file.read(PART):
        digest.update(part)
        size += len(part)
    return digest.hexdigest(), size


async def keep(
    session: AsyncSession, file: BinaryIO, checksum: str, size: int, words: str | None
) -> None:
    """Keep the bytes, unless they are kept already. Nobody forgets them before commit."""
    await _alone(session, checksum)
    if await queries.is_kept(session, checksum):
        return
    town = municipality_of(session).id
    session.add(ContentRow(municipality_id=town, sha512=checksum, size=size, text=words))
    await session.flush()
    file.seek(0)
    number = 0
    while part := file.read(PART):
        values = {"municipality": town, "sha512": checksum, "number": number, "body": part}
        await sql.run(session, _PUT, values)
        number += 1


async def forget(session: AsyncSession, checksum: str) -> None:
    """Let go of the bytes when no file needs them any more."""
    await _alone(session, checksum)
    values = {"municipality": municipality_of(session).id, "sha512": checksum}
    await sql.run(session, _FORGET, values)


async def _alone(session: AsyncSession, checksum: str) -> None:
    await sql.alone(session, f"boards.file_content {checksum}")
