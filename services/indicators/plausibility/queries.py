"""The statements that look for what is wrong, over the working tables of a check."""

from asyncio import to_thread
from collections.abc import Mapping
from typing import NamedTuple

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.delivery_checks import DeliveryChecks
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.plausibility import rules
from services.indicators.plausibility.rules import Definition
from services.kit.database import municipality_of
from services.kit.native import Statements, native

_SLOW = 600.0
"""Seconds that a look at a million figures may take."""
_SQL = Statements(__package__, _SLOW)


async def definitions(session: AsyncSession) -> dict[str, Definition]:
    """What the checks need of each indicator."""
    mine = col(IndicatorRow.municipality_id) == municipality_of(session).id
    return {
        row.key: Definition(
            kind=row.kind,
            cases_per_unit=row.cases_per_unit,
            units=frozenset(text.casefold() for text in row.unit.values()),
            checks=DeliveryChecks.model_validate(row.checks),
            base=row.protection.get("base"),
            computed=row.computed,
        )
        for row in await session.exec(select(IndicatorRow).where(mine))
    }


async def computed(session: AsyncSession, measures: Mapping[int, str]) -> list[asyncpg.Record]:
    """How many rows the file has of these computed indicators."""
    return await _SQL.fetch(session, "computed", list(measures), list(measures.values()))


async def computed_otherwise(
    session: AsyncSession, measures: Mapping[int, str], most: int
) -> list[asyncpg.Record]:
    """Rows of computed indicators whose value is not the one that everybody sees."""
    numbers, keys = list(measures), list(measures.values())
    return await _SQL.fetch(session, "computed_otherwise", _town(session), numbers, keys, most)


class Repeated(NamedTuple):
    """A line with a figure that stands on another line already."""

    line: int
    first_line: int
    differs: bool
    all_that_differ: int
    all_that_do_not: int


async def repeated(session: AsyncSession, most: int) -> list[Repeated]:
    """Figures that stand in the file twice, those that differ first; one of each is kept."""
    rows = await _SQL.fetch(session, "repeated", most)
    if rows:
        await _SQL.run(session, "drop_repeated")
    return [Repeated(*row) for row in rows]


class Scope(NamedTuple):
    """An indicator and a period of the file: figures, those with a value, provisional ones.

    Those that our own file hides and those below zero are counted apart.
    """

    indicator: int
    period: int
    figures: int
    valued: int
    provisional: int
    hidden: int
    negative: int
    line: int


async def scope(session: AsyncSession) -> list[Scope]:
    """What the file is about."""
    await _SQL.run(session, "scope")
    await (await native(session)).execute("ANALYZE scope")
    rows = await (await native(session)).fetch("SELECT * FROM scope ORDER BY indicator, period")
    return [Scope(*row) for row in rows]


async def add_up(session: AsyncSession, breadth: int) -> None:
    """Compute the sums for which there is a total; `breadth` lies between two areas in a place."""
    connection = await native(session)
    if await _SQL.run(session, "tree", _town(session)):
        await connection.execute("ANALYZE tree")
        await _SQL.run(session, "sum_areas", breadth)
    if await connection.fetchval("SELECT EXISTS (SELECT FROM category)"):
        await _SQL.run(session, "sum_categories")


async def add_up_stored(session: AsyncSession) -> None:
    """Compute the sums of which the file holds the total alone, or only some of the parts."""
    connection = await native(session)
    if not await _SQL.run(session, "beside_stored"):
        return
    await _SQL.run(session, "kin", _town(session))
    if not await _SQL.run(session, "beside_delivered"):
        return
    breakdowns = await connection.fetch("SELECT DISTINCT breakdown FROM beside")
    texts = [row["breakdown"] for row in breakdowns]
    named = await to_thread(rules.parts, texts)
    await connection.copy_records_to_table(
        "kind_of", records=[(texts[p.part], texts[p.whole], p.dimension) for p in named]
    )
    await connection.execute("ANALYZE beside, kin, kind_of")
    await _SQL.run(session, "sum_kin")
    await _SQL.run(session, "sum_kinds")


async def broken_sums(session: AsyncSession, most: int) -> list[asyncpg.Record]:
    """Of each indicator and subject the worst broken sums, with how many there are."""
    return await _SQL.fetch(session, "broken_sums", most)


async def implausible(session: AsyncSession, most: int) -> list[asyncpg.Record]:
    """Figures that jump out of their series, the farthest first."""
    connection, town = await native(session), _town(session)
    if await _SQL.run(session, "past", town):
        await connection.execute("ANALYZE past")
    if not await _SQL.run(session, "suspects"):
        return []
    await connection.execute("ANALYZE suspect")
    await _SQL.run(session, "suspicious")
    await connection.execute("ANALYZE suspicious")
    return await _SQL.fetch(session, "implausible", town, most)


async def negative(session: AsyncSession, most: int) -> list[asyncpg.Record]:
    """Counts below zero."""
    return await _SQL.fetch(session, "negative", most)


async def missing_areas(session: AsyncSession, most: int) -> list[asyncpg.Record]:
    """Areas that had a figure in the last period and are left out now."""
    return await _SQL.fetch(session, "missing_areas", _town(session), most)


async def not_valid(session: AsyncSession, most: int) -> list[asyncpg.Record]:
    """Values for areas that did not exist then."""
    return await _SQL.fetch(session, "not_valid", _town(session), most)


async def first_line(session: AsyncSession, measure: int) -> int:
    """The first line on which a measure (by its number in the file) stands."""
    line = await (await native(session)).fetchval(
        "SELECT min(line) FROM arriving WHERE measure = $1", measure, timeout=_SLOW
    )
    return int(line or 1)


def _town(session: AsyncSession) -> int:
    return municipality_of(session).id
