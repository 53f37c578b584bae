"""What a person does with calendars of what is due."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.obligations import (
    IssuedObligationFeed,
    NewObligationFeed,
    ObligationFeed,
)
from services.projects.obligation_feeds.queries import OBLIGATION_FEEDS
from services.projects.obligation_feeds.tables import ObligationFeedRow


async def issue(session: AsyncSession, new: NewObligationFeed) -> IssuedObligationFeed:
    """Give out the address of a calendar, this once."""
    row, address = await OBLIGATION_FEEDS.issue(session, new)
    told = ObligationFeed.model_validate(row).model_dump()
    return IssuedObligationFeed.model_validate({**told, "address": address})


async def revoke(session: AsyncSession, key: str) -> ObligationFeedRow:
    """Let the address of a calendar work no longer; a second time changes nothing."""
    return await OBLIGATION_FEEDS.revoke(session, key, NewObligationFeed)
