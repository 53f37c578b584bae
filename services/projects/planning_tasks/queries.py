"""Every question asked of the stored tasks."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.planning_tasks import (
    PlanningStep,
    PlanningTask,
    PlanningTaskState,
    ProductKind,
)
from services.kit.conditional import seen_as
from services.kit.database import actor_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching, seen_keys
from services.projects.measures.queries import MEASURES
from services.projects.planning_fields.queries import PLANNING_FIELDS
from services.projects.planning_tasks import rules
from services.projects.planning_tasks.tables import PlanningTaskRow
from services.projects.references.queries import hidden
from services.projects.references.rules import Place
from services.projects.strategies.queries import STRATEGIES

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
    where = matching(
        PlanningTaskRow, coordination=coordination, field=field, step=step, state=state
    )
    found = await PLANNING_TASKS.page(session, paging, *where, by="position")
    return {**found, "items": await told(session, found["items"])}


async def one(session: AsyncSession, key: str) -> PlanningTask:
    """The task as the actor may see it; 404 when it is not there or not to be seen."""
    (shown,) = await told(session, [await PLANNING_TASKS.one(session, key)])
    session.info["variant"] = seen_as(shown, differs=shown.hidden_links > 0)
    return shown


async def every(
    session: AsyncSession, coordination: str | None, field: str | None
) -> Sequence[PlanningTask]:
    """All tasks that the actor may see, by position."""
    where = [
        PLANNING_TASKS.seen(session),
        *matching(PlanningTaskRow, coordination=coordination, field=field),
    ]
    in_order = (col(PlanningTaskRow.position), col(PlanningTaskRow.key))
    found = await session.exec(select(PlanningTaskRow).where(*where).order_by(*in_order))
    return await told(session, found.all())


async def told(session: AsyncSession, rows: Sequence[PlanningTaskRow]) -> list[PlanningTask]:
    """The tasks as the actor may see them: products that are hidden are counted."""
    whole = [
        PlanningTask.model_validate(
            {
                name: getattr(row, name, 0 if name == "hidden_links" else None)
                for name in PlanningTask.model_fields
            }
        )
        for row in rows
    ]
    products = [product for task in whole for product in task.products]
    places = {found for product in products if (found := rules.place(product)) is not None}
    secret = await hidden(session, places)
    own = {
        kind: {product.key for product in products if product.kind is kind}
        for kind in (ProductKind.measure, ProductKind.plan)
    }
    if not actor_of(session).sees_everything:
        asked = (MEASURES, own[ProductKind.measure]), (STRATEGIES, own[ProductKind.plan])
        seen = await seen_keys(session, *asked)
        own[ProductKind.measure] &= seen.get(MEASURES.collection, set())
        own[ProductKind.plan] &= seen.get(STRATEGIES.collection, set())
    return [_without(task, secret, own) for task in whole]


def _without(
    task: PlanningTask, secret: Set[Place], own: Mapping[ProductKind, Set[str]]
) -> PlanningTask:
    left = [
        product
        for product in task.products
        if rules.place(product) not in secret
        and (product.kind not in own or product.key in own[product.kind])
    ]
    count = len(task.products) - len(left)
    return task.model_copy(update={"products": left, "hidden_links": count})
