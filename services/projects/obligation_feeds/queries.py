"""Which days a calendar shows."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.calendars import digest
from services.kit.database import municipality_of
from services.kit.problems import NotFound
from services.kit.resources import Kind
from services.projects.obligation_feeds.tables import ObligationFeedRow
from services.projects.obligations.queries import open_for
from services.projects.obligations.tables import ObligationRow

OBLIGATION_FEEDS = Kind(ObligationFeedRow, "obligation-feeds", "projects.obligation_feed")


async def of_token(session: AsyncSession, token: str) -> Sequence[ObligationRow]:
    """What a calendar shows, by the secret part of its address; 404 for any that does not work."""
    statement = select(ObligationFeedRow).where(
        col(ObligationFeedRow.municipality_id) == municipality_of(session).id,
        col(ObligationFeedRow.digest) == digest(token),
        col(ObligationFeedRow.revoked_at).is_(None),
    )
    feed = (await session.exec(statement)).one_or_none()
    if feed is None:
        raise NotFound("There is no such calendar, or no longer.")
    return await open_for(session, feed.account)
