"""A database of its own, in which steps of the migrations are taken back and again."""

import asyncio
import os
from typing import NamedTuple
from uuid import uuid4

from alembic.config import Config
from alembic.script import ScriptDirectory

from services.kit import migrate
from tests.support import server


class Step(NamedTuple):
    """A step of a service's history in a database, and the one before it."""

    config: Config
    before: str
    revision: str


def fresh() -> str:
    """The address of a new database that went through the history of every service."""
    admin = os.environ["PLANRAUM_TEST_SERVER"]
    name = f"history_{uuid4().hex}"
    asyncio.run(server.create(admin, name, "template0"))
    url = admin.replace("/postgres?", f"/{name}?")
    assert asyncio.run(migrate.upgrade(url)) == list(migrate.SERVICES)
    return url


def step(url: str, service: str, named: str) -> Step:
    """The step in whose file's name this is."""
    config = migrate.configuration(service)
    config.attributes["url"] = url
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    found = next(one for one in scripts if named in one.path)
    assert isinstance(found.down_revision, str)
    return Step(config, found.down_revision, found.revision)
