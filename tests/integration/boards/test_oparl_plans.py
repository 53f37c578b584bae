"""A large council beside many small ones: nothing is read again for each of what is there."""

import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from services.boards.app import create_app
from services.boards.harvests.batches.queries import know_size
from services.boards.oparl import commands, queries
from services.boards.oparl.rules import TYPES
from services.contracts.shared.access import Municipality
from services.kit.database import Database
from services.kit.native import Connection, native
from services.kit.settings import Settings
from tests.integration.boards.reading import SOURCE, take
from tests.integration.boards.test_oparl_sources import proposal
from tests.support import server
from tests.support.large_town import Size, fill
from tests.support.plans import read_by
from tests.support.towns import Door, actor, new_town

ASKED, SMALL_TOWNS = 100, 150
SMALL = Size(bodies=2, meetings=2, items=2, papers=2, persons=2)
LARGE = Size(bodies=20, meetings=300, items=8, papers=2_000, persons=100)
KEPT = 9_000
"""About as many rows there are of the large town."""


@pytest.fixture(scope="module")
async def own_url(database_url: str) -> str:
    return await server.beside(database_url, "plans")


@pytest.fixture(scope="module")
async def apps(settings: Settings, own_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """A database in which PostgreSQL has last looked when all municipalities were small."""
    app = create_app(settings, own_url)
    async with app.router.lifespan_context(app):
        database: Database = app.state.database
        for small in (new_town() for _ in range(SMALL_TOWNS)):
            async with database.writing(_clerk(small)) as session:
                await fill(session, small, SMALL)
        for small in (new_town() for _ in range(3)):
            async with database.writing(_clerk(small)) as session:
                await fill(session, small, SMALL)
                await commands.rebuild(session)
        owner = await asyncpg.connect(own_url)
        for table in await owner.fetch("SELECT tablename FROM pg_tables WHERE schemaname='boards'"):
            await owner.execute(f'ALTER TABLE boards."{table[0]}" SET (autovacuum_enabled = false)')
        await owner.execute("ANALYZE")
        await owner.close()
        yield {"boards": app}


def _clerk(town: Municipality) -> Any:
    return actor(town, ("administrator",))


async def _each_statement(connection: Connection, town: Municipality) -> dict[str, float]:
    """What the statements of the public side read to make a hundred objects of each type anew."""
    read = {}
    made = await queries.everything(connection, town.id)
    known = json.dumps({"municipality": town.key, "sizes": {}})
    for one in TYPES.values():
        which = sorted(made.get(one.name, ()))[:ASKED]
        values = (town.id, which, one.name, one.path, one.remains, known)
        read[one.name] = await read_by(connection, queries._projection(one.file), *values)
    ids = sorted(made["AgendaItem"])[:ASKED]
    sql = queries._TOUCHED.replace(":those", queries._THOSE)
    read["touched"] = await read_by(connection, sql, town.id, ids, [], False)
    return read


async def test_once_it_is_known_how_large_a_town_is_nothing_is_read_again_and_again(
    apps: dict[str, FastAPI], town: Municipality
) -> None:
    database: Database = apps["boards"].state.database
    async with database.writing(_clerk(town)) as session:
        await fill(session, town, LARGE)
        connection = await native(session)
        before = await _each_statement(connection, town)
        assert await know_size(session) >= 4
        assert await know_size(session) == 0
        after = await _each_statement(connection, town)
        assert sum(before.values()) > 5 * sum(after.values())
        assert {name: read for name, read in after.items() if read > 20 * KEPT} == {}


async def test_a_reading_lets_it_be_known(
    boards: Door, apps: dict[str, FastAPI], own_url: str
) -> None:
    await boards.made("/oparl-sources", SOURCE)
    for start in range(0, 600, 200):
        papers = [proposal(f"p/{number}") for number in range(start, start + 200)]
        await take(boards, "/oparl-sources/rathaus", *papers)
    owner = await asyncpg.connect(own_url)
    try:
        for table in ("paper", "oparl_object", "oparl_source"):
            plan = await owner.fetchval(
                f"EXPLAIN (FORMAT JSON) SELECT FROM boards.{table} WHERE municipality_id = "
                f"{boards.municipality.id}"
            )
            believed = json.loads(plan)[0]["Plan"]["Plan Rows"]
            assert 200 <= believed <= 1_500, table
    finally:
        await owner.close()
