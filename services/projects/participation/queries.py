"""Every question asked for counts of who takes part."""

from collections import defaultdict
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.participation import (
    PERSONAL,
    MonitoringMode,
)
from services.kit.database import municipality_of
from services.projects.monitorings.tables import MonitoringRow
from services.projects.participant_counts import queries as participant_counts
from services.projects.participants import queries as participants
from services.projects.participants.rules import added, codes
from services.projects.participants.tables import ParticipantTallyRow
from services.projects.participation.rules import GENDERS, Counts, Span


async def counts(session: AsyncSession, monitoring: MonitoringRow) -> Counts:
    """Who takes part in a project, small numbers too: for what is published of it."""
    entered = MonitoringMode(monitoring.mode) is MonitoringMode.counts
    return await (_entered if entered else _counted)(session, monitoring.key)


async def _entered(session: AsyncSession, monitoring: str) -> Counts:
    return {
        ((row.starts_on, row.ends_on), EsfCode(row.code)): {
            gender: getattr(row, gender) for gender in GENDERS
        }
        for row in await participant_counts.of_monitoring(session, monitoring)
    }


async def _counted(session: AsyncSession, monitoring: str) -> Counts:
    wholes = await participants.of_monitoring(session, monitoring)
    counted = (
        (whole.row.gender, year, code)
        for whole in wholes
        for year, code in codes(whole.facts, whole.row.age, whole.leaving, whole.later)
    )
    found = added(counted, await _tally(session, monitoring))
    years = {year for year, _, _ in found}
    counts: dict[tuple[Span, EsfCode], dict[str, int | None]] = defaultdict(dict)
    for year in range(min(years), max(years) + 1) if years else ():
        span = (date(year, 1, 1), date(year, 12, 31))
        for code in PERSONAL:
            for gender in GENDERS:
                counts[span, code][gender] = found.get((year, code, gender), 0)
    return counts


async def _tally(session: AsyncSession, monitoring: str) -> dict[tuple[int, EsfCode, str], int]:
    statement = select(ParticipantTallyRow).where(
        col(ParticipantTallyRow.municipality_id) == municipality_of(session).id,
        col(ParticipantTallyRow.monitoring) == monitoring,
    )
    return {
        (row.year, EsfCode(row.code), row.gender): row.count
        for row in await session.exec(statement)
    }
