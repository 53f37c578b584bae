"""Following another service's journal: each entry done once, in order, from a stored offset."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from typing import Protocol

import asyncpg
import structlog
from fastapi import APIRouter, Query, Request
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Municipality
from services.contracts.shared.journal import Entry, Head
from services.kit import failures, journal, sql
from services.kit.access import Acting
from services.kit.clients import service_actor
from services.kit.database import Database, Reading, UnitOfWork
from services.kit.ending import ended
from services.kit.problems import NotFound, Problem

log = structlog.get_logger()
Handle = Callable[[AsyncSession, Entry], Awaitable[None]]


class Journal(Protocol):
    """What is followed: a peer, or whatever tells of journals as one does."""

    name: str

    async def heads(self, of: Collection[int] = ()) -> list[Head]: ...

    async def entries(self, municipality: Municipality, after: int) -> list[Entry]: ...


POLL_SECONDS = 2.0
MOST_ASKED = 100  # municipalities by their numbers; of more than that, all are asked for
GATHER_SECONDS = 0.1  # who writes once often writes again at once; all of it is one step then
ALIVE_SECONDS = 15.0  # a connection cut off silently would never ring again


def journal_router() -> APIRouter:
    """The journal for the other services. Never reachable through the gateway."""
    router = APIRouter(prefix="/internal/journal", include_in_schema=False, route_class=UnitOfWork)

    @router.get("")
    async def heads(
        request: Request, actor: Acting, of: str = Query("", pattern=r"^(\d{1,12}(,\d{1,12})*)?$")
    ) -> list[Head]:
        _only_services(actor.kind)
        numbers = [int(number) for number in of.split(",")] if of else []
        return await journal.heads(request.app.state.database.pool, numbers)

    @router.get("/{municipality}")
    async def entries(session: Reading, actor: Acting, after: int = Query(0, ge=0)) -> list[Entry]:
        _only_services(actor.kind)
        assert actor.municipality is not None
        return await journal.entries(session, actor.municipality.id, after)

    return router


def _only_services(kind: str) -> None:
    if kind != "service":
        raise NotFound("There is nothing here for you.")


class Follower:
    """Does `handle` once for each entry of a peer's journal, in the transaction of its offset."""

    def __init__(self, name: str, peer: Journal, database: Database, handle: Handle) -> None:
        self.name, self._peer, self._database, self._handle = name, peer, database, handle
        self._done: dict[int, int] | None = None
        self._heads: dict[int, int] = {}
        self._towns: dict[int, Municipality] = {}
        self._rung: set[int] = set()
        self._everywhere = True
        self.bell = asyncio.Event()

    async def lag(self) -> int:
        """Entries known to exist and not yet done."""
        done = self._done or {}
        return sum(max(0, seq - done.get(m, 0)) for m, seq in self._heads.items())

    async def catch_up(self, of: Collection[int] = ()) -> int:
        """Do everything there is to do now, in these municipalities or everywhere; the number of
        entries done.

        An entry that cannot be done holds up its own municipality only.
        """
        if self._done is None:
            self._done = dict(await self._database.pool.fetch(_OFFSETS, self.name))
        done, stuck = 0, None
        for head in await self._peer.heads(of):
            id = head.municipality_id
            self._heads[id] = head.seq
            self._towns[id] = Municipality(key=head.municipality, id=id)
            try:
                while self._done.get(id, 0) < head.seq:
                    step = await self._step(self._towns[id])
                    done += step
                    if step == 0:
                        break
            except Exception as error:
                stuck = error
        if stuck is not None:
            raise stuck
        return done

    async def _look(self, rung: Collection[int]) -> None:
        """Do what there is to do in these municipalities, some of which may be new here."""
        known = [self._towns[id] for id in rung if id in self._towns]
        for municipality in known:
            while await self._step(municipality) == journal.AT_ONCE:
                pass
        new = [id for id in rung if id not in self._towns]
        if new:
            await self.catch_up(new if len(new) <= MOST_ASKED else ())

    async def _step(self, municipality: Municipality) -> int:
        async with self._database.writing(service_actor(self.name, municipality)) as session:
            row = await sql.run(session, _CLAIM, {"id": municipality.id, "name": self.name})
            offset: int = row.scalar_one()
            entries = await self._peer.entries(municipality, offset)
            for entry in entries:
                await self._handle(session, entry)
            last = entries[-1].seq if entries else offset
            await sql.run(session, _KEEP, {"id": municipality.id, "name": self.name, "seq": last})
        assert self._done is not None, "nobody steps before having looked everywhere"
        self._done[municipality.id] = last
        return len(entries)

    def ring(self, told: str) -> None:
        """Look soon, if it is about this journal: "<service> <municipality>", "" for perhaps."""
        service, _, municipality = told.partition(" ")
        if service not in ("", self._peer.name):
            return
        if municipality.isdigit():
            self._rung.add(int(municipality))
        else:
            self._everywhere = True
        self.bell.set()

    async def run(self) -> None:
        while True:
            self.bell.clear()
            everywhere, self._everywhere = self._everywhere, False
            rung, self._rung = self._rung, set()
            try:
                await (self.catch_up() if everywhere else self._look(rung))
            except (Problem, *failures.DATABASE) as error:
                log.warning("follower waits", follower=self.name, reason=type(error).__name__)
            except Exception as error:
                log.error("follower stuck", follower=self.name, exc_info=error)
            # Not wait_for: in Python 3.11 it loses a cancellation that meets the bell.
            try:
                async with asyncio.timeout(POLL_SECONDS):
                    await self.bell.wait()
            except TimeoutError:
                self._everywhere = True
            else:
                await asyncio.sleep(GATHER_SECONDS)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Follower"]:
        """Follow in the background: woken by LISTEN, kept sure by polling."""
        async with woken(self._database.url, self.ring):
            task = asyncio.create_task(self.run(), name=f"follow {self.name}")
            try:
                yield self
            finally:
                await ended(task)


@asynccontextmanager
async def woken(url: str, ring: Callable[[str], None]) -> AsyncIterator[None]:
    """Call `ring` with "<service> <municipality>" on every journal entry, and with "" when some may
    have been missed (at the start and after each lost connection)."""

    async def listen() -> None:
        while True:
            lost = asyncio.Event()
            with suppress(*failures.DATABASE):
                connection = await asyncpg.connect(url, timeout=5)
                try:
                    connection.add_termination_listener(lambda _, lost=lost: lost.set())
                    await connection.add_listener(journal.CHANNEL, lambda *told: ring(str(told[3])))
                    ring("")
                    while not lost.is_set():
                        with suppress(TimeoutError):
                            async with asyncio.timeout(ALIVE_SECONDS):
                                await lost.wait()
                        await connection.execute("SELECT 1", timeout=5)
                finally:
                    with suppress(*failures.DATABASE):
                        await connection.close(timeout=1)
            ring("")
            await asyncio.sleep(1)

    task = asyncio.create_task(listen(), name="listen")
    try:
        yield
    finally:
        await ended(task)


_OFFSETS = "SELECT municipality_id, seq FROM follower WHERE name = $1"
_CLAIM = text("""
    INSERT INTO follower (municipality_id, name, seq) VALUES (:id, :name, 0)
    ON CONFLICT (municipality_id, name) DO UPDATE SET name = excluded.name RETURNING seq""")
_KEEP = text("UPDATE follower SET seq = :seq WHERE municipality_id = :id AND name = :name")
