"""One request, one transaction: committed before the first byte of the answer leaves.

Routes ask for a `Reading` or a `Writing` session, hot reads for `Fast` (an asyncpg pool). Nobody
calls commit(): `UnitOfWork` does it at the edge, after the answer is built and before it is sent.
"""

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Iterator,
    Sequence,
)
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from inspect import signature
from typing import Annotated, Any
from weakref import WeakKeyDictionary

import asyncpg
from fastapi import Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic_core import to_json
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from services.contracts.shared.access import Actor, Municipality
from services.kit import conditional, failures, idempotency, parameters, selection, sql
from services.kit.access import Acting
from services.kit.migrate import role_of
from services.kit.settings import Settings

_CONTEXT = text(
    "SELECT set_config('app.municipality', :municipality, true),"
    " set_config('app.actor', :actor, true)"
)


PATIENCE = 5  # seconds to wait for a free connection


class _Pool(asyncpg.Pool):  # type: ignore[misc]  # asyncpg ships no types
    """Waits for a free connection only so long, where asyncpg waits for ever."""

    def acquire(self, *, timeout: float | None = None) -> Any:
        return super().acquire(timeout=PATIENCE if timeout is None else timeout)


_POOL_DEFAULTS = {
    name: given.default
    for name, given in signature(asyncpg.create_pool).parameters.items()
    if given.kind is given.KEYWORD_ONLY
}


async def _nothing_to_reset(_: Any) -> None:
    """Single statements leave nothing behind; asyncpg's own reset is a round trip for each."""


_NOTED: WeakKeyDictionary[AsyncSession, list[str]] = WeakKeyDictionary()
"""What sessions have written to the journal about since their last commit. Not in `session.info`,
which features put back as it was."""
BeforeCommit = Callable[[AsyncSession, Sequence[str]], Awaitable[None]]
"""What a service does at the end of every transaction that has written to its journal; it is told
about what."""


def one_after_another(*steps: BeforeCommit) -> BeforeCommit:
    """Several things that follow from a change, in this order. Of what one of them writes to the
    journal itself the next are told too."""

    async def follow(session: AsyncSession, subjects: Sequence[str]) -> None:
        for step in steps:
            await step(session, subjects)
            subjects = [*subjects, *_NOTED.pop(session, ())]

    return follow


class Database:
    """The sessions and the pool of one service, working as the service's own role."""

    before_commit: BeforeCommit | None = None

    def __init__(self, service: str, url: str, settings: Settings) -> None:
        self.service, self.url = service, url
        server = {
            "application_name": f"planraum-{service}",
            "timezone": "UTC",
            "search_path": service,
            # Statements are many and short: compiling one takes longer than running it.
            "jit": "off",
        }
        if make_url(url).username != role_of(service):
            server["role"] = role_of(service)
        hot = {**server, "plan_cache_mode": "force_generic_plan", "enable_seqscan": "off"}
        caching: dict[str, Any] = {}
        if settings.database_pooler == "transaction":
            # A pooler passes on neither prepared statements nor what a session sets at its start:
            # the service logs in as its own role, whose search path migrations have set.
            if "role" in server:
                raise ValueError(f"Behind a pooler log in as {role_of(service)}.")
            caching, server, hot = {"statement_cache_size": 0}, {}, {}
        connect = {
            "server_settings": server,
            "command_timeout": 30,
            "timeout": 5,
            # No limit: asyncpg would prepare what is longer than 15 kB anew each time.
            "max_cacheable_statement_size": 0,
            **caching,
        }
        self.engine: AsyncEngine = create_async_engine(
            make_url(url).set(drivername="postgresql+asyncpg"),
            connect_args={**connect, **({"prepared_statement_cache_size": 0} if caching else {})},
            json_serializer=lambda value: to_json(value).decode(),
            pool_size=settings.pool_size,
            max_overflow=2 * settings.pool_size,
            pool_timeout=PATIENCE,
            hide_parameters=True,
            pool_use_lifo=True,
        )
        self.sessions = async_sessionmaker(
            self.engine, class_=AsyncSession, expire_on_commit=False, autoflush=False
        )
        self._connect = connect
        self._pool_arguments = {
            **_POOL_DEFAULTS,
            "max_size": settings.pool_size,
            "min_size": 0,
            # Planning its longest statements anew takes a new connection longer than a thread.
            "max_inactive_connection_lifetime": 3600,
            "reset": _nothing_to_reset,
            **connect,
            # Planning a hot read anew each time would cost as much as running it. A plan made
            # while the tables were still empty must not read them whole when they are full.
            "server_settings": hot,
        }
        self.pool: asyncpg.Pool[asyncpg.Record]

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Database"]:
        async with _Pool(self.url, **self._pool_arguments) as self.pool:
            try:
                yield self
            finally:
                await self.engine.dispose()

    async def connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        """A connection outside of the pools, for whoever keeps it and listens. Close it."""
        return await asyncpg.connect(self.url, **self._connect)

    @asynccontextmanager
    async def writing(self, actor: Actor) -> AsyncIterator[AsyncSession]:
        """A transaction outside a request: followers and commands on the command line."""
        async with self.sessions() as session, session.begin():
            await enter(session, actor)
            yield session
            await self.settle(session)

    async def settle(self, session: AsyncSession) -> None:
        """The last step before a commit: everything is in the database, and what follows from it
        is brought up to date."""
        await session.flush()
        subjects = _NOTED.pop(session, None)
        if self.before_commit is not None and subjects:
            await self.before_commit(session, subjects)


