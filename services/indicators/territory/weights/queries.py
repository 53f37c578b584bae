"""What shares are computed from: published counts, and shapes."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.areas.queries import valid_on
from services.indicators.areas.tables import AreaVersionRow
from services.indicators.observations.tables import PublishedRow
from services.kit.database import municipality_of


async def counts(
    session: AsyncSession, indicator: str, period: str, areas: Collection[str]
) -> dict[str, Decimal]:
    """The published values of an indicator in a period, of those areas that show one.

    Shares are read by everybody: nothing that is hidden may speak through them.
    """
    statement = select(col(PublishedRow.area), col(PublishedRow.value)).where(
        col(PublishedRow.municipality_id) == municipality_of(session).id,
        col(PublishedRow.indicator) == indicator,
        col(PublishedRow.period) == period,
        col(PublishedRow.breakdown) == "",
        col(PublishedRow.release_to).is_(None),
        col(PublishedRow.area).in_(areas),
    )
    found = await session.exec(statement)
    return {area: value for area, value in found if value is not None and value >= 0}


async def shapes(
    session: AsyncSession, day: date, areas: Collection[str]
) -> dict[str, dict[str, Any]]:
    """The real surfaces of those areas that have one on the day."""
    statement = select(col(AreaVersionRow.area), col(AreaVersionRow.geometry)).where(
        col(AreaVersionRow.municipality_id) == municipality_of(session).id,
        valid_on(day),
        col(AreaVersionRow.area).in_(areas),
        col(AreaVersionRow.geometry_is_schematic).is_(False),
    )
    found = await session.exec(statement)
    return {area: shape for area, shape in found if shape and shape["type"] != "Point"}
