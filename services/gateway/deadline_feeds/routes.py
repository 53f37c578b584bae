"""Private calendars of what is due over HTTP."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from services.contracts.gateway.deadline_feeds import (
    DeadlineFeed,
    IssuedDeadlineFeed,
    NewDeadlineFeed,
)
from services.contracts.shared.base import Page
from services.gateway.deadline_feeds import commands, queries, rules
from services.gateway.deadline_feeds.tables import DeadlineFeedRow
from services.gateway.deadlines import words
from services.gateway.deadlines.queries import whole
from services.gateway.peers import Behind
from services.kit import calendar_answers
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing, municipality_of
from services.kit.days import today
from services.kit.languages import InLanguage
from services.kit.paging import PageOf

deadline_feeds = router("Deadlines")
READ, WRITE = requires("gateway.deadline-calendars:read"), requires("gateway.deadline-feeds:write")


@deadline_feeds.get(
    "/deadline-calendars/{token}",
    response_class=Response,
    responses=calendar_answers.RESPONSES,
    dependencies=[READ],
)
async def read_deadline_calendar(
    request: Request,
    session: Reading,
    peers: Behind,
    token: calendar_answers.Token,
    lang: InLanguage,
) -> Response:
    """Follow what is due in a calendar.

    iCalendar (RFC 5545) over all services, for calendar programs, which cannot sign in: whoever has
    the address sees what is overdue and what is to come within a year. 404 once it was revoked, 503
    while a service is away, so that no program deletes what it does not find.
    """
    feed = await queries.of_token(session, token)
    town = municipality_of(session)
    question = rules.question(feed, today())
    found = await whole(peers, rules.reader(feed, town), question)
    base = request.app.state.settings.public_address
    content = words.calendar(found, question, town.key, base, lang)
    return calendar_answers.answered(content, lang, calendar_answers.SECRET)


@deadline_feeds.get("/deadline-feeds", response_model=Page[DeadlineFeed], dependencies=[WRITE])
async def list_deadline_feeds(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List the calendars of what is due.

    For what an address was given out, with which roles it reads, and which were revoked; never the
    addresses.
    """
    return await queries.page(session, paging)


@deadline_feeds.post(
    "/deadline-feeds", status_code=201, response_model=IssuedDeadlineFeed, dependencies=[WRITE]
)
async def create_deadline_feed(
    session: Writing, response: Response, new: NewDeadlineFeed
) -> IssuedDeadlineFeed:
    """Give out a calendar of what is due.

    For all services or some, every kind or some, in anybody's hands or somebody's. The answer holds
    the address, this once; pass it on to whom it is for. It reads with the roles that you have now,
    or with fewer, until it is revoked.
    """
    response.headers.update(calendar_answers.TOLD_ONCE)
    return await commands.issue(session, new)


@deadline_feeds.post(
    "/deadline-feeds/{key}/revocation", response_model=DeadlineFeed, dependencies=[WRITE]
)
async def revoke_deadline_feed(session: Writing, key: str) -> DeadlineFeedRow:
    """Revoke a calendar of what is due.

    Its address works no longer. A second time changes nothing.
    """
    return await commands.revoke(session, key)
