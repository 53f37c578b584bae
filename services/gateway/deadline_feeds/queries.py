"""Which calendars there are."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.deadline_feeds import DeadlineFeed
from services.gateway.deadline_feeds.tables import DeadlineFeedRow
from services.kit.feeds import Feeds
from services.kit.paging import Paging
from services.kit.resources import Kind

DEADLINE_FEEDS = Feeds(
    Kind(DeadlineFeedRow, "deadline-feeds", "gateway.deadline-feed"), "deadline-calendars"
)


async def page(session: AsyncSession, paging: Paging) -> Mapping[str, Any]:
    """The calendars by key; never their addresses."""
    return await DEADLINE_FEEDS.kind.page(session, paging)


async def of_token(session: AsyncSession, token: str) -> DeadlineFeed:
    """The calendar by the secret part of its address; 404 for any that does not work."""
    return DeadlineFeed.model_validate(await DEADLINE_FEEDS.of_token(session, token))
