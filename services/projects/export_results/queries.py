"""What of results and their measurement everybody may see: four statements, however many."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import as_everybody
from services.projects.export_results import rules
from services.projects.export_results.rules import Promised, Told
from services.projects.exports.works import Work
from services.projects.results.queries import RESULTS
from services.projects.results.tables import ResultRow
from services.projects.target_indicators.queries import TARGET_INDICATORS
from services.projects.target_indicators.tables import TargetIndicatorRow
from services.projects.target_periods.queries import TARGET_PERIODS
from services.projects.target_periods.tables import TargetPeriodRow
from services.projects.target_updates.queries import counting


async def results(
    session: AsyncSession, works: Sequence[Work], on: date
) -> Mapping[Told, Sequence[Promised]]:
    """Public results with public targets and what was approved by the day; by what tells them."""
    with as_everybody(session):
        promised = await session.exec(
            select(ResultRow).where(RESULTS.seen(session)).order_by(col(ResultRow.key))
        )
        measured = await session.exec(
            select(TargetIndicatorRow)
            .where(TARGET_INDICATORS.seen(session))
            .order_by(col(TargetIndicatorRow.key))
        )
        periods = (
            await session.exec(select(TargetPeriodRow).where(TARGET_PERIODS.seen(session)))
        ).all()
        approved = await counting(session, [period.key for period in periods], on)
    actuals = {period: update.value for period, update in approved.items()}
    found = rules.promised(promised, measured, periods, actuals)
    return rules.of_works(found, works)
