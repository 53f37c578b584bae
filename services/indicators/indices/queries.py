"""Every statement on recipes, figures and results of indices."""

import json
from asyncio import to_thread
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.indices import NewIndex
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.indices.method import candidates
from services.indicators.indices.method.candidates import Figure, Uppers
from services.indicators.indices.method.results import Result
from services.indicators.indices.method.results import results as results_of
from services.indicators.indices.tables import IndexEditionRow, IndexRow
from services.indicators.levels import queries as known_levels
from services.indicators.levels.tables import AreaLevelRow
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.native import Statements, copy_into, native, statement
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

INDICES = Kind(IndexRow, "indices", "indicators.index")
_SQL = Statements(__package__, 600.0)


async def page(
    session: AsyncSession, paging: Paging, topic: str | None, level: str | None
) -> Mapping[str, Any]:
    """Indices by key, of one topic or level."""
    where = matching(IndexRow, topic=topic, level=level)
    found = await INDICES.page(session, paging, *where)
    if not found["items"]:
        await known_levels.check(session, level)
    return found


async def every(session: AsyncSession) -> Sequence[IndexRow]:
    """All indices of the municipality, of every visibility."""
    mine = col(IndexRow.municipality_id) == municipality_of(session).id
    return (await session.exec(select(IndexRow).where(mine).order_by(col(IndexRow.key)))).all()


async def naming(session: AsyncSession, indicator: str) -> list[str]:
    """The indices that have this indicator as a component and that the actor may see."""
    rows = (await session.exec(select(IndexRow).where(INDICES.seen(session)))).all()
    return sorted(
        row.key
        for row in rows
        if any(indicator in (one["indicator"], one["change"]) for one in row.components)
    )


async def indicators(session: AsyncSession, keys: Collection[str]) -> dict[str, IndicatorRow]:
    """Those of the indicators that exist."""
    found = select(IndicatorRow).where(
        col(IndicatorRow.municipality_id) == municipality_of(session).id,
        col(IndicatorRow.key).in_(keys),
    )
    return {row.key: row for row in (await session.exec(found)).all()}


async def names(session: AsyncSession, keys: Collection[str]) -> dict[str, dict[str, str]]:
    """The names of those of the indicators that the actor may see."""
    found = select(IndicatorRow).where(INDICATORS.seen(session), col(IndicatorRow.key).in_(keys))
    return {row.key: row.name for row in (await session.exec(found)).all()}


async def edition(
    session: AsyncSession, key: str, release: int | None = None
) -> IndexEditionRow | None:
    """The newest computation of an index, or that which stood with a release."""
    asked = select(IndexEditionRow).where(
        col(IndexEditionRow.municipality_id) == municipality_of(session).id,
        col(IndexEditionRow.index_key) == key,
    )
    if release is not None:
        asked = asked.where(col(IndexEditionRow.release) <= release)
    newest = asked.order_by(col(IndexEditionRow.release).desc()).limit(1)
    return (await session.exec(newest)).one_or_none()


async def shown_otherwise(session: AsyncSession, keys: Sequence[str], release: int) -> bool:
    """Whether the release shows figures of these indicators otherwise than before."""
    found = await (await native(session)).fetchval(
        "SELECT EXISTS (SELECT FROM published WHERE municipality_id = $1 AND indicator = ANY ($2)"
        " AND $3 IN (release_from, release_to))",
        municipality_of(session).id,
        list(keys),
        release,
    )
    return bool(found)


async def computed(
    session: AsyncSession, recipe: NewIndex, *, whole: bool, weights: Sequence[float] | None = None
) -> list[Result]:
    """The results of a recipe from figures that are shown.

    `whole`: not limited by the decimals with which rates are shown.
    """
    town, named = municipality_of(session).id, candidates.named(recipe)
    rows = await _SQL.fetch(session, "inputs", town, named, recipe.level, whole)
    levels, versions = await _territory(session) if recipe.aggregation else ({}, {})
    figures = map(Figure._make, rows)
    return await to_thread(results_of, recipe, figures, levels, versions, weights)


