"""Plain statements in the transaction of a session."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, TextClause, text
from sqlmodel.ext.asyncio.session import AsyncSession


async def run(
    session: AsyncSession, statement: TextClause, values: Mapping[str, Any]
) -> CursorResult[Any]:
    """Run a statement with its named values."""
    connection = await session.connection()
    return await connection.execute(statement, values)


_ALONE = text("""
    SELECT pg_advisory_xact_lock(
        hashtextextended(:what, nullif(current_setting('app.municipality', true), '')::bigint))""")


async def alone(session: AsyncSession, what: str) -> None:
    """Until commit nobody else does `what` in this municipality: for rules over many rows."""
    await run(session, _ALONE, {"what": what})
