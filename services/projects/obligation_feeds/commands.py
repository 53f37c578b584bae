"""What a person does with calendars of what is due."""

import secrets
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.obligations import (
    IssuedObligationFeed,
    NewObligationFeed,
    ObligationFeed,
)
from services.contracts.shared.base import Visibility
from services.kit.calendars import digest
from services.kit.database import municipality_of
from services.kit.keys import opaque
from services.projects.obligation_feeds.queries import OBLIGATION_FEEDS
from services.projects.obligation_feeds.tables import ObligationFeedRow


async def issue(session: AsyncSession, new: NewObligationFeed) -> IssuedObligationFeed:
    """Give out the address of a calendar; only its digest stays here."""
    token = secrets.token_urlsafe(24)
    row = await OBLIGATION_FEEDS.add(
        session,
        new,
        key=opaque("k"),
        digest=digest(token),
        visibility=Visibility.administration,
    )
    address = f"/v1/{municipality_of(session).key}/obligation-calendars/{token}"
    told = ObligationFeed.model_validate(row).model_dump()
    return IssuedObligationFeed.model_validate({**told, "address": address})


async def revoke(session: AsyncSession, key: str) -> ObligationFeedRow:
    """Let the address of a calendar work no longer; a second time changes nothing."""
    row = await OBLIGATION_FEEDS.one(session, key, lock=True)
    at = row.revoked_at or datetime.now(UTC)
    same = NewObligationFeed(account=row.account)
    return await OBLIGATION_FEEDS.store(session, row, same, revoked_at=at)
