"""Every question asked of the kept contents."""

from collections.abc import AsyncIterator, Collection, Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contents.tables import ContentRow, PartRow
from services.contracts.shared.access import Actor
from services.kit.database import Database, municipality_of


async def is_kept(session: AsyncSession, sha512: str) -> bool:
    """Whether the content is there."""
    statement = select(ContentRow.size).where(
        col(ContentRow.municipality_id) == municipality_of(session).id,
        col(ContentRow.sha512) == sha512,
    )
    return (await session.exec(statement)).first() is not None


async def part(session: AsyncSession, sha512: str, number: int) -> bytes | None:
    """One part of a content; None past its end, and when it is gone."""
    statement = select(PartRow.body).where(
        col(PartRow.municipality_id) == municipality_of(session).id,
        col(PartRow.sha512) == sha512,
        col(PartRow.number) == number,
    )
    return (await session.exec(statement)).first()


async def parts(
    database: Database, actor: Actor, sha512: str, numbers: Collection[int]
) -> AsyncIterator[bytes]:
    """Parts in their order, each read in a transaction of its own: who takes the answer slowly
    keeps no connection. Fails when the content goes meanwhile, so that the answer breaks off."""
    for number in numbers:
        async with database.writing(actor) as session:
            body = await part(session, sha512, number)
        if body is None:
            raise RuntimeError("the content was withdrawn while it was sent")
        yield body


async def texts(session: AsyncSession, sha512s: Collection[str]) -> Mapping[str, str]:
    """Checksum -> text of the contents, where there is one."""
    statement = select(ContentRow.sha512, ContentRow.text).where(
        col(ContentRow.municipality_id) == municipality_of(session).id,
        col(ContentRow.sha512).in_(sha512s),
        col(ContentRow.text).is_not(None),
    )
    return {sha512: text for sha512, text in await session.exec(statement) if text is not None}
