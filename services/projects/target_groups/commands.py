"""What a person does with target groups."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.target_groups import NewTargetGroup
from services.kit.patches import Patch
from services.projects.target_groups.queries import TARGET_GROUPS
from services.projects.target_groups.tables import TargetGroupRow


async def enter(session: AsyncSession, new: NewTargetGroup) -> TargetGroupRow:
    """Enter a target group."""
    return await TARGET_GROUPS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewTargetGroup], expected: int
) -> TargetGroupRow:
    """Change what is said of a target group."""
    row = await TARGET_GROUPS.locked(session, key, expected)
    return await TARGET_GROUPS.store(session, row, patch.onto(row))
