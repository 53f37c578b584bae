"""OParl 1.1 over HTTP: one system of each municipality, everything in it for everybody."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from re import sub
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BeforeValidator
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.responses import RedirectResponse, Response

from services.boards.oparl import commands, queries, rules
from services.boards.oparl.rules import TYPES, VERSION, Asked, Type
from services.contracts.boards.oparl import OParlList, OParlObject
from services.contracts.shared.access import Actor
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.database import Database, Fast
from services.kit.problems import NotFound, Unavailable

READ = requires("boards.oparl:read")
_SIZE, _MOST = 100, 1000
_PUBLIC = {"Cache-Control": "public, max-age=0, must-revalidate"}


class _Plain(StringConvertor):
    regex = "[a-z0-9-]+"


register_url_convertor("plain", _Plain())  # what is written otherwise is sent on to this form
oparl = router("OParl", path=f"/oparl/{VERSION}/{{municipality:plain}}")
elsewhere = APIRouter(include_in_schema=False)

Moment = Annotated[datetime | None, BeforeValidator(rules.moment)]


async def _asked(
    request: Request,
    created_since: Annotated[Moment, Query(description="Created then or later.")] = None,
    created_until: Annotated[Moment, Query(description="Created then or earlier.")] = None,
    modified_since: Annotated[
        Moment,
        Query(description="Modified then or later; what was deleted since is among them."),
    ] = None,
    modified_until: Annotated[Moment, Query(description="Modified then or earlier.")] = None,
    omit_internal: Annotated[
        bool, Query(description="Without embedded files, agenda items, memberships and terms.")
    ] = False,
    limit: Annotated[
        int | None, Query(ge=1, description="Objects of a page, 100 if not said; at most 1000.")
    ] = None,
    after: Annotated[UUID | None, Query(description="From `next`; do not build it.")] = None,
) -> Asked:
    size = min(limit, _MOST) if limit else None
    times = (created_since, created_until, modified_since, modified_until)
    return Asked(_base(request) + request.url.path, *times, omit_internal, size, after)


OfList = Annotated[Asked, Depends(_asked)]
OfObject = Annotated[str, Path(description="The last part of its `id`.")]
OfOrganization = Annotated[str, Path(description="The last part of the organization's `id`.")]


def _base(request: Request) -> str:
    address: str | None = request.app.state.settings.public_address
    if address is None:
        raise Unavailable("The operator has not yet set the address that ids begin with.")
    return address


def _answer(request: Request, actor: Actor, stored: str) -> Response:
    assert actor.municipality is not None
    body = rules.addressed(stored, _base(request), actor.municipality.key)
    return Response(body, media_type="application/json", headers=_PUBLIC)


async def _catch_up(request: Request, actor: Actor) -> None:
    database: Database = request.app.state.database
    itself = Actor(
        subject="service:boards",
        kind="service",
        roles=frozenset(),
        municipality=actor.municipality,
    )
    async with database.writing(itself) as session:
        await commands.catch_up(session)


async def _list(
    request: Request, pool: Any, actor: Actor, asked: Asked, one: Type, of: UUID | None = None
) -> Response:
    assert actor.municipality is not None
    size = asked.limit or _SIZE
    question = (pool, actor.municipality.id, one.name, asked, size, of)
    found, overdue = await queries.page(*question)
    if overdue:
        await _catch_up(request, actor)
        found, _ = await queries.page(*question)
    return _answer(request, actor, rules.page(asked, found, size))


async def _object(request: Request, pool: Any, actor: Actor, one: Type, which: UUID) -> Response:
    assert actor.municipality is not None
    question = (pool, actor.municipality.id, one.name, which)
    found, overdue = await queries.one(*question)
    if overdue:
        await _catch_up(request, actor)
        found, _ = await queries.one(*question)
    if found is None:
        raise NotFound("There is no such object.")
    return _answer(request, actor, found)


def _identifier(text: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError:
        raise NotFound("There is no such object.") from None
    if str(found) != text:
        raise NotFound("There is no such object.")
    return found


@oparl.get("", response_model=OParlObject, dependencies=[READ])
async def read_oparl_system(request: Request, pool: Fast, actor: Acting) -> Response:
    """Read the OParl system.

    Where software begins that reads the council information of the municipality (System,
    Einstiegspunkt); everything else is found by following addresses from here.
    """
    return await _object(request, pool, actor, TYPES["System"], rules.derived("system"))


Endpoint = Callable[..., Awaitable[Response]]


def _lister(one: Type) -> Endpoint:
    async def endpoint(request: Request, pool: Fast, actor: Acting, asked: OfList) -> Response:
        return await _list(request, pool, actor, asked, one)

    return endpoint


def _lister_within(one: Type) -> Endpoint:
    async def endpoint(
        request: Request, pool: Fast, actor: Acting, id: OfOrganization, asked: OfList
    ) -> Response:
        return await _list(request, pool, actor, asked, one, _identifier(id))

    return endpoint


def _reader(one: Type) -> Endpoint:
    async def endpoint(request: Request, pool: Fast, actor: Acting, id: OfObject) -> Response:
        return await _object(request, pool, actor, one, _identifier(id))

    return endpoint


def _serve(path: str, endpoint: Endpoint, name: str, model: Any, title: str, text: str) -> None:
    oparl.add_api_route(
        path,
        endpoint,
        name=name,
        description=f"{title}\n\n{text}",
        response_model=model,
        dependencies=[READ],
    )


_IN_PAGES = (
    "In pages by identifier: nothing is shown twice while others write. `modified_since` also "
    "brings what was deleted since."
)
for _one in TYPES.values():
    if _one.collection:
        _words = _one.collection.replace("-", " ")
        _name = _one.collection.replace("-", "_")
        _single = sub(r"(?<=[a-z])(?=[A-Z])", "_", _one.name).lower()
        _serve(
            f"/{_one.collection}",
            _lister(_one),
            f"list_oparl_{_name}",
            OParlList,
            f"List OParl {_words}.",
            f"{_one.about} {_IN_PAGES}",
        )
        _serve(
            f"/{_one.collection}/{{id:plain}}",
            _reader(_one),
            f"read_oparl_{_single}",
            OParlObject,
            f"Read an OParl {_single.replace('_', ' ')}.",
            f"{_one.about} One that was deleted or is public no longer says only that.",
        )
for _one in (TYPES["Meeting"], TYPES["Consultation"]):
    _serve(
        f"/organizations/{{id:plain}}/{_one.collection}",
        _lister_within(_one),
        f"list_oparl_{_one.collection}_of_organization",
        OParlList,
        f"List the OParl {_one.collection} of an organization.",
        f"{_one.about} {_IN_PAGES}",
    )


@elsewhere.get("/oparl/{rest:path}")
async def show_the_way(request: Request) -> Response:
    """Each object has one address (2.3); who writes it otherwise is sent there."""
    path = rules.canonical(request.url.path)
    if path == request.url.path:
        raise NotFound("There is nothing in OParl at this address.")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{_base(request)}{path}{query}", status_code=301)
