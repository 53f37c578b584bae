"""Towns on an embedded server of their own, for tests that start, stop and kill it."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from services.kit.embedded import EmbeddedServer

PG_BIN = Path(os.environ["PG_BIN"]) if os.environ.get("PG_BIN") else None
FAST = {"fsync": "off"}
SEARCH_PATH = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path[1:]])


def town(directory: Path, **options: Any) -> EmbeddedServer:
    return EmbeddedServer(directory, **({"pg_bin": PG_BIN, "settings": FAST} | options))


def ask(server: EmbeddedServer, statement: str) -> Any:
    async def fetch() -> Any:
        connection = await asyncpg.connect(server.url())
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
