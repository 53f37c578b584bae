"""What of participants was published, by result."""

from collections.abc import Collection, Mapping

from sqlalchemy import and_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import municipality_of
from services.projects.monitorings.queries import MONITORINGS
from services.projects.monitorings.tables import MonitoringRow
from services.projects.participation_editions.tables import ParticipationEditionRow
from services.projects.protected_actuals.rules import Published
from services.projects.results.tables import ResultRow


async def of_results(session: AsyncSession, results: Collection[str]) -> Mapping[str, Published]:
    """The last edition of each result's project; as far as the actor may see
    its monitoring."""
    mine = municipality_of(session).id
    edition = ParticipationEditionRow
    asked = (
        select(ResultRow.key, edition)
        .join(
            MonitoringRow,
            and_(
                col(MonitoringRow.municipality_id) == mine,
                col(MonitoringRow.project) == col(ResultRow.project),
            ),
        )
        .join(
            edition,
            and_(
                col(edition.municipality_id) == mine,
                col(edition.monitoring) == col(MonitoringRow.key),
            ),
        )
        .where(
            col(ResultRow.municipality_id) == mine,
            col(ResultRow.key).in_(results),
            MONITORINGS.seen(session),
        )
        .ext(distinct_on(col(ResultRow.key)))
        .order_by(col(ResultRow.key), col(edition.number).desc())
    )
    return {key: Published(one.published_on, one.rows) for key, one in await session.exec(asked)}
