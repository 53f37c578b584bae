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

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor, Municipality, Role
from services.kit import journal
from services.kit.database import Database, actor_of
from services.kit.settings import Settings

if TYPE_CHECKING:
    from pgqueuer.domain.settings import DBSettings
    from pgqueuer.queries import Queries

log = structlog.get_logger()
_MOST_TOLD = 10
"""Failures of one run that are raised in full; of the others only their number is."""
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
    """The kinds of jobs of one service; `kit/workers.py` does them."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.kinds: dict[str, tuple[Do, Do]] = {}
        self.at_once: dict[str, int] = {}
        self.days: dict[str, tuple[str, Role]] = {}

    def does(self, name: str, *, gives_up: Do, at_once: int = 1) -> Callable[[Do], Do]:
        """Register how a kind of job is done, and what to do when it has failed too often.

        `at_once` of them are done at the same time, in all processes together.
        """

        def register(do: Do) -> Do:
            self.kinds[name] = (do, gives_up)
            self.at_once[name] = at_once
            return do

        return register

    def daily(self, name: str, *, at: str, role: Role) -> Callable[[Do], Do]:
        """Register what is done in each municipality once a day at `at`, minute and hour in UTC:
        "10 2". It acts with this role there.

        Ordered by one process of all; a day on which none was running is made up for at the next
        start. What fails too often is tried again tomorrow, and that it failed is logged.
        """

        def register(do: Do) -> Do:
            self.kinds[name] = (do, partial(_tomorrow, name))
            self.days[name] = (f"{at} * * *", role)
            return do

        return register

    async def everywhere(self, database: Database, name: str) -> None:
        """Order a daily job for each municipality that has ever written anything."""
        _, role = self.days[name]
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
        await queries_of(self.service, connection).enqueue(
            name, json.dumps(payload).encode(), execute_after=after
        )


async def _tomorrow(name: str, work: Work) -> None:
    """Tomorrow it is tried again; that it failed today must be seen."""
    town = work.actor.municipality.key if work.actor.municipality else ""
    log.error("daily job failed", name=name, municipality=town)


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


def queries_of(service: str, connection: Any) -> "Queries":
    """What pgqueuer asks of the tables of the service."""
    from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
    from pgqueuer.adapters.persistence import qb
    from pgqueuer.adapters.persistence.queries import Queries

    names = names_of(service)
    return Queries(
        AsyncpgDriver(connection),
        qb.QueryBuilderEnvironment(names),
        qb.QueryQueueBuilder(names),
        qb.QuerySchedulerBuilder(names),
    )
