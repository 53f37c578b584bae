"""Every question asked of the stored counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.esf import EsfCode
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.monitorings.queries import MONITORINGS
from services.projects.participant_counts.tables import ParticipantCountRow

PARTICIPANT_COUNTS = Kind(
    ParticipantCountRow,
    "participant-counts",
    "projects.participant_count",
    within={"monitoring": MONITORINGS},
)


async def page(
    session: AsyncSession, paging: Paging, monitoring: str | None, code: EsfCode | None
) -> Mapping[str, Any]:
    """Counts by key, of a monitoring or a code."""
    where = matching(ParticipantCountRow, monitoring=monitoring, code=code)
    return await PARTICIPANT_COUNTS.page(session, paging, *where)


async def of_monitoring(session: AsyncSession, monitoring: str) -> Sequence[ParticipantCountRow]:
    """All counts of a monitoring, for what is made of them."""
    statement = select(ParticipantCountRow).where(
        col(ParticipantCountRow.municipality_id) == municipality_of(session).id,
        col(ParticipantCountRow.monitoring) == monitoring,
    )
    return (await session.exec(statement)).all()


async def others(
    session: AsyncSession, monitoring: str, code: str, key: str
) -> list[tuple[str, date, date]]:
    """Key and span of the other counts of the code."""
    rows = await of_monitoring(session, monitoring)
    return [
        (row.key, row.starts_on, row.ends_on) for row in rows if row.code == code and row.key != key
    ]
