"""Every question asked of the stored strategies and plans."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.strategies import StrategyKind, StrategyState
from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.strategies.tables import StrategyRow

STRATEGIES = Kind(StrategyRow, "strategies", "projects.strategy")


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    kind: StrategyKind | None,
    state: StrategyState | None,
    prepared_by: str | None,
    deciding_body: str | None,
) -> Mapping[str, Any]:
    """Strategies by key, of one kind, state, author or deciding body."""
    where = []
    if kind is not None:
        where.append(col(StrategyRow.kind) == kind)
    if state is not None:
        where.append(col(StrategyRow.state) == state)
    if prepared_by is not None:
        where.append(col(StrategyRow.prepared_by) == prepared_by)
    if deciding_body is not None:
        where.append(col(StrategyRow.deciding_body) == deciding_body)
    return await STRATEGIES.page(session, paging, *where)
