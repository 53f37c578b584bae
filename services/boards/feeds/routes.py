"""Feeds over HTTP."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.feeds import queries, rules
from services.boards.feeds.atom import Feed, document
from services.boards.feeds.rules import Place
from services.contracts.boards.publications import PublicationKind
from services.contracts.shared.base import Key, Language
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, municipality_of
from services.kit.languages import InLanguage, told_in
from services.kit.problems import Unavailable

feeds = router("Feeds")
_MEDIA = f"{rules.ATOM}; charset=utf-8"
_EXAMPLE = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">...</feed>\n'
)
_FEED: dict[int | str, dict[str, Any]] = {
    200: {"content": {rules.ATOM: {"schema": {"type": "string"}, "example": _EXAMPLE}}}
}
OfBody = Annotated[Key | None, Query(description="Of this body only.")]


@feeds.get(
    "/publications/feed.atom",
    response_class=Response,
    responses=_FEED,
    dependencies=[requires("boards.publications:read")],
)
async def read_publications_feed(
    request: Request,
    session: Reading,
    lang: InLanguage,
    body: OfBody = None,
    kind: Annotated[PublicationKind | None, Query(description="Of one kind only.")] = None,
) -> Response:
    """Follow what is published.

    An Atom feed (RFC 4287) of the fifty publications that changed last, with the files of their
    current versions; withdrawn ones leave a tombstone (RFC 6721). Ask with If-None-Match.
    """
    place = await _place(request, session, lang, body=body, kind=kind)
    entries = [
        rules.publication(place, *news)
        for news in await queries.new_publications(session, kind, body)
    ]
    return _answer(rules.feed(place, "publications", body, entries))


@feeds.get(
    "/meetings/feed.atom",
    response_class=Response,
    responses=_FEED,
    dependencies=[requires("boards.meetings:read")],
)
async def read_meetings_feed(
    request: Request, session: Reading, lang: InLanguage, body: OfBody = None
) -> Response:
    """Follow the meetings.

    An Atom feed (RFC 4287) of the fifty meetings that were planned or changed last, cancelled ones
    among them. Ask with If-None-Match.
    """
    place = await _place(request, session, lang, body=body)
    entries = [rules.meeting(place, row) for row in await queries.new_meetings(session, body)]
    return _answer(rules.feed(place, "meetings", body, entries))


@feeds.get(
    "/resolutions/feed.atom",
    response_class=Response,
    responses=_FEED,
    dependencies=[requires("boards.resolutions:read")],
)
async def read_resolutions_feed(
    request: Request, session: Reading, lang: InLanguage, body: OfBody = None
) -> Response:
    """Follow the resolutions.

    An Atom feed (RFC 4287) of the fifty resolutions that were taken, changed or ended by others
    last; one that is void, repealed or replaced says so. Ask with If-None-Match.
    """
    place = await _place(request, session, lang, body=body)
    found = await queries.new_resolutions(session, body)
    entries = [rules.resolution(place, row, changed_at) for row, changed_at in found]
    return _answer(rules.feed(place, "resolutions", body, entries))


def _answer(feed: Feed) -> Response:
    return Response(document(feed), 200, told_in(feed.language), _MEDIA)


async def _place(
    request: Request, session: AsyncSession, language: Language, **asked: str | None
) -> Place:
    address: str | None = request.app.state.settings.public_address
    if address is None:
        raise Unavailable("The operator has not yet set the public address of this installation.")
    if asked["body"] is not None:
        await BODIES.one(session, asked["body"])
        session.info.pop("revision", None)
    town = municipality_of(session)
    given = [(name, value) for name, value in sorted(asked.items()) if value is not None]
    given += [("lang", language)] if language != "de" else []
    return Place(
        address, town.key, town.id, urlencode(given), language, await queries.names(session)
    )
