"""What a person does with goals."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.goals import Goal, NewGoal
from services.kit.patches import Patch
from services.projects.goals import queries, rules
from services.projects.goals.queries import GOALS
from services.projects.references.commands import Owners, check_references


async def enter(session: AsyncSession, peers: Owners, new: NewGoal) -> Goal:
    """Enter a goal of a strategy that is there."""
    await _check(session, peers, new)
    return (await queries.told(session, [await GOALS.add(session, new)]))[0]


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewGoal], expected: int
) -> Goal:
    """Change a goal, or move it to another field of action of its strategy."""
    row = await GOALS.locked(session, key, expected)
    new = patch.onto(row, "strategy")
    await _check(session, peers, new)
    return (await queries.told(session, [await GOALS.store(session, row, new)]))[0]


async def _check(session: AsyncSession, peers: Owners, new: NewGoal) -> None:
    rules.check_strategy(
        new.strategy, await queries.strategy_of_field(session, new.field_of_action)
    )
    await check_references(session, peers, rules.references(new))
