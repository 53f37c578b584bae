"""Statements about the municipality of the session, which they name `:municipality`."""

from typing import Any

from sqlalchemy import CursorResult, TextClause
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit import sql
from services.kit.database import municipality_of


async def run(session: AsyncSession, what: TextClause, **values: Any) -> CursorResult[Any]:
    """Run a statement with its named values."""
    return await sql.run(session, what, {"municipality": municipality_of(session).id, **values})
