"""What a person does with incomes."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.incomes import NewIncome
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch
from services.projects import keys
from services.projects.grants.tables import GrantRow
from services.projects.incomes.queries import INCOMES
from services.projects.incomes.tables import IncomeRow


async def enter(session: AsyncSession, new: NewIncome) -> IncomeRow:
    """Enter money that came in."""
    await keys.check(session, GrantRow, [new.grant], "/grant")
    return await INCOMES.add(session, new, visibility=Visibility.administration)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewIncome], expected: int
) -> IncomeRow:
    """Correct an income."""
    row = await INCOMES.locked(session, key, expected)
    return await INCOMES.store(session, row, patch.onto(row, "grant"))
