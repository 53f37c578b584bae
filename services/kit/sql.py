"""Plain statements in the transaction of a session."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, TextClause
from sqlmodel.ext.asyncio.session import AsyncSession


async def run(
    session: AsyncSession, statement: TextClause, values: Mapping[str, Any]
) -> CursorResult[Any]:
    """Run a statement with its named values."""
    connection = await session.connection()
    return await connection.execute(statement, values)
