"""Every question asked of the stored results."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.results import ResultLevel
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.projects.queries import PROJECTS
from services.projects.results.tables import ResultRow

RESULTS = Kind(
    ResultRow, "results", "projects.result", within={"project": PROJECTS, "grant": GRANTS}
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    project: str | None,
    grant: str | None,
    level: ResultLevel | None,
) -> Mapping[str, Any]:
    """Results by key, of one project, grant or level."""
    where = matching(ResultRow, project=project, grant=grant, level=level)
    return await RESULTS.page(session, paging, *where)


async def project_of_grant(session: AsyncSession, grant: str) -> str | None:
    """The project a grant is for; None when there is no such grant."""
    statement = select(GrantRow.project).where(
        col(GrantRow.municipality_id) == municipality_of(session).id, col(GrantRow.key) == grant
    )
    return (await session.exec(statement)).first()
