"""What could follow on grants."""

from collections import defaultdict
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState
from services.contracts.projects.portfolio_cliff import CliffStep, FundingCliff
from services.contracts.shared.base import Language
from services.kit.database import municipality_of
from services.projects.funded import queries as funded
from services.projects.grants.tables import GrantRow
from services.projects.portfolio_cliff import rules
from services.projects.programmes.queries import predecessors


async def cliff(session: AsyncSession, on: date, by: CliffStep, lang: Language) -> FundingCliff:
    """When the money ends, by what is granted on the day."""
    grants = await funded.told(session, on)
    asked = (
        select(GrantRow.project, GrantRow.key)
        .where(
            col(GrantRow.municipality_id) == municipality_of(session).id,
            col(GrantRow.state) == GrantState.applied,
        )
        .order_by(col(GrantRow.key))
    )
    applied: dict[str, list[str]] = defaultdict(list)
    for project, key in await session.exec(asked):
        applied[project].append(key)
    successors: dict[str, list[str]] = defaultdict(list)
    for programme, before in sorted((await predecessors(session)).items()):
        if before is not None:
            successors[before].append(programme)
    return rules.cliff(grants, on, by, applied, successors, lang)
