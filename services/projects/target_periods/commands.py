"""What a person does with periods."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.targets import (
    AimDirection,
    Counting,
    Locking,
    NewTargetIndicator,
    NewTargetPeriod,
)
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.projects.target_indicators.queries import TARGET_INDICATORS
from services.projects.target_indicators.rules import check_parts
from services.projects.target_indicators.tables import TargetIndicatorRow
from services.projects.target_periods import queries, rules
from services.projects.target_periods.queries import TARGET_PERIODS
from services.projects.target_periods.tables import TargetPeriodRow


async def enter(session: AsyncSession, new: NewTargetPeriod) -> TargetPeriodRow:
    """Enter a period with what is wanted by its end."""
    try:
        indicator = await TARGET_INDICATORS.one(session, new.indicator, lock=True)
    except NotFound:
        raise Invalid("There is no such indicator.", pointer="/indicator", code="unknown") from None
    await _check(session, indicator, new)
    return await TARGET_PERIODS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewTargetPeriod], expected: int
) -> TargetPeriodRow:
    """Change a period that is not locked."""
    indicator = await held(session, key)
    row = await TARGET_PERIODS.locked(session, key, expected)
    rules.check_open(row.locked)
    new = patch.onto(row, "indicator")
    await _check(session, indicator, new)
    rules.check_span(new, await queries.reported(session, row.key))
    return await TARGET_PERIODS.store(session, row, new)


async def lock(session: AsyncSession, key: str, locking: Locking) -> TargetPeriodRow:
    """From now on nothing of the period changes."""
    return await _turn(session, key, locking, locked=True)


async def unlock(session: AsyncSession, key: str, locking: Locking) -> TargetPeriodRow:
    """Let the period be changed again; the journal says why."""
    return await _turn(session, key, locking, locked=False)


async def held(session: AsyncSession, key: str) -> TargetIndicatorRow:
    """The indicator of a period, in which nobody else changes anything until commit."""
    indicator = await queries.indicator_of(session, key)
    if indicator is None:
        raise NotFound(f"There is no {key!r} among the target-periods that you may see.")
    return await TARGET_INDICATORS.one(session, indicator, lock=True)


async def _turn(
    session: AsyncSession, key: str, locking: Locking, *, locked: bool
) -> TargetPeriodRow:
    await held(session, key)
    row = await TARGET_PERIODS.one(session, key, lock=True)
    rules.check_lock(row.locked, locked)
    row.locked = locked
    await session.flush()
    what = "locked" if locked else "unlocked"
    await TARGET_PERIODS.tell(session, row, what, reason=locking.reason)
    session.info["revision"] = row.revision
    return row


async def _check(
    session: AsyncSession, indicator: TargetIndicatorRow, new: NewTargetPeriod
) -> None:
    dimensions = NewTargetIndicator.model_validate(indicator, from_attributes=True).dimensions
    check_parts(dimensions, new.parts)
    rules.check(
        new,
        AimDirection(indicator.direction),
        Counting(indicator.counting),
        indicator.baseline,
        await queries.others(session, new.indicator, new.key),
    )
