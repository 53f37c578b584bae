"""A database that cannot be used is refused with one clear line."""

import os

import asyncpg
import pytest

from services.kit import migrate
from services.kit.migrate import DatabaseUnfit


async def test_a_missing_extension_is_named(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "EXTENSIONS", ("btree_gist", "no_such_extension"))
    with pytest.raises(DatabaseUnfit, match="lacks the extension no_such_extension"):
        await migrate.connect(database_url)


async def test_a_server_that_is_too_old_is_refused(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "OLDEST", 99)
    with pytest.raises(DatabaseUnfit, match="Planraum needs 99 or newer"):
        await migrate.connect(database_url)


async def test_a_database_that_does_not_exist_is_named() -> None:
    url = os.environ["PLANRAUM_TEST_SERVER"].replace("/postgres?", "/nowhere?")
    with pytest.raises(DatabaseUnfit, match="there is no such database"):
        await migrate.connect(url)


async def test_a_user_that_may_not_set_up_the_database_is_told_what_is_missing(
    database_url: str,
) -> None:
    admin = os.environ["PLANRAUM_TEST_SERVER"]
    connection = await asyncpg.connect(admin)
    try:
        await connection.execute(
            "DO $$ BEGIN CREATE ROLE visitor LOGIN; EXCEPTION WHEN duplicate_object THEN END $$"
        )
        await connection.execute("CREATE DATABASE visited_" + str(os.getpid()))
    finally:
        await connection.close()
    url = admin.replace("//planraum@", "//visitor@").replace(
        "/postgres?", f"/visited_{os.getpid()}?"
    )
    with pytest.raises(DatabaseUnfit, match="must be allowed to create roles and schemas"):
        await migrate.upgrade(url)


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert await migrate.upgrade(database_url) == []
