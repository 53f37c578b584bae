"""Jobs that fail are given up soon."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI

from services.kit import workers
from services.kit.ending import ended
from services.kit.jobs import schema_of


@asynccontextmanager
async def given_up_soon(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A job of this service that has failed once is given up, and at once: its worker is woken as
    by a new job, where else it would look again after a while."""
    monkeypatch.setattr(workers, "MOST_TRIES", 1)
    monkeypatch.setattr(workers, "_LONGEST_DELAY", 0)
    database, channel = app.state.database, schema_of(app.state.name)
    told = {"channel": channel, "type": "table_changed_event", "table": "job"}
    told |= {"operation": "insert", "sent_at": "2026-01-01T00:00:00+00:00"}

    async def ring() -> None:
        while True:
            await database.pool.fetch("SELECT pg_notify($1, $2)", channel, json.dumps(told))
            await asyncio.sleep(0.1)

    ringing = asyncio.create_task(ring())
    try:
        yield
    finally:
        await ended(ringing)
