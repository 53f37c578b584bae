"""What is known of earlier imports."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contributions.tables import ContributionRow
from services.kit.database import municipality_of


async def known(session: AsyncSession, process: str, origins: Collection[str]) -> set[str]:
    """Which of the origins were imported into the process before."""
    statement = select(col(ContributionRow.origin)).where(
        col(ContributionRow.municipality_id) == municipality_of(session).id,
        col(ContributionRow.process) == process,
        col(ContributionRow.origin).in_(origins),
    )
    return {origin for origin in await session.exec(statement) if origin is not None}
