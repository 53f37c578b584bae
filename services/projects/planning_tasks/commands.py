"""What a person does with the tasks of a planning coordination."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.planning_tasks import (
    NewPlanningTask,
    PlanningTask,
    ProductKind,
)
from services.kit.patches import Patch
from services.projects import keys
from services.projects.measures.tables import MeasureRow
from services.projects.planning_tasks import queries, rules
from services.projects.planning_tasks.queries import PLANNING_TASKS
from services.projects.references.commands import Owners, check_references
from services.projects.strategies.tables import StrategyRow


async def enter(session: AsyncSession, peers: Owners, new: NewPlanningTask) -> PlanningTask:
    """Enter a task."""
    await _check(session, peers, new)
    return (await queries.told(session, [await PLANNING_TASKS.add(session, new)]))[0]


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewPlanningTask], expected: int
) -> PlanningTask:
    """Change a task, or say how far it is."""
    row = await PLANNING_TASKS.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, peers, new)
    return (await queries.told(session, [await PLANNING_TASKS.store(session, row, new)]))[0]


async def _check(session: AsyncSession, peers: Owners, new: NewPlanningTask) -> None:
    for kind, table in ((ProductKind.measure, MeasureRow), (ProductKind.plan, StrategyRow)):
        named = {i: p.key for i, p in enumerate(new.products) if p.kind is kind}
        await keys.check_at(session, table, named, "/products/*/key")
    await check_references(session, peers, rules.references(new))
