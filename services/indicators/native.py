"""What SQLModel is no help with: COPY, temporary tables and statements kept in .sql files."""

from importlib.resources import files
from typing import TypeAlias

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def native(session: AsyncSession) -> Connection:
    """The asyncpg connection of the session's transaction."""
    connection = await (await session.connection()).get_raw_connection()
    driver: Connection = connection.driver_connection
    return driver


def statement(package: str, name: str) -> str:
    """The statement in `sql/<name>.sql` beside the modules of the package."""
    return (files(package) / "sql" / f"{name}.sql").read_text("utf-8")
