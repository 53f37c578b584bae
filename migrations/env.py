"""One Alembic environment; which service's history runs is the name of the section (-n boards)."""

import asyncio
import importlib
import os
import pkgutil

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import AutoString

service = context.config.config_ini_section
package = importlib.import_module(f"services.{service}")
for module in pkgutil.walk_packages(package.__path__, f"services.{service}."):
    if module.name.rsplit(".", 1)[1] == "tables":
        importlib.import_module(module.name)
target = importlib.import_module(f"services.{service}.tables").Table.metadata
KIT_TABLES = {"journal", "journal_head", "history", "idempotency", "follower", "alembic_version"}


def include_name(name: str | None, kind: str, _: object) -> bool:
    if kind == "schema":
        return name == service
    return not (kind == "table" and name in KIT_TABLES)


def render_item(kind: str, item: object, _: object) -> str | bool:
    """SQLModel's text type is a plain text column."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=target,
        version_table_schema=service,
        include_schemas=True,
        include_name=include_name,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        context.run_migrations()


async def main() -> None:
    url = context.config.attributes.get("url") or os.environ["DATABASE_URL"]
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"), poolclass=pool.NullPool
    )
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


asyncio.run(main())
