"""What a person does with target indicators."""

from pydantic_core import to_jsonable_python
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.targets import NewTargetIndicator
from services.kit.patches import Patch
from services.projects.references.commands import Owners, check_references
from services.projects.target_indicators import rules
from services.projects.target_indicators.queries import TARGET_INDICATORS
from services.projects.target_indicators.tables import TargetIndicatorRow
from services.projects.target_periods import queries as periods


async def enter(
    session: AsyncSession, peers: Owners, new: NewTargetIndicator
) -> TargetIndicatorRow:
    """Enter what a result is measured by."""
    rules.check(new)
    await check_references(session, peers, rules.references(new))
    return await TARGET_INDICATORS.add(session, new, counts_people=rules.counts_people(new))


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewTargetIndicator], expected: int
) -> TargetIndicatorRow:
    """Change a target indicator, as far as its periods let it."""
    row = await TARGET_INDICATORS.locked(session, key, expected)
    new = patch.onto(row, "result")
    rules.check(new)
    before = to_jsonable_python(NewTargetIndicator.model_validate(row, from_attributes=True))
    held = await periods.of_indicators(session, [row.key], everything=True)
    rules.check_unlocked(before, new, [period.key for period in held if period.locked])
    rules.check_baseline(new, [period.target for period in held])
    rules.check_dimensions(new, await periods.parts_of(session, row.key))
    await check_references(session, peers, rules.references(new))
    return await TARGET_INDICATORS.store(session, row, new, counts_people=rules.counts_people(new))
