"""The worker of a service hears of what it is to do."""

import asyncio
import json

import asyncpg
import pytest

from services.kit.jobs import schema_of
from services.kit.migrate import SERVICES

NEW = """
    INSERT INTO {}.job (priority, status, entrypoint) VALUES (0, 'queued', 'nobody')
    RETURNING id"""
SAID = "SELECT to_json(now()) #>> '{}'"


@pytest.mark.parametrize("service", SERVICES)
async def test_a_job_rings_when_it_is_queued_and_when_it_is_queued_again(
    owner: asyncpg.Connection, service: str
) -> None:
    """What is only picked or still alive does not: the worker itself says so."""
    schema, heard, ended = schema_of(service), list[str](), asyncio.Event()

    def hear(*told: object) -> None:
        heard.append(str(told[-1]))

    await owner.add_listener(schema, hear)
    await owner.add_listener("ended", lambda *_: ended.set())

    async def rung(*statuses: str) -> list[str]:
        async with owner.transaction():
            at = await owner.fetchval(SAID)
            job = await owner.fetchval(NEW.format(schema)) if statuses else None
            for status in statuses:
                change = f"UPDATE {schema}.job SET status = $2, heartbeat = now() WHERE id = $1"
                await owner.execute(change, job, status)
            await owner.execute(f"DELETE FROM {schema}.job WHERE id = $1", job)
            await owner.execute("NOTIFY ended")
        await asyncio.wait_for(ended.wait(), 10)
        ended.clear()
        rings = [json.loads(one) for one in heard]
        return [one["operation"] for one in rings if one["sent_at"] == at]

    assert await rung("picked") == ["insert"]
    assert await rung("picked", "picked", "queued") == ["insert", "update"]
    assert await rung("queued", "picked") == ["insert"]
