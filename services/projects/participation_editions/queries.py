"""Every question asked of what was published."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participation import MonitoringMode, Participation
from services.kit.database import municipality_of
from services.projects.monitorings.queries import MONITORINGS
from services.projects.monitorings.tables import MonitoringRow
from services.projects.participation_editions.tables import ParticipationEditionRow


async def published(session: AsyncSession, key: str) -> Participation:
    """Who takes part in a project, as it was published last."""
    monitoring = await MONITORINGS.one(session, key)
    editions = await of_monitoring(session, monitoring.key, last=True)
    return told(monitoring, editions[0] if editions else None)


def told(monitoring: MonitoringRow, edition: ParticipationEditionRow | None) -> Participation:
    """An edition as everybody reads it."""
    return Participation(
        monitoring=monitoring.key,
        project=monitoring.project,
        mode=MonitoringMode(monitoring.mode),
        threshold=edition.threshold if edition else monitoring.threshold,
        edition=edition.number if edition else None,
        published_on=edition.published_on if edition else None,
        rows=edition.rows if edition else [],
    )


async def of_monitoring(
    session: AsyncSession, monitoring: str, *, last: bool = False
) -> Sequence[ParticipationEditionRow]:
    """Everything that was published, the latest first, or only the last of it."""
    statement = (
        select(ParticipationEditionRow)
        .where(
            col(ParticipationEditionRow.municipality_id) == municipality_of(session).id,
            col(ParticipationEditionRow.monitoring) == monitoring,
        )
        .order_by(col(ParticipationEditionRow.number).desc())
    )
    return (await session.exec(statement.limit(1) if last else statement)).all()
