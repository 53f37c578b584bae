"""Every question asked for the gaps in the funding of positions."""

from collections import defaultdict
from datetime import date, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState
from services.contracts.projects.position_gaps import PositionGap
from services.contracts.projects.positions import Position
from services.kit.database import municipality_of
from services.kit.days import lasts
from services.projects.grants.tables import GrantRow
from services.projects.position_gaps import rules
from services.projects.position_gaps.rules import Funding
from services.projects.positions.queries import POSITIONS
from services.projects.positions.tables import PositionRow
from services.projects.programmes.queries import predecessors


async def gaps(
    session: AsyncSession, on: date, within_days: int, project: str | None
) -> list[PositionGap]:
    """Every gap that is there on a day or begins within so many days, the next first."""
    horizon = date.fromordinal(min(on.toordinal() + within_days, date.max.toordinal()))
    yesterday = on - timedelta(1) if on > date.min else on
    statement = select(PositionRow).where(
        POSITIONS.seen(session),
        lasts(PositionRow.starts_on, PositionRow.ends_on, yesterday, horizon),
    )
    if project is not None:
        statement = statement.where(col(PositionRow.project) == project)
    positions = [Position.model_validate(row) for row in await session.exec(statement)]
    grants = await _grants(session)
    successors: dict[str, list[str]] = defaultdict(list)
    for programme, before in (await predecessors(session)).items():
        if before is not None:
            successors[before].append(programme)
    found = [
        gap
        for position in positions
        for gap in rules.gaps(position, grants, successors, on, horizon)
    ]
    return sorted(found, key=lambda gap: (gap.day, gap.position))


async def _grants(session: AsyncSession) -> dict[str, Funding]:
    statement = select(GrantRow).where(col(GrantRow.municipality_id) == municipality_of(session).id)
    return {
        row.key: Funding(
            key=row.key,
            project=row.project,
            programme=row.programme,
            state=GrantState(row.state),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in await session.exec(statement)
    }