async def enter(session: AsyncSession, actor: Actor) -> None:
    """Tell the transaction who acts where: row-level security and history read it.

    Outside of municipalities it is number 0, where no town is.
    """
    session.info["actor"] = actor
    number = actor.municipality.id if actor.municipality else 0
    values = {"municipality": str(number), "actor": actor.subject}
    await sql.run(session, _CONTEXT, values)


def noted_in_journal(session: AsyncSession, subjects: Iterable[str]) -> None:
    """What follows from the change has to be done before the commit."""
    _NOTED.setdefault(session, []).extend(subjects)


@contextmanager
def acting_as(session: AsyncSession, other: Actor) -> Iterator[None]:
    """In here the session reads as somebody else of the municipality does."""
    actor = actor_of(session)
    session.info["actor"] = other
    try:
        yield
    finally:
        session.info["actor"] = actor


def as_everybody(session: AsyncSession) -> AbstractContextManager[None]:
    """In here the session reads as somebody without a token does: for what is meant for all."""
    return acting_as(session, anybody(session))


def anybody(session: AsyncSession) -> Actor:
    """Somebody without a token, where the session is: sees what is public."""
    return Actor(
        subject="anonymous",
        kind="anonymous",
        roles=frozenset(),
        municipality=actor_of(session).municipality,
    )


def actor_of(session: AsyncSession) -> Actor:
    actor: Actor = session.info["actor"]
    return actor


def municipality_of(session: AsyncSession) -> Municipality:
    municipality = actor_of(session).municipality
    assert municipality is not None, "the address of this operation names a municipality"
    return municipality


class _Work:
    """The one session of one request, opened when first asked for."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.session: AsyncSession | None = None
        self.claim: idempotency.Claim | None = None

    async def open(self, actor: Actor, *, write: bool) -> AsyncSession:
        if self.session is None:
            database: Database = self.request.app.state.database
            self.session = database.sessions()
            await enter(self.session, actor)
        if write and self.claim is None:
            self.claim = await idempotency.claim(self.session, self.request)
        return self.session

    async def finish(self, response: Response) -> Response:
        if self.session is not None:
            conditional.mark(self.request, self.session.info, response)
            if self.claim is not None:
                await self.claim.keep(self.session, response)
            database: Database = self.request.app.state.database
            await database.settle(self.session)
            await self.session.commit()
        return conditional.unless_known(self.request, response)

    async def close(self) -> None:
        if self.session is not None:
            await self.session.close()


class UnitOfWork(APIRoute):
    """The edge of the transaction: rolls back on any refusal or failure.

    Refuses query parameters that the operation does not know: a misspelt filter would otherwise
    answer another question than the one that was asked. A `deepObject` that the operation declares
    in its `openapi_extra` has parameters of any name: `c[GES]`.

    Lists and single resources take `fields` and `include` (`kit/selection.py`).
    """

    selects = True

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        known = set(parameters.known_of(self.dependant))
        shape = self.shape = (
            selection.shape_of(self.response_model, self.methods) if self.selects else None
        )
        deep = {
            f"{given['name']}["
            for given in (self.openapi_extra or {}).get("parameters", ())
            if given.get("style") == "deepObject"
        }

        async def run(request: Request) -> Response:
            selected = None
            if request.scope["query_string"]:
                relations = request.app.state.relations
                also = selection.names(shape, relations) if shape else frozenset()
                unknown = request.query_params.keys() - known - also
                if deep:
                    unknown = {name for name in unknown if name.partition("[")[0] + "[" not in deep}
                parameters.refuse_unknown(unknown, known | also | {f"{name}...]" for name in deep})
                parameters.refuse_repeated(request)
                selected = selection.selection(request, shape, relations) if shape else None
            work = request.state.work = _Work(request)
            try:
                response = await handler(request)
                if selected is not None:
                    response = await selected.of(work.session, response)
                return await work.finish(response)
            except idempotency.Replay as replay:
                return replay.response
            except failures.DATABASE as error:
                raise failures.translate(error) from error
            finally:
                await work.close()

        return run


async def _read(request: Request, actor: Acting) -> AsyncSession:
    work: _Work = request.state.work
    return await work.open(actor, write=False)


async def _write(request: Request, actor: Acting) -> AsyncSession:
    work: _Work = request.state.work
    return await work.open(actor, write=True)


async def _fast(request: Request) -> asyncpg.Pool:
    database: Database = request.app.state.database
    return database.pool


def writes(dependant: Dependant) -> bool:
    """Does an operation with these dependencies change something? One that only reads takes no
    Idempotency-Key."""
    return any(part.call is _write or writes(part) for part in dependant.dependencies)


Reading = Annotated[AsyncSession, Depends(_read)]
Writing = Annotated[AsyncSession, Depends(_write)]
Fast = Annotated[asyncpg.Pool, Depends(_fast)]
