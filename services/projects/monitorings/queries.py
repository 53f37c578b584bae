"""Every question asked of the stored monitorings."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import literal
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Role
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.monitorings.tables import MonitoringRow
from services.projects.participant_counts.tables import ParticipantCountRow
from services.projects.participants.tables import ParticipantRow
from services.projects.programmes.queries import PROGRAMMES
from services.projects.projects.queries import PROJECTS

MONITORINGS = Kind(
    MonitoringRow,
    "monitorings",
    "projects.monitoring",
    within={"project": PROJECTS, "programme": PROGRAMMES},
    also=lambda session: literal(Role.case_worker in actor_of(session).roles),
)


async def page(session: AsyncSession, paging: Paging, project: str | None) -> Mapping[str, Any]:
    """Monitorings by key, or that of a project."""
    where = [] if project is None else [col(MonitoringRow.project) == project]
    return await MONITORINGS.page(session, paging, *where)


async def other_of(session: AsyncSession, project: str, key: str) -> str | None:
    """Another monitoring of the project."""
    statement = select(MonitoringRow.key).where(
        col(MonitoringRow.municipality_id) == municipality_of(session).id,
        col(MonitoringRow.project) == project,
        col(MonitoringRow.key) != key,
    )
    return (await session.exec(statement)).first()


async def is_used(session: AsyncSession, key: str) -> bool:
    """Whether counts or persons were entered."""
    for row in (ParticipantCountRow, ParticipantRow):
        statement = select(row.id).where(
            col(row.municipality_id) == municipality_of(session).id, col(row.monitoring) == key
        )
        if (await session.exec(statement.limit(1))).first() is not None:
            return True
    return False
