"""What a person does with legislative terms."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.legislative_terms.queries import LEGISLATIVE_TERMS
from services.boards.legislative_terms.tables import LegislativeTermRow
from services.contracts.boards.legislative_terms import NewLegislativeTerm
from services.kit.patches import Patch


async def enter(session: AsyncSession, new: NewLegislativeTerm) -> LegislativeTermRow:
    """Enter a legislative term."""
    return await LEGISLATIVE_TERMS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewLegislativeTerm], expected: int
) -> LegislativeTermRow:
    """Change what is known of a legislative term."""
    row = await LEGISLATIVE_TERMS.locked(session, key, expected)
    return await LEGISLATIVE_TERMS.store(session, row, patch.onto(row))
