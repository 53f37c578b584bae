"""A database of its own, in which steps of the migrations are taken back and again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import uuid4

import asyncpg
from alembic.config import Config
from alembic.script import ScriptDirectory

from services.kit import migrate
from services.kit.migrate import role_of

TOWN = 16053


class Step(NamedTuple):
    """A step of a service's history in a database, and the one before it."""

    config: Config
    before: str
    revision: str


def fresh() -> str:
    """The address of a new database that went through the history of every service.

    Its owner may what the manual asks for, create roles and schemas, and is no superuser: the walls
    between municipalities stand before the migrations as well.
    """
    admin = os.environ["PLANRAUM_TEST_SERVER"]
    name = f"history_{uuid4().hex}"
    asyncio.run(_create(admin, name))
    _, _, place = admin.partition("@")
    url = f"postgresql://{name}@{place.replace('/postgres?', f'/{name}?')}"
    assert asyncio.run(migrate.upgrade(url)) == list(migrate.SERVICES)
    return url


async def _create(admin: str, name: str) -> None:
    connection = await asyncpg.connect(admin)
    await connection.execute(f"CREATE ROLE {name} LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS")
    for role in map(role_of, migrate.SERVICES):  # an owner alone on a server makes them itself
        await connection.execute(f"GRANT {role} TO {name} WITH ADMIN OPTION")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 OWNER {name}")
    await connection.close()


def step(url: str, service: str, named: str) -> Step:
    """The step in whose file's name this is."""
    config = migrate.configuration(service)
    config.attributes["url"] = url
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    found = next(one for one in scripts if named in one.path)
    assert isinstance(found.down_revision, str)
    return Step(config, found.down_revision, found.revision)


@asynccontextmanager
async def town(url: str, service: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """A connection in which the rows of one town are read and written; its journal has begun."""
    connection = await asyncpg.connect(url)
    await connection.execute(f"SELECT set_config('app.municipality', '{TOWN}', false)")
    await connection.execute(
        f"INSERT INTO {service}.journal_head VALUES ({TOWN}, 'jena', 1, '') ON CONFLICT DO NOTHING"
    )
    yield connection
    await connection.close()
