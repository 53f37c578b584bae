"""The statements of an import, over the working table of its transaction."""

from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import actor_of, municipality_of
from services.kit.native import Statements, native, statement
from services.projects.booking_imports.rules import Period

_SLOW = 120.0
"""Seconds that a step may take with half a million bookings."""
_SQL = Statements(__package__, _SLOW)
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


async def leaving(session: AsyncSession, mapping: str, period: Period | None) -> None:
    """Find what leaves its grant: no rule gives it any more, or the file has all of a period and
    does not have it any more."""
    given = municipality_of(session).id, mapping
    await _SQL.run(session, "release", *given)
    if period is not None:
        await _SQL.run(session, "vanish", *given, *period)
    await _SQL.run(session, "drop_unmatched")


async def compared(session: AsyncSession, mapping: str) -> Compared:
    """Compare what arrived by a mapping with what is stored."""
    (found,) = await _SQL.fetch(session, "compare", municipality_of(session).id, mapping)
    return Compared(**dict(found))


async def told(session: AsyncSession, most: int) -> Sequence[dict[str, Any]]:
    """The first rows that are new, changed, or leave their grant."""
    return [
        dict(row) for row in await _SQL.fetch(session, "told", municipality_of(session).id, most)
    ]


async def store(
    session: AsyncSession, mapping: str, difference: Compared, *, without_vanished: bool
) -> None:
    """Store what is new, what changed and what leaves; the past of it is kept."""
    town = municipality_of(session).id
    if not without_vanished:
        await _SQL.run(session, "keep_vanished")
    went = difference.released or (without_vanished and difference.vanished)
    if difference.adopted:
        await _SQL.run(session, "adopt", town, mapping)
    if difference.changed or went:
        await _SQL.run(session, "keep_past", town, actor_of(session).subject)
    if difference.changed:
        await _SQL.run(session, "change", town, mapping)
    if went:
        await _SQL.run(session, "leave", town)
    if difference.new:
        await _SQL.run(session, "add", town, mapping)
