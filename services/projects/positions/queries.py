"""Every question asked of the stored positions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.positions import PositionState
from services.kit.database import actor_of
from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.dates import lasts
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.positions.tables import PositionRow
from services.projects.projects.queries import PROJECTS


@dataclass(frozen=True)
class _Positions(Kind[PositionRow]):
    """Who may not see one of the grants that fund a position does not see the position."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        seen = super().seen(session)
        if actor_of(session).sees_everything:
            return seen
        named = func.jsonb_build_array(func.jsonb_build_object("grant", col(GrantRow.key)))
        hidden = select(GrantRow.key).where(
            col(GrantRow.municipality_id) == col(PositionRow.municipality_id),
            col(PositionRow.funding).contains(named),
            ~GRANTS.seen(session),
        )
        return seen & ~hidden.exists()


POSITIONS = _Positions(PositionRow, "positions", "projects.position", within={"project": PROJECTS})


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    state: PositionState | None,
    project: str | None,
    grant: str | None,
    employer: str | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Positions by key, of one state, project, grant, employer or day."""
    where = []
    if state is not None:
        where.append(col(PositionRow.state) == state)
    if project is not None:
        where.append(col(PositionRow.project) == project)
    if grant is not None:
        where.append(col(PositionRow.funding).contains([{"grant": grant}]))
    if employer is not None:
        where.append(col(PositionRow.employer) == employer)
    if on is not None:
        where.append(lasts(PositionRow.starts_on, PositionRow.ends_on, on, on))
    return await POSITIONS.page(session, paging, *where)
