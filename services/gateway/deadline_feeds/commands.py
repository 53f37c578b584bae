"""What a person does with calendars of what is due."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.deadline_feeds import (
    DeadlineFeed,
    IssuedDeadlineFeed,
    NewDeadlineFeed,
)
from services.contracts.shared.access import Role
from services.gateway.deadline_feeds import rules
from services.gateway.deadline_feeds.queries import DEADLINE_FEEDS
from services.gateway.deadline_feeds.tables import DeadlineFeedRow
from services.kit.database import actor_of


class _Given(NewDeadlineFeed):
    """A calendar with the roles with which it will read."""

    roles: list[Role]


async def issue(session: AsyncSession, new: NewDeadlineFeed) -> IssuedDeadlineFeed:
    """Give out the address of a calendar, this once."""
    roles = rules.roles(new.audience, actor_of(session))
    given = _Given.model_validate({**new.model_dump(), "roles": roles})
    row, address = await DEADLINE_FEEDS.issue(session, given)
    told = DeadlineFeed.model_validate(row).model_dump()
    return IssuedDeadlineFeed.model_validate({**told, "address": address})


async def revoke(session: AsyncSession, key: str) -> DeadlineFeedRow:
    """Let the address of a calendar work no longer; a second time changes nothing."""
    return await DEADLINE_FEEDS.revoke(session, key, NewDeadlineFeed)
