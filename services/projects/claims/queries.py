"""Every question asked of the stored claims."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.claims import ClaimState
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.claims.tables import ClaimRow
from services.projects.expenditures.tables import ExpenditureRow

CLAIMS = Kind(ClaimRow, "claims", "projects.claim")


async def page(
    session: AsyncSession, paging: Paging, *, state: ClaimState | None, grant: str | None
) -> Mapping[str, Any]:
    """Claims by key, of one state or grant."""
    where = matching(ClaimRow, state=state, grant=grant)
    return await CLAIMS.page(session, paging, *where)


async def outstanding(session: AsyncSession, grant: str) -> Decimal:
    """What was asked for and has not come yet."""
    statement = select(func.coalesce(func.sum(ClaimRow.requested - ClaimRow.paid_out), 0)).where(
        col(ClaimRow.municipality_id) == municipality_of(session).id,
        col(ClaimRow.grant) == grant,
        col(ClaimRow.state) == ClaimState.submitted,
    )
    return Decimal((await session.exec(statement)).one())


async def expenditures(session: AsyncSession, keys: Collection[str]) -> Sequence[ExpenditureRow]:
    """The expenditures with these keys."""
    statement = select(ExpenditureRow).where(
        col(ExpenditureRow.municipality_id) == municipality_of(session).id,
        col(ExpenditureRow.key).in_(keys),
    )
    return (await session.exec(statement)).all()
