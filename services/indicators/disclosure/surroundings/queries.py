"""Every statement on the trees by which figures add up."""

from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.areas.tables import AreaRow
from services.indicators.dimensions.tables import DimensionRow
from services.indicators.disclosure.surroundings import rules
from services.indicators.disclosure.surroundings.rules import Change, Trees, Version
from services.indicators.disclosure.surroundings.tables import CheckedRow
from services.kit.database import municipality_of
from services.kit.native import native, statement

_SLOW = 600.0
_VERSIONS = "SELECT area, parent, valid_from, valid_to FROM area_version WHERE municipality_id = $1"


async def versions(session: AsyncSession) -> list[Version]:
    """Every version of every area."""
    rows = await (await native(session)).fetch(_VERSIONS, municipality_of(session).id)
    return [Version(*row) for row in rows]


async def levels(session: AsyncSession) -> dict[str, str]:
    """The level of each area."""
    mine = col(AreaRow.municipality_id) == municipality_of(session).id
    return dict((await session.exec(select(AreaRow.key, AreaRow.level).where(mine))).all())


async def attributes(session: AsyncSession) -> dict[str, dict[str, str | None]]:
    """Of each dimension the attributes and the attribute that each is part of."""
    mine = col(DimensionRow.municipality_id) == municipality_of(session).id
    found = await session.exec(select(DimensionRow.code, DimensionRow.attributes).where(mine))
    return {code: {one["code"]: one.get("parent") for one in listed} for code, listed in found}


async def changed(session: AsyncSession) -> tuple[Change, Trees]:
    """What has changed since figures were checked last, and how it is now."""
    now = rules.trees(await versions(session), await levels(session), await attributes(session))
    row = await session.get(CheckedRow, municipality_of(session).id)
    before = Trees(row.areas, row.codes) if row is not None else None
    return rules.change(before, now), now


async def checked(session: AsyncSession, release: int, trees: Trees) -> None:
    """Note that what is shown from this release on is safe with these trees."""
    town = municipality_of(session).id
    row = await session.get(CheckedRow, town) or CheckedRow(
        municipality_id=town, release=release, areas={}, codes={}
    )
    row.release, row.areas, row.codes = release, dict(trees.areas), dict(trees.codes)
    session.add(row)
    await session.flush()


async def touched(session: AsyncSession, change: Change) -> list[tuple[str, int]]:
    """The indicators and years of shown figures whose sums are others since the change."""
    if not change.areas and not change.dimensions:
        return []
    first, last = date(change.first.year, 1, 1), date(change.last.year, 12, 31)
    rows = await (await native(session)).fetch(
        statement(__package__, "touched"),
        municipality_of(session).id,
        change.touched,
        first,
        last,
        [f"(^|&){code}=" for code in change.dimensions],
        timeout=_SLOW,
    )
    return [(row["indicator"], row["year"]) for row in rows]
