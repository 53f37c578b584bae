"""Every question asked of the stored strategies and plans."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.strategies import StrategyKind, StrategyState
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
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
    planning_field: str | None,
    area: str | None,
    target_group: str | None,
    review_until: date | None,
) -> Mapping[str, Any]:
    """Strategies by key, of one kind, state, author, deciding body, field, area, target group."""
    where = matching(
        StrategyRow, kind=kind, state=state, prepared_by=prepared_by, deciding_body=deciding_body
    )
    if planning_field is not None:
        where.append(col(StrategyRow.planning_fields).contains([planning_field]))
    if area is not None:
        where.append(col(StrategyRow.areas).contains([area]))
    if target_group is not None:
        where.append(col(StrategyRow.target_groups).contains([target_group]))
    if review_until is not None:
        where.append(col(StrategyRow.review_on) <= review_until)
    return await STRATEGIES.page(session, paging, *where)
