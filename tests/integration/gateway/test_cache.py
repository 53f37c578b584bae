"""Answers that everybody may see are kept, and never a moment too long."""

import asyncio
import time
from collections.abc import Callable

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.gateway.app import Gateway
from tests.integration.gateway.conftest import Bearer

AMT = {"key": "amt", "name": {"de": "Sozialamt"}, "kind": "administration"}


@pytest.fixture
def reads(looking_glass: FastAPI) -> Callable[[], int]:
    """How often the service itself was asked."""
    return lambda: int(looking_glass.state.reads)


async def test_a_public_read_reaches_the_service_once(
    client: httpx.AsyncClient, registered: str, reads: Callable[[], int]
) -> None:
    address, before = f"/v1/{registered}/mirror", reads()
    first, second = await client.get(address), await client.get(address)
    assert reads() == before + 1
    assert first.content == second.content
    mine = {"x-request-id", "ratelimit"}
    kept = [(k, v) for k, v in second.headers.multi_items() if k not in mine]
    assert sorted(kept) == sorted((k, v) for k, v in first.headers.multi_items() if k not in mine)
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    known = await client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == first.headers["etag"]
    assert "ratelimit" in known.headers
    assert reads() == before + 1


async def test_a_client_that_knows_the_answer_still_fills_the_cache(
    client: httpx.AsyncClient, registered: str, reads: Callable[[], int]
) -> None:
    address, before = f"/v1/{registered}/mirror", reads()
    known = await client.get(address, headers={"If-None-Match": 'W/"x", "r1"'})
    assert (known.status_code, known.content) == (304, b"")
    full = await client.get(address)
    assert full.status_code == 200
    assert reads() == before + 1


@pytest.mark.parametrize(
    "headers",
    [{"accept": "text/csv"}, {"accept-language": "it"}, {"accept-encoding": "gzip"}],
)
async def test_whoever_asks_differently_gets_another_answer(
    client: httpx.AsyncClient,
    registered: str,
    reads: Callable[[], int],
    headers: dict[str, str],
) -> None:
    address, before = f"/v1/{registered}/mirror", reads()
    await client.get(address)
    await client.get(address, headers=headers)
    await client.get(address + "?q=1")
    assert reads() == before + 3


@pytest.mark.parametrize(
    "query",
    ["?control=private", "?control=no-store", "?control=public, no-store", "?vary=Cookie"],
)
async def test_what_is_not_for_everybody_is_not_kept(
    client: httpx.AsyncClient, registered: str, reads: Callable[[], int], query: str
) -> None:
    address, before = f"/v1/{registered}/mirror{query}", reads()
    await client.get(address)
    await client.get(address)
    assert reads() == before + 2


async def test_whoever_signs_in_is_always_answered_by_the_service(
    client: httpx.AsyncClient, registered: str, reads: Callable[[], int], bearer: Bearer
) -> None:
    address, before = f"/v1/{registered}/mirror?control=public", reads()
    planner = bearer("planner")
    for headers in (planner, planner, {}, {}, planner, {"Authorization": "Bearer nonsense"}):
        await client.get(address, headers=headers)
    assert reads() == before + 4
    anonymous = await client.get(address)
    assert anonymous.json()["actor"]["kind"] == "anonymous"


async def test_a_write_through_the_door_is_seen_by_the_next_read(
    client: httpx.AsyncClient, registered: str, bearer: Bearer
) -> None:
    address = f"/v1/{registered}/organisations"
    assert (await client.get(address)).json()["items"] == []
    headers = bearer("secretary")
    for number in range(20):
        made = await client.post(address, json={**AMT, "key": f"amt-{number}"}, headers=headers)
        assert made.status_code == 201
        assert len((await client.get(address)).json()["items"]) == number + 1


async def test_what_others_write_is_seen_within_a_tenth_of_a_second(
    client: httpx.AsyncClient,
    gateway: Gateway,
    registered: str,
    reads: Callable[[], int],
    database_url: str,
) -> None:
    address, town = f"/v1/{registered}/mirror", await gateway.towns.find(registered)
    await client.get(address)
    before = reads()
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("SELECT pg_notify('planraum_journal', $1)", f"boards {town.id}")
        await asyncio.sleep(0.05)
        await client.get(address)
        assert reads() == before  # another service's news
        began = time.monotonic()
        await connection.execute("SELECT pg_notify('planraum_journal', $1)", f"mirror {town.id}")
        while reads() == before and time.monotonic() - began < 2:
            await client.get(address)
            await asyncio.sleep(0.001)
        assert reads() == before + 1
        assert time.monotonic() - began < 0.1
    finally:
        await connection.close()


async def test_an_answer_from_before_a_change_is_not_kept_after_it(
    client: httpx.AsyncClient,
    gateway: Gateway,
    looking_glass: FastAPI,
    registered: str,
    reads: Callable[[], int],
) -> None:
    address, town = f"/v1/{registered}/mirror?wait", await gateway.towns.find(registered)
    looking_glass.state.gate.clear()
    looking_glass.state.arrived.clear()
    before = reads()
    reading = asyncio.create_task(client.get(address))
    await looking_glass.state.arrived.wait()
    gateway.cache.ring(f"mirror {town.id}")
    looking_glass.state.gate.set()
    assert (await reading).status_code == 200
    await client.get(address)
    assert reads() == before + 2
    await client.get(address)
    assert reads() == before + 2
