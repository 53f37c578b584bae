"""Calendars over HTTP."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.calendars import commands, queries, rules
from services.boards.calendars.queries import CALENDAR_FEEDS
from services.boards.calendars.tables import CalendarFeedRow
from services.contracts.boards.calendars import CalendarFeed, IssuedCalendarFeed, NewCalendarFeed
from services.contracts.shared.base import Page
from services.kit import calendar_answers
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing, municipality_of
from services.kit.languages import InLanguage
from services.kit.paging import PageOf
from services.kit.writing import text

calendars = router("Meetings")
READ, WRITE = requires("boards.meetings:read"), requires("boards.calendar-feeds:write")


@calendars.get(
    "/bodies/{key}/calendar.ics",
    response_class=Response,
    responses=calendar_answers.RESPONSES,
    dependencies=[READ],
)
async def read_body_calendar(
    request: Request, session: Reading, key: str, lang: InLanguage
) -> Response:
    """Follow the meetings of a body in a calendar.

    iCalendar (RFC 5545) to subscribe to: the meetings of the last year and to come that you may
    see. One that is cancelled or put off stays there as cancelled.
    """
    body, entries = await queries.of_body(session, key)
    session.info.pop("revision", None)
    name = text(body.name, lang)
    content = rules.calendar(name, entries, lang, _meetings(request, session))
    return calendar_answers.answered(content, lang)


@calendars.get(
    "/persons/{key}/calendar.ics",
    response_class=Response,
    responses=calendar_answers.RESPONSES,
    dependencies=[READ],
)
async def read_person_calendar(
    request: Request, session: Reading, key: str, lang: InLanguage
) -> Response:
    """Follow the meetings of somebody in a calendar.

    iCalendar (RFC 5545) to subscribe to: the meetings of the last year and to come of all bodies in
    which the person then sits, as far as you may see person, membership and meeting. What is for
    members goes to a private calendar.
    """
    entries = await queries.of_person(session, key)
    session.info.pop("revision", None)
    name = rules.MEETINGS[lang]
    content = rules.calendar(name, entries, lang, _meetings(request, session))
    return calendar_answers.answered(content, lang)


@calendars.get(
    "/calendars/{token}",
    response_class=Response,
    responses=calendar_answers.RESPONSES,
    dependencies=[READ],
)
async def read_calendar(
    request: Request,
    session: Reading,
    token: calendar_answers.Token,
    lang: InLanguage,
) -> Response:
    """Follow meetings in a private calendar.

    Meetings that are for members too, of one body or of all bodies a person sits in, for calendar
    programs, which cannot sign in: whoever has the address sees them. 404 once it was revoked.
    """
    feed, entries = await queries.of_token(session, token)
    of_body = feed.body is not None and entries
    name = entries[0].body.get(lang, "") if of_body else rules.MEETINGS[lang]
    content = rules.calendar(name, entries, lang, _meetings(request, session))
    return calendar_answers.answered(content, lang, calendar_answers.SECRET)


@calendars.get("/calendar-feeds", response_model=Page[CalendarFeed], dependencies=[WRITE])
async def list_calendar_feeds(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List the private calendars.

    For whom an address was given out, and which of them were revoked; never the addresses.
    """
    return await CALENDAR_FEEDS.kind.page(session, paging)


@calendars.post(
    "/calendar-feeds", status_code=201, response_model=IssuedCalendarFeed, dependencies=[WRITE]
)
async def create_calendar_feed(
    session: Writing, response: Response, new: NewCalendarFeed
) -> IssuedCalendarFeed:
    """Give out a private calendar.

    For a person or for the members of a body. The answer holds the address, this once; pass it on
    to whom it is for.
    """
    response.headers.update(calendar_answers.TOLD_ONCE)
    return await commands.issue(session, new)


@calendars.post(
    "/calendar-feeds/{key}/revocation", response_model=CalendarFeed, dependencies=[WRITE]
)
async def revoke_calendar_feed(session: Writing, key: str) -> CalendarFeedRow:
    """Revoke a private calendar.

    Its address works no longer. A second time changes nothing.
    """
    return await commands.revoke(session, key)


def _meetings(request: Request, session: AsyncSession) -> str | None:
    base: str | None = request.app.state.settings.public_address
    return base and f"{base}/v1/{municipality_of(session).key}/meetings"
