"""What the town knows, and the statements that put it beside what a file says."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.areas.queries import AREAS, without_shapes
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.indicators.catalogue import queries as catalogue
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.deliveries.formats.slugs import slug
from services.indicators.recognition.rules import KnownArea, Town
from services.indicators.slots import queries as slots
from services.kit.database import actor_of, municipality_of
from services.kit.native import Statements, native

_SLOW = 600.0
"""Seconds that a million rows may take."""
_SQL = Statements(__package__, _SLOW)


async def town(session: AsyncSession) -> Town:
    """What the actor may deliver for: the administration for every area and indicator.

    A supplier for those that it sees, and for the indicators of the slots agreed with it: what a
    delivery would change tells what is shown. Only areas to be seen are suggested.
    """
    everything = actor_of(session).sees_everything
    mine = col(AreaVersionRow.municipality_id) == municipality_of(session).id
    versions = await session.exec(
        select(AreaVersionRow)
        .where(mine)
        .order_by(col(AreaVersionRow.valid_from))
        .options(without_shapes())
    )
    seen = set((await session.exec(select(AreaRow.key).where(AREAS.seen(session)))).all())
    areas: dict[str, list[KnownArea]] = {}
    names: dict[str, list[KnownArea]] = {}
    labels: dict[str, str] = {}
    for version in versions:
        if not everything and version.area not in seen:
            continue
        for scheme, code in [("", version.area), *version.codes.items()]:
            known = KnownArea(version.area, scheme, version.valid_from, version.valid_to)
            areas.setdefault(code, []).append(known)
            for name in {slug(text) for text in version.name.values()}:
                names.setdefault(name, []).append(known)
            if version.area in seen:
                labels[code] = version.name["de"]
    indicators, owners = await catalogue.keys(session), await catalogue.owners(session)
    if not everything:
        indicators &= await _agreed_or_seen(session)
    return Town(
        areas=areas,
        names=names,
        labels=labels,
        indicators=indicators,
        source_codes={code: key for code, key in owners.items() if key in indicators},
    )


async def _agreed_or_seen(session: AsyncSession) -> frozenset[str]:
    found = set(
        (await session.exec(select(IndicatorRow.key).where(INDICATORS.seen(session)))).all()
    )
    supplier = actor_of(session).supplier
    agreed = await slots.for_supplier(session, supplier) if supplier is not None else ()
    return frozenset(found.union(*(slot.indicators for slot in agreed)))


class Lengths(NamedTuple):
    """How many areas, periods and breakdowns there are: they make one number of a place."""

    areas: int
    periods: int
    breakdowns: int


async def fill(session: AsyncSession, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Fill one of the small working tables."""
    connection = await native(session)
    await connection.copy_records_to_table(table, records=list(rows))
    await connection.execute(f"ANALYZE {table}")


class Unmatched(NamedTuple):
    """A place or measure (by its number in the file), the rows it costs, the first of them."""

    number: int
    rows: int
    line: int


async def unmatched(session: AsyncSession, what: str, numbers: Sequence[int]) -> list[Unmatched]:
    """Of these `places` or `measures` those that cost rows, the most frequent first."""
    if not numbers:
        return []
    rows = await _SQL.fetch(session, f"unmatched_{what}", list(numbers))
    return [Unmatched(*row) for row in rows]


class Numbers(NamedTuple):
    """What the numbers of the file mean, in its own order; of areas -1 where that changed."""

    indicators: Sequence[int | None]
    areas: Sequence[int | None]
    periods: Sequence[int]
    lengths: Sequence[int]
    breakdowns: Sequence[int]


async def match(session: AsyncSession, numbers: Numbers, lengths: Lengths) -> int:
    """Make figures of the rows that mean something; how many."""
    matched = await _SQL.run(session, "match", *numbers, *lengths)
    columns = "place, indicator, area, period, breakdown, length"
    await (await native(session)).execute(f"ANALYZE found ({columns})", timeout=_SLOW)
    return matched
