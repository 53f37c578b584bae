"""What areas are called in their versions."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.areas.tables import AreaVersionRow
from services.kit.database import municipality_of


async def versions(session: AsyncSession, areas: Collection[str]) -> Sequence[AreaVersionRow]:
    """The versions of these areas, the newest first."""
    version = AreaVersionRow
    statement = (
        select(version)
        .where(
            col(version.municipality_id) == municipality_of(session).id,
            col(version.area).in_(areas),
        )
        .order_by(col(version.area), col(version.valid_from).desc())
    )
    return (await session.exec(statement)).all()
