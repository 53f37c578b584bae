"""What a person does with private calendars."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.calendars.queries import CALENDAR_FEEDS
from services.boards.calendars.tables import CalendarFeedRow
from services.boards.persons.queries import PERSONS
from services.contracts.boards.calendars import CalendarFeed, IssuedCalendarFeed, NewCalendarFeed
from services.kit.problems import Invalid, NotFound
from services.kit.resources import Kind


async def issue(session: AsyncSession, new: NewCalendarFeed) -> IssuedCalendarFeed:
    """Give out the address of a private calendar; only its digest stays here."""
    await _there(session, PERSONS, new.person, "/person")
    await _there(session, BODIES, new.body, "/body")
    row, address = await CALENDAR_FEEDS.issue(session, new)
    told = CalendarFeed.model_validate(row).model_dump()
    return IssuedCalendarFeed.model_validate({**told, "address": address})


async def revoke(session: AsyncSession, key: str) -> CalendarFeedRow:
    """Let the address of a private calendar work no longer; a second time changes nothing."""
    return await CALENDAR_FEEDS.revoke(session, key, NewCalendarFeed)


async def _there(session: AsyncSession, kind: Kind[Any], key: str | None, at: str) -> None:
    if key is None:
        return
    try:
        await kind.one(session, key)
    except NotFound as missing:
        raise Invalid(str(missing.detail), pointer=at, code="unknown") from None
