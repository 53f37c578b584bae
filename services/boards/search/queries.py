"""What is told of some kinds and stands in other tables."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.organisations.tables import OrganisationRow
from services.boards.report_editions.tables import ReportContentRow
from services.kit.database import municipality_of


async def names(session: AsyncSession, keys: Collection[str]) -> Mapping[str, Mapping[str, str]]:
    """The names of organisations, by key."""
    row = OrganisationRow
    mine = col(row.municipality_id) == municipality_of(session).id
    asked = select(row.key, row.name).where(mine, col(row.key).in_(keys))
    return dict((await session.exec(asked)).all())


async def contents(
    session: AsyncSession, digests: Collection[str]
) -> Mapping[str, Mapping[str, Any]]:
    """What editions of reports say, by digest."""
    row = ReportContentRow
    mine = col(row.municipality_id) == municipality_of(session).id
    asked = select(row.sha256, row.content).where(mine, col(row.sha256).in_(digests))
    return dict((await session.exec(asked)).all())
