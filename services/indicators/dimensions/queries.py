"""Every question asked of the stored dimensions."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.dimensions import DimensionInBrief, DimensionRole, Labels
from services.indicators.dimensions.tables import DimensionRow, ShownDimensionRow
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

DIMENSIONS = Kind(DimensionRow, "dimensions", "indicators.dimension")


async def page(
    session: AsyncSession, paging: Paging, code: str | None, role: DimensionRole | None
) -> Mapping[str, Any]:
    """Dimensions by key, with this code or of one role."""
    where = matching(DimensionRow, code=code, role=role)
    return await DIMENSIONS.page(session, paging, *where)


async def labels(session: AsyncSession) -> Labels:
    """How the codes of breakdowns are read, by code of the dimension, as the actor may see it.

    A dimension or a category without an entry has no name: its code is shown.
    """
    statement = select(ShownDimensionRow.code, ShownDimensionRow.labels).where(
        col(ShownDimensionRow.municipality_id) == municipality_of(session).id,
        col(ShownDimensionRow.visibility).in_(visible_to(actor_of(session))),
    )
    return {
        code: DimensionInBrief.model_validate(found)
        for code, found in await session.exec(statement.order_by(col(ShownDimensionRow.code)))
    }
