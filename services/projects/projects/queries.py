"""Every question asked of the stored projects."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.projects import ProjectState
from services.kit.days import lasts
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.projects.tables import ProjectRow

PROJECTS = Kind(ProjectRow, "projects", "projects.project")


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    state: ProjectState | None,
    programme: str | None,
    partner: str | None,
    advising_body: str | None,
    area: str | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Projects by key, of one state, programme, partner, advising body, area or day."""
    where = matching(ProjectRow, state=state)
    if programme is not None:
        where.append(col(ProjectRow.programmes).contains([programme]))
    if partner is not None:
        where.append(col(ProjectRow.partners).contains([{"organisation": partner}]))
    if advising_body is not None:
        where.append(col(ProjectRow.advising_bodies).contains([advising_body]))
    if area is not None:
        where.append(col(ProjectRow.sites).contains([{"area": area}]))
    if on is not None:
        where.append(lasts(ProjectRow.starts_on, ProjectRow.ends_on, on, on))
    return await PROJECTS.page(session, paging, *where)
