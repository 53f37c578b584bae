"""Work in the background: ordered in the transaction that needs it, done once, kept by pgqueuer.

    JOBS = Jobs("indicators")

    @JOBS.does("delivery.check", gives_up=refuse)
    async def check(work: Work) -> None: ...

    await JOBS.order(session, "delivery.check", delivery="delivery-7")     # commits with the rest

    @JOBS.daily("persons.erase", at="10 2", role=Role.administrator)
    async def erase(work: Work) -> None: ...                              # in each municipality

A job runs as whoever ordered it. It may run again, after a crash of the process or of its own, so
it first looks whether it was done. It opens its transactions itself (`work.database.writing`).
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor, Municipality, Role
from services.kit import failures, journal
from services.kit.database import Database, actor_of
from services.kit.ending import ended
from services.kit.settings import Settings

if TYPE_CHECKING:
    from pgqueuer.core.qm import QueueManager
    from pgqueuer.core.sm import SchedulerManager
    from pgqueuer.domain.models import Job, Schedule
    from pgqueuer.domain.settings import DBSettings
    from pgqueuer.queries import Queries

log = structlog.get_logger()
MOST_TRIES = 9
"""A run that ends its process counts one, one that fails two."""
_LONGEST_DELAY = 300
"""Seconds until a failed job is tried again, at most."""
_MOST_TOLD = 10
"""Failures of one run that are raised in full; of the others only their number is."""
_LONGEST_END = 10.0
"""Seconds that the worker may take to end; a job that is under way is stopped and kept."""


Step = Callable[[AsyncSession], Awaitable[None]]


@dataclass(frozen=True)
class Work:
    """What a job is given."""

    database: Database
    settings: Settings
    actor: Actor
    data: Mapping[str, Any]
    state: Any = None
    """What the app of the service keeps (`app.state`), such as the services beside it."""

    async def each(self, steps: Iterable[Step]) -> None:
        """Take each step in a transaction of its own: one that fails holds up no other.

        What failed is raised at the end, so that the job is seen to have failed and runs again.
        """
        failed: list[Exception] = []
        for step in steps:
            try:
                async with self.database.writing(self.actor) as session:
                    await step(session)
            except Exception as error:
                failed.append(error)
        if failed:
            raise ExceptionGroup(f"{len(failed)} steps failed", failed[:_MOST_TOLD])


Do = Callable[[Work], Awaitable[None]]


class Jobs:
    """The kinds of jobs of one service, and their worker."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._kinds: dict[str, tuple[Do, Do]] = {}
        self._at_once: dict[str, int] = {}
        self._days: dict[str, tuple[str, Role]] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    def does(self, name: str, *, gives_up: Do, at_once: int = 1) -> Callable[[Do], Do]:
        """Register how a kind of job is done, and what to do when it has failed too often.

        `at_once` of them are done at the same time, in all processes together.
        """

        def register(do: Do) -> Do:
            self._kinds[name] = (do, gives_up)
            self._at_once[name] = at_once
            return do

        return register

    def daily(self, name: str, *, at: str, role: Role) -> Callable[[Do], Do]:
        """Register what is done in each municipality once a day at `at`, minute and hour in UTC:
        "10 2". It acts with this role there.

        Ordered by one process of all; a day on which none was running is made up for at the next
        start. What fails too often is tried again tomorrow, and that it failed is logged.
        """

        def register(do: Do) -> Do:
            self._kinds[name] = (do, partial(_tomorrow, name))
            self._days[name] = (f"{at} * * *", role)
            return do

        return register

    async def everywhere(self, database: Database, name: str) -> None:
        """Order a daily job for each municipality that has ever written anything."""
        _, role = self._days[name]
        for head in await journal.heads(database.pool):
            actor = Actor(
                subject=f"job:{name}",
                kind="service",
                roles=frozenset({role}),
                municipality=Municipality(key=head.municipality, id=head.municipality_id),
            )
            async with database.writing(actor) as session:
                await self.order(session, name)

    async def order(
        self, session: AsyncSession, name: str, after: timedelta | None = None, **data: Any
    ) -> None:
        """Order a job, to be done when the transaction has been committed, or some time later."""
        connection = (await (await session.connection()).get_raw_connection()).driver_connection
        payload = {"actor": actor_of(session).model_dump(mode="json"), "data": data}
        await self._queries(connection).enqueue(
            name, json.dumps(payload).encode(), execute_after=after
        )

    @asynccontextmanager
    async def working(self, app: FastAPI) -> AsyncIterator[None]:
        """Do jobs as long as the app lives: of a kind as many at a time as were said, in all
        processes together."""
        stopping = asyncio.Event()
        task = asyncio.create_task(self._work(app.state, stopping), name=f"jobs {self._service}")
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
                log.warning("jobs wait", service=self._service, reason=type(error).__name__)
            except Exception as error:
                log.error("jobs stuck", service=self._service, exc_info=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), 1)

    async def _serve(self, connection: Any, state: Any, stopping: asyncio.Event) -> None:
        queries = self._queries(connection)
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
            *([asyncio.create_task(calendar.run())] if self._days else []),
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
        manager = QueueManager(queries, channel=Channel(schema_of(self._service)))
        for name, kind in self._kinds.items():

            async def perform(job: "Job", kind: tuple[Do, Do] = kind) -> None:
                given = json.loads(job.payload or b"{}")
                actor = Actor.model_validate(given["actor"])
                tries = await self._count(queries, job)
                work = Work(state.database, state.settings, actor, given["data"], state)
                await self._perform(kind, tries, work)

            at_once = self._at_once.get(name, 1)
            manager.entrypoint(name, concurrency_limit=at_once, accepts_context=False)(perform)
        return manager

    def _calendar(self, queries: "Queries", database: Database) -> "SchedulerManager":
        from pgqueuer.core.sm import SchedulerManager

        calendar = SchedulerManager(queries)
        for name, (expression, _) in self._days.items():

            async def begin(_: "Schedule", name: str = name) -> None:
                try:
                    await self.everywhere(database, name)
                except Exception as error:
                    log.error("day failed", service=self._service, name=name, exc_info=error)

            calendar.schedule(name, expression, accepts_context=False)(begin)
        return calendar

    async def _count(self, queries: "Queries", job: "Job") -> int:
        """How often it was begun: one that ends its process each time must not go on for ever."""
        count = (
            f"UPDATE {schema_of(self._service)}.job SET attempts = attempts + 1"  # noqa: S608 - our name
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
            log.error("job failed", service=self._service, tries=tries, exc_info=error)
            delay = timedelta(seconds=min(2**tries, _LONGEST_DELAY))
            raise RetryRequested(delay, type(error).__name__) from None
        finally:
            self._under_way.discard(task)

    def _queries(self, connection: Any) -> "Queries":
        from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
        from pgqueuer.adapters.persistence import qb
        from pgqueuer.adapters.persistence.queries import Queries

        names = names_of(self._service)
        return Queries(
            AsyncpgDriver(connection),
            qb.QueryBuilderEnvironment(names),
            qb.QueryQueueBuilder(names),
            qb.QuerySchedulerBuilder(names),
        )


async def _tomorrow(name: str, work: Work) -> None:
    """Tomorrow it is tried again; that it failed today must be seen."""
    town = work.actor.municipality.key if work.actor.municipality else ""
    log.error("daily job failed", name=name, municipality=town)


async def _run(do: Do, work: Work) -> None:
    await do(work)


def schema_of(service: str) -> str:
    """The schema of a service's jobs; also the name of the channel on which they ring."""
    return f"{service}_jobs"


def names_of(service: str) -> "DBSettings":
    """What `ddl.job_queue` calls the tables; all of it, so that no variable says otherwise."""
    from pgqueuer.domain.settings import DBSettings

    return DBSettings(
        prefix="",
        db_schema=schema_of(service),
        channel=schema_of(service),
        function="ring",
        trigger="ring",
        queue_table="job",
        queue_table_log="job_log",
        statistics_table="job_statistics",
        schedules_table="job_schedules",
        queue_status_type="job_status",
    )
