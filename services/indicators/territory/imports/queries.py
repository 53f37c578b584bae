"""By which codes areas are named on a day."""

from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.areas.queries import valid_on
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.kit.database import municipality_of


async def codes_on(
    session: AsyncSession, day: date, level: str | None, scheme: str | None
) -> dict[str, str]:
    """Each code of a scheme and its area; without a scheme the keys themselves."""
    town = municipality_of(session).id
    statement = select(col(AreaRow.key), col(AreaVersionRow.codes)).where(
        col(AreaRow.municipality_id) == town,
        col(AreaVersionRow.municipality_id) == town,
        col(AreaVersionRow.area) == col(AreaRow.key),
        valid_on(day),
    )
    if level is not None:
        statement = statement.where(col(AreaRow.level) == level)
    found = await session.exec(statement)
    if scheme is None:
        return {key: key for key, _ in found}
    return {codes[scheme]: key for key, codes in found if scheme in codes}
