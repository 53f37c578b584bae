"""Every question asked of the stored periods."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.targets import PeriodKind
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.days import lasts
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.target_indicators.queries import TARGET_INDICATORS
from services.projects.target_periods.rules import Span
from services.projects.target_periods.tables import TargetPeriodRow

TARGET_PERIODS = Kind(
    TargetPeriodRow,
    "target-periods",
    "projects.target_period",
    within={"indicator": TARGET_INDICATORS},
)
_PARTS = text("""
    SELECT DISTINCT part ->> 'dimension' AS dimension, part ->> 'value' AS value
    FROM (SELECT parts FROM target_period
          WHERE municipality_id = :municipality AND indicator = :indicator
          UNION ALL
          SELECT u.parts FROM target_update AS u JOIN target_period AS p
            ON p.municipality_id = u.municipality_id AND p.key = u.period
          WHERE p.municipality_id = :municipality AND p.indicator = :indicator) AS held,
         jsonb_array_elements(held.parts) AS part""")


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    indicator: str | None,
    kind: PeriodKind | None,
    locked: bool | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Periods by their last day: of an indicator, a kind, locked or not, that hold on a day."""
    where = matching(TargetPeriodRow, indicator=indicator, kind=kind)
    if locked is not None:
        where.append(col(TargetPeriodRow.locked).is_(locked))
    if on is not None:
        where.append(lasts(TargetPeriodRow.starts_on, TargetPeriodRow.ends_on, on, on))
    return await TARGET_PERIODS.page(session, paging, *where, by="ends_on")


async def indicator_of(session: AsyncSession, key: str) -> str | None:
    """The indicator of a period; it is for good."""
    statement = select(TargetPeriodRow.indicator).where(
        TARGET_PERIODS.seen(session), TARGET_PERIODS.named(key)
    )
    return (await session.exec(statement)).first()


async def of_indicators(
    session: AsyncSession, indicators: Collection[str], *, everything: bool = False
) -> Sequence[TargetPeriodRow]:
    """The periods of indicators, the earliest first; `everything`: also what is not to be seen."""
    mine = col(TargetPeriodRow.municipality_id) == municipality_of(session).id
    statement = select(TargetPeriodRow).where(
        mine if everything else TARGET_PERIODS.seen(session),
        col(TargetPeriodRow.indicator).in_(indicators),
    )
    ordered = statement.order_by(col(TargetPeriodRow.ends_on), col(TargetPeriodRow.key))
    return (await session.exec(ordered)).all()


async def others(session: AsyncSession, indicator: str, key: str) -> list[Span]:
    """When the other periods of the indicator are."""
    statement = select(TargetPeriodRow).where(
        col(TargetPeriodRow.municipality_id) == municipality_of(session).id,
        col(TargetPeriodRow.indicator) == indicator,
        col(TargetPeriodRow.key) != key,
    )
    rows = (await session.exec(statement)).all()
    return [Span(row.key, row.starts_on, row.ends_on) for row in rows]


async def parts_of(session: AsyncSession, indicator: str) -> list[tuple[str, str]]:
    """The parts of which periods and updates of the indicator have figures."""
    values = {"municipality": municipality_of(session).id, "indicator": indicator}
    found = (await sql.run(session, _PARTS, values)).mappings()
    return [(row["dimension"], row["value"]) for row in found]


async def reported(session: AsyncSession, period: str) -> list[date]:
    """The days on which updates of the period tell something."""
    found = await sql.run(
        session,
        text("""SELECT reported_on FROM target_update
                WHERE municipality_id = :municipality AND period = :period"""),
        {"municipality": municipality_of(session).id, "period": period},
    )
    return list(found.scalars())
