"""The statements of a check, over the working tables of its transaction."""

import json
from collections.abc import AsyncIterator, Iterable
from typing import Any, NamedTuple

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.recognition.queries import Lengths
from services.kit.database import municipality_of
from services.kit.native import Statements, native, statement

_SLOW = 600.0
"""Seconds that a step of the check of a million figures may take."""
_SQL = Statements(__package__, _SLOW)
_MEMORY = "SET LOCAL work_mem = '192MB'"
"""For sorting and hashing a million figures; the default of 4 MB would go through files."""


async def begin(session: AsyncSession) -> None:
    """Make the working tables."""
    connection = await native(session)
    await connection.execute(_MEMORY)
    await connection.execute(statement(__package__, "begin"))


async def arrive(session: AsyncSession, rows: AsyncIterator[bytes]) -> int:
    """COPY what the parser writes; how many rows it was."""
    connection = await native(session)
    done = await connection.copy_to_table("arriving", source=rows, format="text", timeout=_SLOW)
    return int(done.rpartition(" ")[2])


async def stage(session: AsyncSession, delivery: str) -> int | None:
    """Keep the figures until their release; how many, or None where one stands there twice.

    The key of the table notices that; to look for it beforehand would cost every file a tenth of
    its time.
    """
    connection = await native(session)
    try:
        async with connection.transaction():
            return await _SQL.run(session, "stage", _town(session), delivery)
    except asyncpg.UniqueViolationError:
        return None


async def replace(
    session: AsyncSession, delivery: str, indicators: list[str], periods: list[str]
) -> int:
    """Take back what the message leaves out of these indicators and periods; how many."""
    return await _SQL.run(session, "replace", _town(session), delivery, indicators, periods)


class Pattern(NamedTuple):
    """A key with gaps: None stands for everything, '' for every breakdown."""

    line: int
    indicator: str | None
    area: str | None
    period: str | None
    attributes: str


async def take_back(session: AsyncSession, delivery: str, patterns: Iterable[Pattern]) -> int:
    """Take back what fits these keys; how many figures."""
    columns = [list(column) for column in zip(*patterns, strict=True)]
    return await _SQL.run(session, "take_back", _town(session), delivery, *columns)


class Shown(NamedTuple):
    """How many figures are shown where the file has some, and how many of them it leaves out."""

    figures: int
    left_out: int


async def show(session: AsyncSession, lengths: Lengths) -> Shown:
    """Put what everybody sees now beside the figures of the file."""
    figures = await _SQL.run(session, "show", _town(session), *lengths)
    if not figures:
        return Shown(0, 0)
    await (await native(session)).execute("ANALYZE shown")
    return Shown(figures, await _SQL.run(session, "leave_out"))


async def diff(
    session: AsyncSession, delivery: str, shown: Shown, figures: int, most: int
) -> dict[str, Any]:
    """What the delivery would change of what is shown, as `DeliveryDiff`."""
    connection, town = await native(session), _town(session)
    if not shown.figures:
        return {**_NOTHING_SHOWN, "new": figures}
    taken = await _SQL.run(session, "forget_shown", town, delivery)
    await _SQL.run(session, "forget_left_out", town, delivery)
    made = await connection.fetchval(
        statement(__package__, "diff"), figures, taken, most, timeout=_SLOW
    )
    told: dict[str, Any] = json.loads(made)
    return told


_NOTHING_SHOWN = {
    **dict.fromkeys(("new", "changed", "unchanged", "taken_back", "vanished"), 0),
    **dict.fromkeys(("jumps", "emptied", "vanished_figures"), ()),
}


def _town(session: AsyncSession) -> int:
    return municipality_of(session).id
