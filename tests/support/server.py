"""The one PostgreSQL of a test run: started once, migrated once, copied for each worker."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from services.kit import migrate
from services.kit.embedded import EmbeddedServer

TEMPLATE = "planraum_template"
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "400",  # of two workers: all services twice, and those that a module adds
}


@contextmanager
def running() -> Iterator[EmbeddedServer]:
    """A server with a migrated template database, gone afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="planraum-test-"))
    binaries = os.environ.get("PG_BIN")
    server = EmbeddedServer(
        directory, pg_bin=Path(binaries) if binaries else None, settings=FAST
    ).start()
    try:
        asyncio.run(_prepare(server))
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


async def _prepare(server: EmbeddedServer) -> None:
    await create(server.url("postgres"), TEMPLATE, "template0")
    await migrate.upgrade(server.url(TEMPLATE))


async def create(admin_url: str, name: str, template: str = TEMPLATE) -> None:
    """A database copied from a template."""
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    finally:
        await connection.close()


async def beside(database_url: str, name: str) -> str:
    """The address of one more migrated database, for a module that needs one of its own."""
    base, _, query = database_url.partition("?")
    admin, _, worker = base.rpartition("/")
    await create(f"{admin}/postgres?{query}", f"{worker}_{name}")
    return f"{admin}/{worker}_{name}?{query}"
