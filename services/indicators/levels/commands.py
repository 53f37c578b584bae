"""What a person does with levels of areas."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.areas import NewAreaLevel
from services.indicators.areas import queries as areas
from services.indicators.areas import rules
from services.indicators.levels.queries import LEVELS
from services.indicators.levels.tables import AreaLevelRow
from services.kit import sql
from services.kit.patches import Patch
from services.kit.problems import Conflict


async def change(
    session: AsyncSession, key: str, patch: Patch[NewAreaLevel], expected: int
) -> AreaLevelRow:
    """Change a level; every area must stay below the one that it is part of."""
    await sql.alone(session, areas.TREE)
    row = await LEVELS.locked(session, key, expected)
    row = await LEVELS.store(session, row, patch.onto(row))
    misplaced = rules.misplaced(await areas.all_parents(session), await areas.ranks(session))
    if misplaced:
        raise Conflict(misplaced, pointer="/position", code="tree")
    return row
