"""What a person does with private calendars."""

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.calendars.queries import CALENDAR_FEEDS
from services.boards.calendars.tables import CalendarFeedRow
from services.boards.persons.queries import PERSONS
from services.contracts.boards.calendars import CalendarFeed, IssuedCalendarFeed, NewCalendarFeed
from services.contracts.shared.base import Visibility
from services.kit.calendars import digest
from services.kit.database import municipality_of
from services.kit.keys import opaque
from services.kit.problems import Invalid, NotFound
from services.kit.resources import Kind


async def issue(session: AsyncSession, new: NewCalendarFeed) -> IssuedCalendarFeed:
    """Give out the address of a private calendar; only its digest stays here."""
    await _there(session, PERSONS, new.person, "/person")
    await _there(session, BODIES, new.body, "/body")
    token = secrets.token_urlsafe(24)
    row = await CALENDAR_FEEDS.add(
        session,
        new,
        key=opaque("k"),
        digest=digest(token),
        visibility=Visibility.administration,
    )
    address = f"/v1/{municipality_of(session).key}/calendars/{token}"
    told = CalendarFeed.model_validate(row).model_dump()
    return IssuedCalendarFeed.model_validate({**told, "address": address})


async def revoke(session: AsyncSession, key: str) -> CalendarFeedRow:
    """Let the address of a private calendar work no longer; a second time changes nothing."""
    row = await CALENDAR_FEEDS.one(session, key, lock=True)
    same = NewCalendarFeed(person=row.person, body=row.body)
    at = row.revoked_at or datetime.now(UTC)
    return await CALENDAR_FEEDS.store(session, row, same, revoked_at=at)


async def _there(session: AsyncSession, kind: Kind[Any], key: str | None, at: str) -> None:
    if key is None:
        return
    try:
        await kind.one(session, key)
    except NotFound as missing:
        raise Invalid(str(missing.detail), pointer=at, code="unknown") from None
