"""Periods of target indicators over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.targets import (
    Locking,
    NewTargetPeriod,
    PeriodKind,
    TargetPeriod,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.target_periods import commands, queries
from services.projects.target_periods.queries import TARGET_PERIODS
from services.projects.target_periods.tables import TargetPeriodRow

target_periods = router("Targets")
READ, WRITE = requires("projects.targets:read"), requires("projects.targets:write")
LOCK, HISTORY = requires("projects.targets:lock"), requires("projects.targets:history")


@target_periods.get("/target-periods", response_model=Page[TargetPeriod], dependencies=[READ])
async def list_target_periods(
    session: Reading,
    paging: PageOf,
    indicator: Annotated[Key | None, Query(description="Of this target indicator.")] = None,
    kind: Annotated[PeriodKind | None, Query(description="Of one kind only.")] = None,
    locked: Annotated[bool | None, Query(description="That are locked, or not.")] = None,
    on: Annotated[date | None, Query(description="That hold on this day.")] = None,
) -> Mapping[str, Any]:
    """List periods of target indicators.

    What is wanted by when (Meilensteine, Zielwerte), the earliest end first.
    """
    return await queries.page(session, paging, indicator=indicator, kind=kind, locked=locked, on=on)


@target_periods.post(
    "/target-periods", status_code=201, response_model=TargetPeriod, dependencies=[WRITE]
)
async def create_target_period(session: Writing, new: NewTargetPeriod) -> TargetPeriodRow:
    """Create a period.

    The key is for good. Refused: a milestone or target without a value; a value on the other side
    of the baseline than is wanted; a second period with the same end; one that overlaps another of
    an indicator that counts per period; parts that the indicator does not have.
    """
    return await commands.enter(session, new)


@target_periods.get("/target-periods/{key}", response_model=TargetPeriod, dependencies=[READ])
async def read_target_period(session: Reading, key: str) -> TargetPeriodRow:
    """Read a period.

    By its key or its UUID.
    """
    return await TARGET_PERIODS.one(session, key)


@target_periods.patch("/target-periods/{key}", response_model=TargetPeriod, dependencies=[WRITE])
async def change_target_period(
    session: Writing, key: str, patch: Patch[NewTargetPeriod], expected: Expected
) -> TargetPeriodRow:
    """Change a period.

    Send only what changes, with the ETag that you have read as If-Match. The indicator is for good.
    A locked period is refused (409).
    """
    return await commands.change(session, key, patch, expected)


@target_periods.post(
    "/target-periods/{key}/locking", response_model=TargetPeriod, dependencies=[LOCK]
)
async def lock_target_period(session: Writing, key: str, locking: Locking) -> TargetPeriodRow:
    """Lock a period.

    From then on every change of it and of its updates is refused (409), and so is another reading
    of its indicator, such as another baseline. The reason goes to the journal.
    """
    return await commands.lock(session, key, locking)


@target_periods.post(
    "/target-periods/{key}/unlocking", response_model=TargetPeriod, dependencies=[LOCK]
)
async def unlock_target_period(session: Writing, key: str, locking: Locking) -> TargetPeriodRow:
    """Unlock a period.

    The reason goes to the journal (`projects.target_period.unlocked.v1`), with who did it.
    """
    return await commands.unlock(session, key, locking)


@target_periods.get(
    "/target-periods/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_target_period_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a period.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await TARGET_PERIODS.history(session, key)
