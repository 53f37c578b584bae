"""Every question asked of the stored grants."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.days import lasts
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.grants.tables import GrantRow
from services.projects.programmes.queries import PROGRAMMES
from services.projects.projects.queries import PROJECTS

GRANTS = Kind(
    GrantRow, "grants", "projects.grant", within={"project": PROJECTS, "programme": PROGRAMMES}
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    project: str | None,
    programme: str | None,
    grantee: str | None,
    year: int | None,
) -> Mapping[str, Any]:
    """Grants by key, of one project, programme or grantee, or that run in one year."""
    where = matching(GrantRow, project=project, programme=programme, grantee=grantee)
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        where.append(lasts(GrantRow.starts_on, GrantRow.ends_on, first, last))
    return await GRANTS.page(session, paging, *where)
