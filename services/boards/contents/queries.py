"""The kept contents, and what their texts say."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contents.tables import ContentRow, PartRow
from services.boards.files.tables import FileRow
from services.kit.contents.store import Contents
from services.kit.database import municipality_of

CONTENTS = Contents(ContentRow, PartRow, FileRow)


async def texts(session: AsyncSession, sha512s: Collection[str]) -> Mapping[str, str]:
    """Checksum -> text of the contents, where there is one."""
    statement = select(ContentRow.sha512, ContentRow.text).where(
        col(ContentRow.municipality_id) == municipality_of(session).id,
        col(ContentRow.sha512).in_(sha512s),
        col(ContentRow.text).is_not(None),
    )
    return {sha512: text for sha512, text in await session.exec(statement) if text is not None}
