"""The statements of an import, over the working table of its transaction."""

from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import actor_of, municipality_of
from services.kit.native import native, statement

_SLOW = 120.0
"""Seconds that a step may take with half a million bookings."""
_MEMORY = "SET LOCAL work_mem = '96MB'"


class Compared(NamedTuple):
    """What the file changes; `digest` names exactly that."""

    new: int
    changed: int
    same: int
    amount: Decimal
    digest: str


async def arrive(session: AsyncSession, rows: AsyncIterator[bytes]) -> None:
    """Make the working table and COPY what the reader writes into it."""
    connection = await native(session)
    await connection.execute(_MEMORY)
    await connection.execute(statement(__package__, "begin"))
    await connection.copy_to_table("arriving_booking", source=rows, format="text", timeout=_SLOW)


async def compared(session: AsyncSession) -> Compared:
    """Compare what arrived with what is stored."""
    connection, town = await native(session), municipality_of(session).id
    found = await connection.fetchrow(statement(__package__, "compare"), town, timeout=_SLOW)
    assert found is not None
    return Compared(**dict(found))


async def told(session: AsyncSession, most: int) -> Sequence[dict[str, Any]]:
    """The first rows that are new or changed."""
    connection, town = await native(session), municipality_of(session).id
    found = await connection.fetch(statement(__package__, "told"), town, most, timeout=_SLOW)
    return [dict(row) for row in found]


async def store(session: AsyncSession, difference: Compared) -> None:
    """Store what is new and what changed; the past of what changed is kept."""
    connection, town = await native(session), municipality_of(session).id
    if difference.changed:
        actor = actor_of(session).subject
        past = statement(__package__, "keep_past")
        await connection.execute(past, town, actor, timeout=_SLOW)
        await connection.execute(statement(__package__, "change"), town, timeout=_SLOW)
    if difference.new:
        await connection.execute(statement(__package__, "add"), town, timeout=_SLOW)
