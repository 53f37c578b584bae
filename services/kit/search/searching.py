"""Whether the documents of a town are made by the rules of today, and making them where not.

    searching = Searching(INDEX, JOBS)

An upgrade changes what is told of a document. The documents are made anew in the background, from
the start of the service on; until then questions are answered from those there are, and say so.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI

from services.contracts.shared.access import Actor, Municipality
from services.kit import failures, journal
from services.kit.clients import service_actor
from services.kit.database import Database
from services.kit.ending import ended
from services.kit.jobs import Jobs, Work
from services.kit.search import keeping, storing
from services.kit.search.index import Index

log = structlog.get_logger()
REMAKE = "search.remake"


class Searching:
    """What a service lets be searched, and the background work for it."""

    def __init__(self, index: Index, jobs: Jobs) -> None:
        self.index, self._jobs = index, jobs
        self._current: set[int] = set()
        self._ordered: set[int] = set()
        jobs.does(REMAKE, gives_up=_given_up)(self.remake)

    async def is_current(self, database: Database, actor: Actor) -> bool:
        """Are all documents of the actor's municipality there as they should be? Where not, it is
        ordered that they are made."""
        town = actor.municipality
        assert town is not None
        if town.id in self._current:
            return True
        worker = service_actor("search", town)
        async with database.writing(worker) as session:
            if await storing.is_current(session, self.index):
                self._current.add(town.id)
                return True
            if town.id not in self._ordered:
                await self._jobs.order(session, REMAKE)
                self._ordered.add(town.id)
        return False

    @asynccontextmanager
    async def ahead(self, app: FastAPI) -> AsyncIterator[None]:
        """Look after all towns when the service starts; it does not wait for that."""
        task = asyncio.create_task(self.look(app.state.database), name="search ahead")
        try:
            yield
        finally:
            await ended(task)

    async def look(self, database: Database) -> None:
        """Order what has to be made anew in any town."""
        try:
            for head in await journal.heads(database.pool):
                town = Municipality(key=head.municipality, id=head.municipality_id)
                await self.is_current(database, service_actor("search", town))
        except failures.DATABASE as error:
            # Whoever asks first orders it then.
            log.warning("search not looked after", reason=type(error).__name__)

    async def remake(self, work: Work) -> None:
        """The job: make the documents of a town anew, unless another process did."""
        async with work.database.writing(work.actor) as session:
            if await storing.is_current(session, self.index):
                return
        await keeping.rebuild(work.database, self.index, work.actor)


async def _given_up(work: Work) -> None:
    town = work.actor.municipality.key if work.actor.municipality else ""
    log.error("search not made anew", municipality=town)
