"""Which days a calendar shows."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.feeds import Feeds
from services.kit.resources import Kind
from services.projects.obligation_feeds.tables import ObligationFeedRow
from services.projects.obligations.queries import open_for
from services.projects.obligations.tables import ObligationRow

OBLIGATION_FEEDS = Feeds(
    Kind(ObligationFeedRow, "obligation-feeds", "projects.obligation_feed"), "obligation-calendars"
)


async def of_token(session: AsyncSession, token: str) -> Sequence[ObligationRow]:
    """What a calendar shows, by the secret part of its address; 404 for any that does not work."""
    feed = await OBLIGATION_FEEDS.of_token(session, token)
    return await open_for(session, feed.account)
