"""Keeping bytes, finding them again and letting go of them.

CONTENTS = Contents(ContentRow, PartRow, FileRow)      # once per service
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from hashlib import sha512
from typing import Any, BinaryIO

from sqlalchemy import delete, exists, inspect, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.kit import sql
from services.kit.contents.receiving import Received
from services.kit.contents.rules import PART, media_type
from services.kit.contents.tables import Content, ContentPart
from services.kit.database import Database, municipality_of
from services.kit.tables import Resource

_PUT = text("INSERT INTO file_part VALUES (:municipality, :sha512, :number, :body)")


def _checksum(file: BinaryIO) -> tuple[str, int]:
    """SHA-512, hexadecimal, and the size."""
    file.seek(0)
    digest, size = sha512(), 0
    while part := file.read(PART):
        digest.update(part)
        size += len(part)
    return digest.hexdigest(), size


@dataclass(frozen=True)
class Contents:
    """The contents of one service, and the files that need them."""

    content: type[Content]
    part: type[ContentPart]
    file: type[Resource]
    """Files name a content by `sha512`, and need it until they are `withdrawn_at`."""

    async def take(
        self, session: AsyncSession, received: Received, file_name: str, **said: Any
    ) -> dict[str, Any]:
        """Keep what was received, unless it is kept already; what a file of this name says of it.

        Refused (422): a name or a declared type that says something else than the content.
        """
        file, found, declared = received
        sha512, size = await asyncio.to_thread(_checksum, file)
        facts = {
            "mime_type": media_type(found, declared, file_name),
            "charset": found.charset,
            "size": size,
            "sha512": sha512,
        }
        await self._keep(session, file, sha512, size, **said)
        return facts

    async def _keep(
        self, session: AsyncSession, file: BinaryIO, checksum: str, size: int, **said: Any
    ) -> None:
        """Nobody forgets the bytes before commit."""
        await self._alone(session, checksum)
        if await self._is_kept(session, checksum):
            return
        town = municipality_of(session).id
        session.add(self.content(municipality_id=town, sha512=checksum, size=size, **said))
        await session.flush()
        file.seek(0)
        number = 0
        while part := file.read(PART):
            values = {"municipality": town, "sha512": checksum, "number": number, "body": part}
            await sql.run(session, _PUT, values)
            number += 1

    async def forget(self, session: AsyncSession, checksum: str) -> None:
        """Let go of the bytes when no file needs them any more."""
        await self._alone(session, checksum)
        town, file = municipality_of(session).id, inspect(self.file).columns
        needed = exists().where(
            file["municipality_id"] == town,
            file["sha512"] == checksum,
            file["withdrawn_at"].is_(None),
        )
        statement = delete(self.content).where(
            col(self.content.municipality_id) == town,
            col(self.content.sha512) == checksum,
            ~needed,
        )
        await (await session.connection()).execute(statement)

    async def one(self, session: AsyncSession, sha512: str, number: int) -> bytes | None:
        """One part of a content; None past its end, and when it is gone."""
        statement = select(self.part.body).where(
            col(self.part.municipality_id) == municipality_of(session).id,
            col(self.part.sha512) == sha512,
            col(self.part.number) == number,
        )
        return (await session.exec(statement)).first()

    async def many(
        self, database: Database, actor: Actor, sha512: str, numbers: Collection[int]
    ) -> AsyncIterator[bytes]:
        """Parts in their order, each read in a transaction of its own: who takes the answer slowly
        keeps no connection. Fails when the content goes meanwhile, so that the answer breaks off.
        """
        for number in numbers:
            async with database.writing(actor) as session:
                body = await self.one(session, sha512, number)
            if body is None:
                raise RuntimeError("the content was withdrawn while it was sent")
            yield body

    async def _is_kept(self, session: AsyncSession, sha512: str) -> bool:
        statement = select(self.content.size).where(
            col(self.content.municipality_id) == municipality_of(session).id,
            col(self.content.sha512) == sha512,
        )
        return (await session.exec(statement)).first() is not None

    async def _alone(self, session: AsyncSession, checksum: str) -> None:
        await sql.alone(session, f"{self.content.metadata.schema}.file_content {checksum}")
