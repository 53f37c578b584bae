"""Calendars of what is due over HTTP."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from services.contracts.projects.obligations import (
    IssuedObligationFeed,
    NewObligationFeed,
    ObligationFeed,
)
from services.contracts.shared.base import Page
from services.kit import calendar_answers
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.languages import InLanguage
from services.kit.paging import PageOf
from services.projects.obligation_feeds import commands, queries, rules
from services.projects.obligation_feeds.queries import OBLIGATION_FEEDS
from services.projects.obligation_feeds.tables import ObligationFeedRow

obligation_feeds = router("Obligations")
READ, WRITE = requires("projects.obligation-calendars:read"), requires("projects.obligations:write")


@obligation_feeds.get(
    "/obligation-calendars/{token}",
    response_class=Response,
    responses=calendar_answers.RESPONSES,
    dependencies=[READ],
)
async def read_obligation_calendar(
    session: Reading,
    token: calendar_answers.Token,
    lang: InLanguage,
) -> Response:
    """Follow what is due in a calendar.

    iCalendar (RFC 5545) over all grants, for calendar programs, which cannot sign in: whoever has
    the address sees what is open. It rings 90, 30, 14 and 3 days before. 404 once it was revoked.
    """
    due = await queries.of_token(session, token)
    return calendar_answers.answered(rules.calendar(due, lang), lang, calendar_answers.SECRET)


@obligation_feeds.get(
    "/obligation-feeds", response_model=Page[ObligationFeed], dependencies=[WRITE]
)
async def list_obligation_feeds(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List the calendars of what is due.

    For whom an address was given out, and which of them were revoked; never the addresses.
    """
    return await OBLIGATION_FEEDS.kind.page(session, paging)


@obligation_feeds.post(
    "/obligation-feeds", status_code=201, response_model=IssuedObligationFeed, dependencies=[WRITE]
)
async def create_obligation_feed(
    session: Writing, response: Response, new: NewObligationFeed
) -> IssuedObligationFeed:
    """Give out a calendar of what is due.

    Of one account, or of everything. The answer holds the address, this once; pass it on to whom
    it is for.
    """
    response.headers.update(calendar_answers.TOLD_ONCE)
    return await commands.issue(session, new)


@obligation_feeds.post(
    "/obligation-feeds/{key}/revocation", response_model=ObligationFeed, dependencies=[WRITE]
)
async def revoke_obligation_feed(session: Writing, key: str) -> ObligationFeedRow:
    """Revoke a calendar of what is due.

    Its address works no longer. A second time changes nothing.
    """
    return await commands.revoke(session, key)
