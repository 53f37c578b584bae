"""Every question asked of the stored topics."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.topics import TopicKind
from services.indicators.topics.tables import TopicRow
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

TOPICS = Kind(TopicRow, "topics", "indicators.topic")


async def page(
    session: AsyncSession, paging: Paging, kind: TopicKind | None, parent: str | None
) -> Mapping[str, Any]:
    """Topics by their place, of one kind or below one parent."""
    where = matching(TopicRow, kind=kind, parent=parent)
    return await TOPICS.page(session, paging, *where, by="position")


async def with_those_below(session: AsyncSession, key: str) -> set[str]:
    """The topic and every one that is part of it."""
    of = await parents(session)
    found, new = set[str](), {key}
    while new:
        found |= new
        new = {child for child, parent in of.items() if parent in new} - found
    return found


async def parents(session: AsyncSession) -> dict[str, str | None]:
    """Each topic and the one it is part of."""
    statement = select(TopicRow.key, TopicRow.parent).where(
        col(TopicRow.municipality_id) == municipality_of(session).id
    )
    return dict((await session.exec(statement)).all())
