"""What a person does with sources."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.harvests.sources.queries import SOURCES
from services.boards.harvests.sources.tables import OparlSourceRow
from services.contracts.boards.harvests import NewOparlSource
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch


async def name(session: AsyncSession, new: NewOparlSource) -> OparlSourceRow:
    """Name a council information system that is to be read."""
    return await SOURCES.add(session, new, visibility=Visibility.administration)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewOparlSource], expected: int
) -> OparlSourceRow:
    """Change the name or the address of a source."""
    row = await SOURCES.locked(session, key, expected)
    return await SOURCES.store(session, row, patch.onto(row))
