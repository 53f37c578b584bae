"""What a person does with the tasks of a planning coordination."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.planning_tasks import NewPlanningTask
from services.kit.patches import Patch
from services.projects.planning_tasks import rules
from services.projects.planning_tasks.queries import PLANNING_TASKS
from services.projects.planning_tasks.tables import PlanningTaskRow
from services.projects.references.commands import Owners, check_references


async def enter(session: AsyncSession, peers: Owners, new: NewPlanningTask) -> PlanningTaskRow:
    """Enter a task."""
    await check_references(session, peers, rules.references(new))
    return await PLANNING_TASKS.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewPlanningTask], expected: int
) -> PlanningTaskRow:
    """Change a task, or say how far it is."""
    row = await PLANNING_TASKS.locked(session, key, expected)
    new = patch.onto(row)
    await check_references(session, peers, rules.references(new))
    return await PLANNING_TASKS.store(session, row, new)
