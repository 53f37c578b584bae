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
from typing import Annotated, Any
from weakref import WeakKeyDictionary

import asyncpg
from fastapi import Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from services.contracts.shared.access import Actor, Municipality
from services.kit import conditional, failures, idempotency, parameters, selection, sql
from services.kit.access import Acting
from services.kit.connections import Connections
from services.kit.settings import Settings

_CONTEXT = text(
    "SELECT set_config('app.municipality', :municipality, true),"
    " set_config('app.actor', :actor, true)"
)
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


class Database(Connections):
    """The sessions of one service, and what it does at their end."""

    before_commit: BeforeCommit | None = None

    def __init__(self, service: str, url: str, settings: Settings) -> None:
        super().__init__(service, url, settings)
        self.sessions = async_sessionmaker(
            self.engine, class_=AsyncSession, expire_on_commit=False, autoflush=False
        )

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
