"""When the database is away or busy, that is said quickly, and all goes on when it is back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.boards.app import create_app
from services.contracts.shared.access import Municipality, Role
from services.kit import connections, migrate
from services.kit.clients import service_actor
from services.kit.database import Database
from services.kit.embedded import EmbeddedServer
from services.kit.identity import HEADER, Signer
from services.kit.settings import Settings
from tests.support.embedded import town as embedded_town
from tests.support.towns import Door

NEW = {"key": "jenarbeit", "name": {"de": "jenarbeit"}, "kind": "jobcentre"}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[EmbeddedServer]:
    """A database server of its own that may be stopped."""
    running = embedded_town(tmp_path / "postgresql").start()
    await migrate.upgrade(running.url())
    yield running
    running.stop()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.2)


@pytest.fixture
async def small(
    impatient: None, server: EmbeddedServer, settings: Settings
) -> AsyncIterator[FastAPI]:
    """The boards service with a single connection of each kind (and two more in need)."""
    app = create_app(settings.model_copy(update={"pool_size": 1}), server.url())
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(small: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(small)
    async with httpx.AsyncClient(transport=transport, base_url="http://boards") as made:
        yield made


@pytest.fixture
def door(client: httpx.AsyncClient, signer: Signer, town: Municipality) -> Door:
    return Door(client, signer, town, (Role.administrator,))


def says_later(response: httpx.Response) -> bool:
    assert response.status_code == 503, response.text
    assert response.json()["type"] == "/problems/unavailable"
    return int(response.headers["retry-after"]) > 0


async def test_a_stopped_database_is_answered_with_later_and_forgotten_when_it_is_back(
    server: EmbeddedServer, client: httpx.AsyncClient, door: Door
) -> None:
    assert (await door.post("/organisations", NEW)).status_code == 201
    assert (await client.get("/readyz")).status_code == 200
    server.stop()
    for _ in range(3):
        assert says_later(await door.get("/organisations"))
        assert says_later(await door.post("/organisations", {**NEW, "key": "other"}))
    assert (await client.get("/livez")).status_code == 200
    ready = await client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["reason"] == "the database does not answer"
    server.start()
    answers = [(await door.get("/organisations")).status_code for _ in range(2)]
    assert answers[-1] == 200
    assert (await client.get("/readyz")).status_code == 200
    assert (await door.post("/organisations", {**NEW, "key": "other"})).status_code == 201


async def test_sessions_ended_by_the_server_are_replaced(
    server: EmbeddedServer, client: httpx.AsyncClient, door: Door
) -> None:
    assert (await door.get("/organisations")).status_code == 200
    assert (await client.get("/readyz")).status_code == 200
    owner = await asyncpg.connect(server.url())
    await owner.execute("""
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'planraum-boards'""")
    await owner.close()
    answers = [(await door.get("/organisations")).status_code for _ in range(2)]
    assert set(answers) <= {200, 503}
    assert answers[-1] == 200
    assert (await client.get("/readyz")).status_code == 200


async def test_when_every_connection_is_busy_the_next_caller_is_sent_away_soon(
    small: FastAPI, client: httpx.AsyncClient, door: Door, signer: Signer
) -> None:
    base: Database = small.state.database
    who = {HEADER: signer.sign(service_actor("test", None))}
    async with asyncio.timeout(10):
        async with AsyncExitStack() as busy:
            for _ in range(3):
                await busy.enter_async_context(base.engine.connect())
            await busy.enter_async_context(base.pool.acquire())
            assert says_later(await door.get("/organisations"))
            assert says_later(await client.get("/internal/journal", headers=who))
        assert (await door.get("/organisations")).status_code == 200
        assert (await client.get("/internal/journal", headers=who)).status_code == 200


async def test_readiness_names_a_migration_that_is_missing(
    server: EmbeddedServer, client: httpx.AsyncClient
) -> None:
    owner = await asyncpg.connect(server.url())
    found = await owner.fetchval("SELECT version_num FROM boards.alembic_version")
    assert (await client.get("/readyz")).json()["migration"] == found
    for stored, told in (("b001", "b001"), (None, "None")):
        await owner.execute("DELETE FROM boards.alembic_version")
        if stored:
            await owner.execute("INSERT INTO boards.alembic_version VALUES ($1)", stored)
        ready = await client.get("/readyz")
        assert ready.status_code == 503
        assert ready.json()["reason"] == (
            f"the database is at migration {told}: run planraum migrate"
        )
        assert ready.headers["cache-control"] == "no-store"
    await owner.close()


async def test_readiness_tells_how_far_followers_are_behind(
    small: FastAPI, client: httpx.AsyncClient
) -> None:
    class Behind:
        name = "clerk"

        async def lag(self) -> int:
            return 3

    small.state.followers = [Behind()]
    ready = await client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["behind"] == {"clerk": 3}


async def test_a_database_of_a_newer_version_is_refused_with_what_to_do(
    server: EmbeddedServer,
) -> None:
    owner = await asyncpg.connect(server.url())
    await owner.execute("UPDATE boards.alembic_version SET version_num = 'b999'")
    await owner.close()
    with pytest.raises(migrate.DatabaseUnfit, match="newer version"):
        await migrate.upgrade(server.url())
