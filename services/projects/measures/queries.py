"""Every question asked of the stored measures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import MeasureState
from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.dates import lasts
from services.projects.measures.tables import MeasureRow
from services.projects.projects.queries import PROJECTS
from services.projects.strategies.queries import STRATEGIES

MEASURES = Kind(
    MeasureRow, "measures", "projects.measure", within={"project": PROJECTS, "strategy": STRATEGIES}
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    state: MeasureState | None,
    project: str | None,
    strategy: str | None,
    area: str | None,
    responsible: str | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Measures by key, of one state, project, strategy, area, organisation or day."""
    where = []
    if state is not None:
        where.append(col(MeasureRow.state) == state)
    if project is not None:
        where.append(col(MeasureRow.project) == project)
    if strategy is not None:
        where.append(col(MeasureRow.strategy) == strategy)
    if area is not None:
        where.append(col(MeasureRow.areas).contains([area]))
    if responsible is not None:
        where.append(col(MeasureRow.responsible) == responsible)
    if on is not None:
        where.append(lasts(MeasureRow.starts_on, MeasureRow.ends_on, on, on))
    return await MEASURES.page(session, paging, *where)
