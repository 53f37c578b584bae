"""What a person does with updates."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.target_updates import (
    NewTargetUpdate,
    Returning,
    TargetUpdate,
    UpdateState,
)
from services.contracts.projects.targets import MeasureKind, NewTargetIndicator
from services.kit.database import actor_of
from services.kit.days import today
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.projects.evidence_files.commands import completed
from services.projects.target_indicators.rules import check_parts
from services.projects.target_periods.commands import held
from services.projects.target_periods.queries import TARGET_PERIODS
from services.projects.target_periods.rules import check_open
from services.projects.target_periods.tables import TargetPeriodRow
from services.projects.target_updates import queries, rules
from services.projects.target_updates.queries import TARGET_UPDATES, told
from services.projects.target_updates.tables import TargetUpdateRow

_NOTHING = {
    "submitted_by": None,
    "submitted_at": None,
    "decided_by": None,
    "decided_at": None,
    "returned_because": None,
}


async def draft(session: AsyncSession, new: NewTargetUpdate) -> TargetUpdate:
    """Write down what was reached; nothing counts yet."""
    try:
        period, indicator = await _open_period(session, new.period)
    except NotFound:
        raise Invalid("There is no such period.", pointer="/period", code="unknown") from None
    new = await _checked(session, new, period, indicator)
    return told(session, await TARGET_UPDATES.add(session, new, state=UpdateState.draft))


async def change(
    session: AsyncSession, key: str, patch: Patch[NewTargetUpdate], expected: int
) -> TargetUpdate:
    """Change a draft, or what was returned: it is a draft again."""
    period, indicator = await _open_period(session, await _period(session, key))
    row = await TARGET_UPDATES.locked(session, key, expected)
    rules.check_changeable(UpdateState(row.state))
    new = patch.onto(row, "period")
    new = await _checked(session, new, period, indicator)
    return told(
        session, await TARGET_UPDATES.store(session, row, new, state=UpdateState.draft, **_NOTHING)
    )


async def submit(session: AsyncSession, key: str) -> TargetUpdate:
    """Say that it is right, so that a second person may approve it."""
    _, indicator = await _open_period(session, await _period(session, key))
    row = await TARGET_UPDATES.one(session, key, lock=True)
    rules.check_turn(row.state, UpdateState.submitted)
    new = NewTargetUpdate.model_validate(row, from_attributes=True)
    row.value = rules.submitted(new, indicator.dimensions, MeasureKind(indicator.measure))
    row.submitted_by, row.submitted_at = actor_of(session).subject, datetime.now(UTC)
    return await _turned(session, row, UpdateState.submitted)


async def approve(session: AsyncSession, key: str) -> TargetUpdate:
    """Let it count. Refused (403) to whoever submitted it."""
    row = await _submitted(session, key, UpdateState.approved)
    rules.check_second(row.submitted_by, actor_of(session).subject)
    return await _turned(session, row, UpdateState.approved)


async def give_back(session: AsyncSession, key: str, returning: Returning) -> TargetUpdate:
    """Return it with what is to be put right."""
    row = await _submitted(session, key, UpdateState.returned)
    row.returned_because = returning.reason
    return await _turned(session, row, UpdateState.returned)


async def _submitted(session: AsyncSession, key: str, then: UpdateState) -> TargetUpdateRow:
    await _open_period(session, await _period(session, key))
    row = await TARGET_UPDATES.one(session, key, lock=True)
    rules.check_turn(row.state, then)
    row.decided_by, row.decided_at = actor_of(session).subject, datetime.now(UTC)
    return row


async def _turned(session: AsyncSession, row: TargetUpdateRow, state: UpdateState) -> TargetUpdate:
    row.state = state
    await session.flush()
    await TARGET_UPDATES.tell(session, row, state.value)
    session.info["revision"] = row.revision
    return told(session, row)


async def _period(session: AsyncSession, key: str) -> str:
    period = await queries.period_of(session, key)
    if period is None:
        raise NotFound(f"There is no {key!r} among the target-updates that you may see.")
    return period


async def _open_period(
    session: AsyncSession, key: str
) -> tuple[TargetPeriodRow, NewTargetIndicator]:
    """A period that is not locked, and its indicator; nobody else changes either until commit."""
    indicator = await held(session, key)
    period = await TARGET_PERIODS.one(session, key, lock=True)
    check_open(period.locked)
    return period, NewTargetIndicator.model_validate(indicator, from_attributes=True)


async def _checked(
    session: AsyncSession,
    new: NewTargetUpdate,
    period: TargetPeriodRow,
    indicator: NewTargetIndicator,
) -> NewTargetUpdate:
    rules.check_day(new.reported_on, period.starts_on, period.ends_on, today())
    check_parts(indicator.dimensions, new.parts)
    return new.model_copy(update={"evidence": await completed(session, new.evidence)})
