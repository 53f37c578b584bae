"""The statements of an import, over the working table of its transaction."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
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
    adopted: int
    released: int
    vanished: int
    amount: Decimal
    vanished_amount: Decimal
    digest: str


async def arrive(session: AsyncSession, rows: AsyncIterator[bytes]) -> None:
    """Make the working table and COPY what the reader writes into it."""
    connection = await native(session)
    await connection.execute(_MEMORY)
    await connection.execute(statement(__package__, "begin"))
    await connection.copy_to_table("arriving_booking", source=rows, format="text", timeout=_SLOW)


async def leaving(session: AsyncSession, mapping: str, whole: Sequence[date]) -> None:
    """Find what leaves its grant: no rule gives it any more, or, of the days of which the file is
    the `whole` (first and last; none where it is not), the file has it no more."""
    connection, town = await native(session), municipality_of(session).id
    given = town, mapping
    await connection.execute(statement(__package__, "release"), *given, timeout=_SLOW)
    if whole:
        await connection.execute(statement(__package__, "vanish"), *given, *whole, timeout=_SLOW)
    await connection.execute('DELETE FROM arriving_booking WHERE "grant" IS NULL', timeout=_SLOW)


async def compared(session: AsyncSession, mapping: str) -> Compared:
    """Compare what arrived by a mapping with what is stored."""
    connection, town = await native(session), municipality_of(session).id
    found = await connection.fetchrow(
        statement(__package__, "compare"), town, mapping, timeout=_SLOW
    )
    assert found is not None
    return Compared(**dict(found))


async def told(session: AsyncSession, most: int) -> Sequence[dict[str, Any]]:
    """The first rows that are new, changed, or leave their grant."""
    connection, town = await native(session), municipality_of(session).id
    found = await connection.fetch(statement(__package__, "told"), town, most, timeout=_SLOW)
    return [dict(row) for row in found]


async def store(
    session: AsyncSession, mapping: str, difference: Compared, *, without_vanished: bool
) -> None:
    """Store what is new, what changed and what leaves; the past of it is kept."""
    connection, town = await native(session), municipality_of(session).id

    async def run(name: str, *values: str) -> None:
        await connection.execute(statement(__package__, name), town, *values, timeout=_SLOW)

    if not without_vanished:
        await connection.execute("DELETE FROM leaving_booking WHERE finding = 'vanished'")
    went = difference.released or (without_vanished and difference.vanished)
    if difference.adopted:
        await run("adopt", mapping)
    if difference.changed or went:
        await run("keep_past", actor_of(session).subject)
    if difference.changed:
        await run("change", mapping)
    if went:
        await run("leave")
    if difference.new:
        await run("add", mapping)
