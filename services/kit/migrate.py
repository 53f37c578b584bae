"""Schemas, roles and migrations: each service owns one schema, its role has rights on it alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from alembic.config import Config

SERVICES = ("gateway", "indicators", "boards", "projects")
EXTENSIONS = ("btree_gin", "btree_gist", "pg_trgm")
OLDEST = 15
_FOLDER = Path(__file__).parents[2] / "migrations"
_LOCK = "SELECT pg_advisory_lock(hashtext('planraum.migrate'))"


class DatabaseUnfit(RuntimeError):
    """The database cannot be used; the text says why and what to do."""


def role_of(service: str) -> str:
    """The PostgreSQL role a service works as."""
    return f"planraum_{service}"


def configuration(service: str) -> Config:
    """Alembic's configuration of one service's history."""
    from alembic.config import Config  # loaded when it is needed: few commands migrate

    config = Config(_FOLDER / "alembic.ini", ini_section=service)
    config.set_section_option(service, "script_location", str(_FOLDER))
    config.set_section_option(service, "version_locations", str(_FOLDER / service / "versions"))
    return config


@lru_cache
def head(service: str) -> str:
    """The newest revision that the code knows."""
    from alembic.script import ScriptDirectory

    newest = ScriptDirectory.from_config(configuration(service)).get_current_head()
    if newest is None:
        raise DatabaseUnfit(f"There is no migration for {service}.")
    return newest


async def stored(connection: asyncpg.Connection[asyncpg.Record], service: str) -> str | None:
    """The revision that the database is at; None when it has none."""
    table = f"{service}.alembic_version"
    if await connection.fetchval("SELECT to_regclass($1)", table) is None:
        return None
    async with within(connection, service):
        revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    return revision


@asynccontextmanager
async def within(
    connection: asyncpg.Connection[asyncpg.Record], service: str
) -> AsyncIterator[None]:
    """A transaction in which tables without a schema are those of the service."""
    async with connection.transaction():
        await connection.execute("SELECT set_config('search_path', $1, true)", service)
        yield


async def connect(url: str) -> asyncpg.Connection[asyncpg.Record]:
    """A connection for the owner of the schemas; every way to fail has one clear line."""
    shown = url.split("@")[-1].split("?")[0]
    try:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(url, timeout=10)
    except asyncpg.InvalidAuthorizationSpecificationError:
        raise DatabaseUnfit(
            f"DATABASE_URL: {shown} does not accept this user or password."
        ) from None
    except asyncpg.InvalidCatalogNameError:
        raise DatabaseUnfit(f"DATABASE_URL: there is no such database at {shown}.") from None
    except (OSError, TimeoutError, asyncpg.PostgresError):
        raise DatabaseUnfit(f"DATABASE_URL: no PostgreSQL answers at {shown}.") from None
    except (ValueError, asyncpg.InterfaceError):
        raise DatabaseUnfit(
            "DATABASE_URL must look like postgresql://user:password@host:5432/database."
        ) from None
    try:
        await _check(connection)
    except BaseException:
        await connection.close()
        raise
    return connection


async def _check(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    major = connection.get_server_version().major
    if major < OLDEST:
        raise DatabaseUnfit(f"PostgreSQL {major} is too old; Planraum needs {OLDEST} or newer.")
    available = await connection.fetch("SELECT name FROM pg_available_extensions")
    missing = sorted(set(EXTENSIONS) - {row["name"] for row in available})
    if missing:
        names = ", ".join(missing)
        raise DatabaseUnfit(
            f"The database server lacks the extension {names}; install the contrib package "
            f"(Debian: postgresql-contrib) of its version."
        )


async def upgrade(url: str, passwords: dict[str, str] | None = None) -> list[str]:
    """Bring roles, schemas and migrations of all services to the newest state, one at a time.

    Returns the services that changed. `passwords` (service -> password) lets roles log in
    themselves, for services that run in processes of their own.
    """
    from alembic.util import CommandError

    connection = await connect(url)
    changed = []
    try:
        await connection.execute(_LOCK)
        for service in SERVICES:
            await _provide(connection, service, (passwords or {}).get(service))
            if await stored(connection, service) != head(service):
                await asyncio.to_thread(_upgrade, url, service)
                changed.append(service)
    except CommandError:
        raise DatabaseUnfit(
            "The database was migrated by a newer version of this program; install that version."
        ) from None
    except asyncpg.InsufficientPrivilegeError as error:
        raise DatabaseUnfit(
            "The user of DATABASE_URL may not set up the database: it must be allowed to create "
            f"roles and schemas ({type(error).__name__})."
        ) from None
    finally:
        await connection.close()
    return changed


def _upgrade(url: str, service: str) -> None:
    from alembic import command

    config = configuration(service)
    config.attributes["url"] = url
    command.upgrade(config, "head")


async def _provide(
    connection: asyncpg.Connection[asyncpg.Record], service: str, password: str | None
) -> None:
    role = role_of(service)
    if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role):
        # another database of the same server may be set up at the same moment
        with suppress(asyncpg.DuplicateObjectError):
            await connection.execute(f"CREATE ROLE {role} LOGIN NOINHERIT")
            await connection.execute(f"ALTER ROLE {role} SET search_path = {service}")
    if password is not None:
        quoted = await connection.fetchval("SELECT quote_literal($1)", password)
        await connection.execute(f"ALTER ROLE {role} PASSWORD {quoted}")
    for name in EXTENSIONS:
        if not await connection.fetchval("SELECT true FROM pg_extension WHERE extname = $1", name):
            await connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public")
    if await connection.fetchval("SELECT to_regnamespace($1) IS NOT NULL", service):
        return
    database = await connection.fetchval("SELECT quote_ident(current_database())")
    statements = (
        f"GRANT {role} TO CURRENT_USER",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role}",
        f"CREATE SCHEMA {service}",
        f"GRANT USAGE ON SCHEMA {service} TO {role}",
        f"""ALTER DEFAULT PRIVILEGES IN SCHEMA {service}
            GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}""",
    )
    async with connection.transaction():  # a schema that is there is there with its rights
        for statement in statements:
            await connection.execute(statement)
