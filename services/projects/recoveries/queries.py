"""Every question asked of the stored recoveries."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.recoveries import RecoveryState
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.recoveries.tables import RecoveryRow

RECOVERIES = Kind(RecoveryRow, "recoveries", "projects.recovery")


async def page(
    session: AsyncSession, paging: Paging, *, state: RecoveryState | None, grant: str | None
) -> Mapping[str, Any]:
    """Recoveries by key, of one state or grant."""
    where = matching(RecoveryRow, state=state, grant=grant)
    return await RECOVERIES.page(session, paging, *where)


async def demanded(session: AsyncSession, grant: str) -> Decimal:
    """What is demanded back of a grant altogether; of what was waived only what went back."""
    row = RecoveryRow
    waived = col(row.state) == RecoveryState.waived
    amount = case((waived, col(row.repaid)), else_=col(row.amount))
    statement = select(func.coalesce(func.sum(amount), 0)).where(
        col(row.municipality_id) == municipality_of(session).id, col(row.grant) == grant
    )
    return Decimal((await session.exec(statement)).one())
