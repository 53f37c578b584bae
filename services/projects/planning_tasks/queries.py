"""Every question asked of the stored tasks."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.planning_tasks import PlanningStep, PlanningTaskState
from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.planning_fields.queries import PLANNING_FIELDS
from services.projects.planning_tasks.tables import PlanningTaskRow

PLANNING_TASKS = Kind(
    PlanningTaskRow, "planning-tasks", "projects.planning_task", within={"field": PLANNING_FIELDS}
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    coordination: str | None,
    field: str | None,
    step: PlanningStep | None,
    state: PlanningTaskState | None,
) -> Mapping[str, Any]:
    """Tasks by position, of one coordination, field, step or state."""
    where = []
    if coordination is not None:
        where.append(col(PlanningTaskRow.coordination) == coordination)
    if field is not None:
        where.append(col(PlanningTaskRow.field) == field)
    if step is not None:
        where.append(col(PlanningTaskRow.step) == step)
    if state is not None:
        where.append(col(PlanningTaskRow.state) == state)
    return await PLANNING_TASKS.page(session, paging, *where, by="position")
