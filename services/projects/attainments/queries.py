"""Every question asked for the progress of indicators: four statements, however many there are.

Those who see only what was published of people cost one more.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.progress import IndicatorProgress, ResultProgress
from services.contracts.projects.target_updates import NewTargetUpdate
from services.contracts.projects.targets import NewTargetIndicator, NewTargetPeriod
from services.kit.database import actor_of, municipality_of
from services.projects.attainments.rules import Held, as_published, of_indicator
from services.projects.protected_actuals import queries as protected
from services.projects.results.queries import RESULTS
from services.projects.results.tables import ResultRow
from services.projects.target_indicators.queries import TARGET_INDICATORS, of_grant, of_result
from services.projects.target_indicators.tables import TargetIndicatorRow
from services.projects.target_periods.queries import of_indicators
from services.projects.target_updates.queries import counting


async def of_one(session: AsyncSession, key: str, on: date) -> IndicatorProgress:
    """The progress of one indicator."""
    (found,) = await _progress(session, [await TARGET_INDICATORS.one(session, key)], on)
    return found


async def of_the_result(session: AsyncSession, key: str, on: date) -> ResultProgress:
    """The progress of all indicators of a result."""
    result = await RESULTS.one(session, key)
    rows = await of_result(session, result.key)
    return ResultProgress(result=result.key, on=on, indicators=await _progress(session, rows, on))


async def of_projects(session: AsyncSession, on: date) -> Mapping[str, Sequence[IndicatorProgress]]:
    """The progress of all indicators, by project; three statements, whoever asks."""
    asked = (
        select(TargetIndicatorRow, ResultRow.project)
        .join(
            ResultRow,
            (col(ResultRow.municipality_id) == col(TargetIndicatorRow.municipality_id))
            & (col(ResultRow.key) == col(TargetIndicatorRow.result)),
        )
        .where(col(TargetIndicatorRow.municipality_id) == municipality_of(session).id)
        .order_by(col(TargetIndicatorRow.key))
    )
    rows = (await session.exec(asked)).all()
    progress = await _progress(session, [row for row, _ in rows], on)
    found: dict[str, list[IndicatorProgress]] = defaultdict(list)
    for (_, project), one in zip(rows, progress, strict=True):
        found[project].append(one)
    return found


async def of_the_grant(session: AsyncSession, grant: str, on: date) -> list[IndicatorProgress]:
    """The progress of all indicators of the results that a grant pays for."""
    return await _progress(session, await of_grant(session, grant), on)


async def _progress(
    session: AsyncSession, rows: Sequence[TargetIndicatorRow], on: date
) -> list[IndicatorProgress]:
    periods = await of_indicators(session, [row.key for row in rows])
    updates = await counting(session, [period.key for period in periods], on)
    held: dict[str, list[Held]] = defaultdict(list)
    for period in periods:
        update = updates.get(period.key)
        held[period.indicator].append(
            Held(
                NewTargetPeriod.model_validate(period, from_attributes=True),
                period.locked,
                NewTargetUpdate.model_validate(update, from_attributes=True) if update else None,
            )
        )
    people = [] if actor_of(session).sees_everything else [row for row in rows if row.counts_people]
    if people:
        published = await protected.of_results(session, {row.result for row in people})
        for row in people:
            told = published.get(row.result)
            held[row.key] = as_published(_indicator(row), held[row.key], told, on)
    return [of_indicator(_indicator(row), held[row.key], on) for row in rows]


def _indicator(row: TargetIndicatorRow) -> NewTargetIndicator:
    return NewTargetIndicator.model_validate(row, from_attributes=True)
