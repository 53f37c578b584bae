"""Every question asked of the stored incomes."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.incomes import IncomeKind
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.incomes.tables import IncomeRow

INCOMES = Kind(IncomeRow, "incomes", "projects.income")


async def page(
    session: AsyncSession, paging: Paging, *, grant: str | None, kind: IncomeKind | None
) -> Mapping[str, Any]:
    """Incomes by key, of one grant or kind."""
    where = matching(IncomeRow, grant=grant, kind=kind)
    return await INCOMES.page(session, paging, *where)
