"""Every question asked of the stored levels."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.levels.tables import AreaLevelRow
from services.kit.problems import Invalid
from services.kit.resources import Kind

LEVELS = Kind(AreaLevelRow, "area-levels", "indicators.area_level")


async def check(session: AsyncSession, level: str | None) -> None:
    """Refuse (422) a level that is asked for and does not exist, or is not for the actor to see."""
    if level is None:
        return
    known = select(col(AreaLevelRow.key)).where(
        LEVELS.seen(session), col(AreaLevelRow.key) == level
    )
    if (await session.exec(known)).first() is None:
        detail = f"There is no level {level!r}."
        raise Invalid(detail, parameter="level", code="unknown")
