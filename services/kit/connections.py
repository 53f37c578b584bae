"""How a service reaches PostgreSQL: as its own role, with which settings, how long it waits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from inspect import signature
from typing import Any, Self

import asyncpg
from pydantic_core import to_json
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.kit.migrate import role_of
from services.kit.settings import Settings

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


class Connections:
    """The engine and the pool of one service, working as the service's own role."""

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
    async def opened(self) -> AsyncIterator[Self]:
        async with _Pool(self.url, **self._pool_arguments) as self.pool:
            try:
                yield self
            finally:
                await self.engine.dispose()

    async def connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        """A connection outside of the pools, for whoever keeps it and listens. Close it."""
        return await asyncpg.connect(self.url, **self._connect)
