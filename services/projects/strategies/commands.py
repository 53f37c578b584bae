"""What a person does with strategies and plans."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.strategies import NewStrategy, StrategyState
from services.kit.patches import Patch
from services.projects import keys
from services.projects.planning_fields.tables import PlanningFieldRow
from services.projects.references.commands import Owners, check_ground, check_references
from services.projects.references.rules import Ground
from services.projects.states import check_step
from services.projects.strategies import rules
from services.projects.strategies.queries import STRATEGIES
from services.projects.strategies.tables import StrategyRow
from services.projects.target_groups.tables import TargetGroupRow


async def enter(session: AsyncSession, peers: Owners, new: NewStrategy) -> StrategyRow:
    """Enter a strategy or plan, in whatever state it is."""
    await _check(session, peers, new, rules.ground(new))
    return await STRATEGIES.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewStrategy], expected: int
) -> StrategyRow:
    """Change a strategy or plan, or move it to its next state."""
    row = await STRATEGIES.locked(session, key, expected)
    new = patch.onto(row)
    state = StrategyState(row.state)
    check_step(state, new.state, rules.STEPS)
    await _check(session, peers, new, rules.ground(new, row.resolution, state))
    return await STRATEGIES.store(session, row, new)


async def _check(
    session: AsyncSession, peers: Owners, new: NewStrategy, ground: Ground | None
) -> None:
    await keys.check(session, PlanningFieldRow, new.planning_fields, "/planning_fields/*")
    await keys.check(session, TargetGroupRow, new.target_groups, "/target_groups/*")
    await check_references(session, peers, rules.references(new))
    if ground:
        await check_ground(session, peers, ground)