async def _territory(session: AsyncSession) -> tuple[dict[str, str], Uppers]:
    town = municipality_of(session).id
    levels = dict(
        (
            await session.exec(
                select(AreaRow.key, AreaRow.level).where(col(AreaRow.municipality_id) == town)
            )
        ).all()
    )
    versions: dict[str, list[tuple[date, date | None, str | None]]] = defaultdict(list)
    rows = await session.exec(
        select(AreaVersionRow).where(col(AreaVersionRow.municipality_id) == town)
    )
    for row in rows.all():
        versions[row.area].append((row.valid_from, row.valid_to, row.parent))
    return levels, versions


async def keep(
    session: AsyncSession,
    row: IndexRow,
    recipe: NewIndex,
    made: Sequence[Result],
    figures: tuple[str, str | None],
    release: int,
) -> None:
    """Keep the results of an index, and let its figures move.

    `figures` are the indicators of state and dynamics.
    """
    connection = await native(session)
    await connection.execute(statement(__package__, "begin"))
    await connection.execute("TRUNCATE index_made")
    await copy_into(session, "index_made", Result._fields, made)
    await connection.execute("ANALYZE index_made")
    await _run(session, "end_old", row.key, release)
    await _run(session, "add_new", row.key, release)
    await _run(session, "retract", row.key)
    basis = json.dumps({"index": row.key, "revision": row.revision})
    await _run(session, "figures", *figures, basis)
    session.add(
        IndexEditionRow(
            municipality_id=row.municipality_id,
            index_key=row.key,
            release=release,
            recipe_revision=row.revision,
            recipe=recipe.model_dump(mode="json"),
        )
    )
    await session.flush()


async def publish(session: AsyncSession, keys: Sequence[str], release: int) -> None:
    """Show the figures of the index that was kept last, and hide earlier ones where need be."""
    await _run(session, "unpublish", list(keys), release)
    await _run(session, "publish", list(keys), release)
    await _run(session, "retract_figures", list(keys))


async def _run(session: AsyncSession, name: str, *values: Any) -> int:
    return await _SQL.run(session, name, municipality_of(session).id, *values)


async def newest_release(session: AsyncSession) -> int:
    """The number of the newest release; 0 before the first."""
    found = await (await native(session)).fetchval(
        "SELECT release FROM edition WHERE municipality_id = $1", municipality_of(session).id
    )
    return int(found or 0)


async def results(
    session: AsyncSession, key: str, release: int, period: str | None
) -> list[tuple[Result, bool]]:
    """The results of an index as they stood with a release, and whether the area may be seen."""
    rows = await (await native(session)).fetch(
        statement(__package__, "results"),
        municipality_of(session).id,
        key,
        release,
        [str(one) for one in visible_to(actor_of(session))],
        period,
    )
    return [(Result._make(tuple(row)[:-1]), row["seen"]) for row in rows]


async def newest_period(session: AsyncSession, key: str, release: int) -> str | None:
    """The last period for which an index had results with a release."""
    found = await (await native(session)).fetchval(
        "SELECT period FROM index_result WHERE municipality_id = $1 AND index_key = $2"
        " AND release_from <= $3 AND (release_to IS NULL OR release_to > $3)"
        " ORDER BY period_end DESC, period LIMIT 1",
        municipality_of(session).id,
        key,
        release,
    )
    return None if found is None else str(found)


async def shown(
    session: AsyncSession, keys: Iterable[str], area: str, release: int
) -> list[Figure]:
    """What was shown of figures of these indicators in an area with a release."""
    rows = await (await native(session)).fetch(
        "SELECT indicator, area, '' AS level, period_end, period, breakdown, value, status"
        " FROM published WHERE municipality_id = $1 AND indicator = ANY ($2) AND area = $3"
        " AND release_from <= $4 AND (release_to IS NULL OR release_to > $4)",
        municipality_of(session).id,
        list(keys),
        area,
        release,
    )
    return [Figure._make(row) for row in rows]


async def levels(session: AsyncSession) -> dict[str, int]:
    """The rank of each level from the top."""
    mine = col(AreaLevelRow.municipality_id) == municipality_of(session).id
    found = select(AreaLevelRow.key, AreaLevelRow.position).where(mine)
    return dict((await session.exec(found)).all())


async def areas_seen(session: AsyncSession) -> frozenset[str]:
    """The areas that the actor may see."""
    found = select(AreaRow.key).where(
        col(AreaRow.municipality_id) == municipality_of(session).id,
        col(AreaRow.visibility).in_(visible_to(actor_of(session))),
    )
    return frozenset((await session.exec(found)).all())
