"""What a person does with planning fields."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.planning_fields import NewPlanningField
from services.kit.patches import Patch
from services.projects.planning_fields import rules
from services.projects.planning_fields.queries import PLANNING_FIELDS
from services.projects.planning_fields.tables import PlanningFieldRow
from services.projects.references.commands import Owners, check_references


async def enter(session: AsyncSession, peers: Owners, new: NewPlanningField) -> PlanningFieldRow:
    """Enter a planning field."""
    await check_references(session, peers, rules.references(new))
    return await PLANNING_FIELDS.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewPlanningField], expected: int
) -> PlanningFieldRow:
    """Change what is known of a planning field."""
    row = await PLANNING_FIELDS.locked(session, key, expected)
    new = patch.onto(row)
    await check_references(session, peers, rules.references(new))
    return await PLANNING_FIELDS.store(session, row, new)
