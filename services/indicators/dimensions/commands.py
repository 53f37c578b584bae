"""What a person does with dimensions."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.dimensions import NewDimension
from services.indicators.dimensions.queries import DIMENSIONS
from services.indicators.dimensions.tables import DimensionRow
from services.kit.patches import Patch
from services.kit.problems import Conflict


async def define(session: AsyncSession, new: NewDimension) -> DimensionRow:
    """Enter a dimension with its code list."""
    return await DIMENSIONS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewDimension], expected: int
) -> DimensionRow:
    """Change names or the code list; the code itself is written in figures and stays."""
    row = await DIMENSIONS.locked(session, key, expected)
    new = patch.onto(row)
    if new.code != row.code:
        raise Conflict("The code stands in figures and stays.", pointer="/code", code="for-good")
    return await DIMENSIONS.store(session, row, new)
