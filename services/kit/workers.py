"""Who does the jobs of a service: one worker in each of its processes."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import FastAPI

from services.contracts.shared.access import Actor
from services.kit import failures
from services.kit.database import Database
from services.kit.ending import ended
from services.kit.jobs import Do, Jobs, Work, queries_of, schema_of

if TYPE_CHECKING:
    from pgqueuer.core.qm import QueueManager
    from pgqueuer.core.sm import SchedulerManager
    from pgqueuer.domain.models import Job, Schedule
    from pgqueuer.queries import Queries

log = structlog.get_logger()
MOST_TRIES = 9
"""A run that ends its process counts one, one that fails two."""
_LONGEST_DELAY = 300
"""Seconds until a failed job is tried again, at most."""
_LONGEST_END = 10.0
"""Seconds that the worker may take to end; a job that is under way is stopped and kept."""


class Worker:
    """Does what is ordered of these jobs."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._under_way: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def working(self, app: FastAPI) -> AsyncIterator[None]:
        """Do jobs as long as the app lives: of a kind as many at a time as were said, in all
        processes together."""
        stopping = asyncio.Event()
        task = asyncio.create_task(
            self._work(app.state, stopping), name=f"jobs {self._jobs.service}"
        )
        try:
            yield
        finally:
            stopping.set()
            for job in self._under_way:
                job.cancel()
            await asyncio.wait({task}, timeout=_LONGEST_END)
            await ended(task)

    async def _work(self, state: Any, stopping: asyncio.Event) -> None:
        # The library is loaded beside the first requests, so that it holds up no start.
        for module in ("pgqueuer.core.qm", "pgqueuer.core.sm"):
            await asyncio.to_thread(__import__, module)
        while not stopping.is_set():
            try:
                connection = await state.database.connect()
                try:
                    await self._serve(connection, state, stopping)
                finally:
                    await connection.close(timeout=2)
            except failures.DATABASE as error:
                log.warning("jobs wait", service=self._jobs.service, reason=type(error).__name__)
            except Exception as error:
                log.error("jobs stuck", service=self._jobs.service, exc_info=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), 1)

    async def _serve(self, connection: Any, state: Any, stopping: asyncio.Event) -> None:
        queries = queries_of(self._jobs.service, connection)
        manager = self._manager(queries, state)
        calendar = self._calendar(queries, state.database)
        patience = timedelta(seconds=state.settings.job_patience)
        runs = [
            asyncio.create_task(
                manager.run(
                    dequeue_timeout=patience / 2,
                    batch_size=1,
                    heartbeat_timeout=patience,
                    log_aggregation_interval=timedelta(0),
                )
            ),
            *([asyncio.create_task(calendar.run())] if self._jobs.days else []),
        ]
        stop = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait((*runs, stop), return_when=asyncio.FIRST_COMPLETED)
        finally:
            manager.shutdown.set()
            calendar.shutdown.set()
            await ended(stop)
            await asyncio.wait(runs, timeout=_LONGEST_END)
            for run in runs:
                await ended(run)
        for run in runs:
            if not run.cancelled():
                run.result()

    def _manager(self, queries: "Queries", state: Any) -> "QueueManager":
        from pgqueuer.core.qm import QueueManager
        from pgqueuer.domain.types import Channel

        # What it logs may quote what is in a file; we log what matters ourselves.
        logging.getLogger("pgqueuer").setLevel(logging.CRITICAL)
        manager = QueueManager(queries, channel=Channel(schema_of(self._jobs.service)))
        for name, kind in self._jobs.kinds.items():

            async def perform(job: "Job", kind: tuple[Do, Do] = kind) -> None:
                given = json.loads(job.payload or b"{}")
                actor = Actor.model_validate(given["actor"])
                tries = await self._count(queries, job)
                work = Work(state.database, state.settings, actor, given["data"], state)
                await self._perform(kind, tries, work)

            at_once = self._jobs.at_once.get(name, 1)
            manager.entrypoint(name, concurrency_limit=at_once, accepts_context=False)(perform)
        return manager

    def _calendar(self, queries: "Queries", database: Database) -> "SchedulerManager":
        from pgqueuer.core.sm import SchedulerManager

        calendar = SchedulerManager(queries)
        for name, (expression, _) in self._jobs.days.items():

            async def begin(_: "Schedule", name: str = name) -> None:
                try:
                    await self._jobs.everywhere(database, name)
                except Exception as error:
                    log.error("day failed", service=self._jobs.service, name=name, exc_info=error)

            calendar.schedule(name, expression, accepts_context=False)(begin)
        return calendar

    async def _count(self, queries: "Queries", job: "Job") -> int:
        """How often it was begun: one that ends its process each time must not go on for ever."""
        count = (
            f"UPDATE {schema_of(self._jobs.service)}.job SET attempts = attempts + 1"  # noqa: S608 - our name
            " WHERE id = $1 RETURNING attempts"
        )
        rows = await queries.driver.fetch(count, job.id)
        return int(str(rows[0]["attempts"])) if rows else 0

    async def _perform(self, kind: tuple[Do, Do], tries: int, work: Work) -> None:
        from pgqueuer.domain.errors import RetryRequested

        do, gives_up = kind
        chosen = do if tries <= MOST_TRIES else gives_up
        task = asyncio.create_task(_run(chosen, work))
        self._under_way.add(task)
        try:
            await task
        except asyncio.CancelledError:
            raise RetryRequested(reason="stopped") from None
        except Exception as error:
            log.error("job failed", service=self._jobs.service, tries=tries, exc_info=error)
            delay = timedelta(seconds=min(2**tries, _LONGEST_DELAY))
            raise RetryRequested(delay, type(error).__name__) from None
        finally:
            self._under_way.discard(task)


async def _run(do: Do, work: Work) -> None:
    await do(work)
