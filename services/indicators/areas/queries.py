"""Every question asked of the stored areas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, func, text, tuple_
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.orm import QueryableAttribute, defer
from sqlalchemy.orm.interfaces import ORMOption
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.areas import Area, NewAreaVersion
from services.contracts.shared.base import Revision
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.indicators.geojson import collected
from services.indicators.levels import queries as levels
from services.indicators.levels.tables import AreaLevelRow
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.paging import Paging
from services.kit.problems import Invalid, NotFound
from services.kit.resources import Kind, paged

AREAS = Kind(AreaRow, "areas", "indicators.area")
TREE = "indicators.areas"
"""Changes of the tree of areas wait for each other."""


@dataclass(frozen=True)
class Choice:
    """Which areas are asked for, as they are on the day `on`."""

    on: date
    level: str | None = None
    parent: str | None = None
    within: str | None = None
    code: str | None = None


def valid_on(day: date) -> ColumnElement[bool]:
    """Versions valid on the day."""
    end = col(AreaVersionRow.valid_to)
    return (col(AreaVersionRow.valid_from) <= day) & (end.is_(None) | (end > day))


def _mine(session: AsyncSession) -> ColumnElement[bool]:
    return col(AreaVersionRow.municipality_id) == municipality_of(session).id


def _chosen(session: AsyncSession, choice: Choice) -> list[ColumnElement[bool]]:
    version = AreaVersionRow
    where = [
        AREAS.seen(session),
        _mine(session),
        col(version.area) == col(AreaRow.key),
        valid_on(choice.on),
    ]
    if choice.level is not None:
        where.append(col(AreaRow.level) == choice.level)
    if choice.parent is not None:
        where.append(col(version.parent) == choice.parent)
    if choice.within is not None:
        where.append(col(AreaRow.key).in_(_below(session, choice.within, choice.on)))
    if choice.code is not None:
        scheme, colon, code = choice.code.rpartition(":")
        where.append(
            col(version.codes).contains({scheme: code})
            if colon
            else func.jsonb_path_exists(
                col(version.codes),
                cast("$.* ? (@ == $code)", JSONPATH),
                func.jsonb_build_object("code", code),
            )
        )
    return where


async def _check(session: AsyncSession, choice: Choice) -> None:
    """Refuse (422) a level and areas above that do not exist, or are not for the actor to see."""
    await levels.check(session, choice.level)
    for name, key in (("parent", choice.parent), ("within", choice.within)):
        if key is None:
            continue
        known = select(col(AreaRow.key)).where(AREAS.seen(session), col(AreaRow.key) == key)
        if (await session.exec(known)).first() is None:
            detail = f"There is no area {key!r}."
            raise Invalid(detail, parameter=name, code="unknown")


def _below(session: AsyncSession, top: str, on: date) -> Select[Any]:
    parts = [_mine(session), valid_on(on)]
    found = select(AreaVersionRow.area).where(col(AreaVersionRow.parent) == top, *parts)
    tree = found.cte("below", recursive=True)
    tree = tree.union(
        select(AreaVersionRow.area).where(col(AreaVersionRow.parent) == tree.c.area, *parts)
    )
    return select(tree.c.area)


def answer(row: AreaRow, version: AreaVersionRow, *, geometry: bool, has_geometry: bool) -> Area:
    """The area in one of its versions."""
    versioned = {
        name: getattr(version, name) for name in NewAreaVersion.model_fields if name != "geometry"
    }
    return Area.model_validate(
        {
            **row.model_dump(),
            **versioned,
            "geometry": version.geometry if geometry else None,
            "has_geometry": has_geometry,
        }
    )


def without_shapes() -> ORMOption:
    """Leave the shapes of versions in the database: they are large."""
    shape = col(AreaVersionRow.geometry)
    assert isinstance(shape, QueryableAttribute)
    return defer(shape, raiseload=True)


async def page(
    session: AsyncSession, paging: Paging, choice: Choice, *, geometry: bool
) -> Mapping[str, Any]:
    """Areas by key, in the version valid on the day."""
    shape = col(AreaVersionRow.geometry)
    statement = select(AreaRow, AreaVersionRow, shape.is_not(None)).where(*_chosen(session, choice))
    if not geometry:
        statement = statement.options(without_shapes())
    place = paging.place(str)
    if place is not None:
        statement = statement.where(tuple_(col(AreaRow.key)) > tuple_(*place))
    found = await session.exec(statement.order_by(col(AreaRow.key)).limit(paging.limit + 1))
    areas = [
        answer(row, version, geometry=geometry, has_geometry=has)
        for row, version, has in found.all()
    ]
    if not areas:
        await _check(session, choice)
    return paged(session, paging, areas, lambda area: [area.key])


async def map_of(session: AsyncSession, choice: Choice) -> bytes:
    """The areas as a GeoJSON FeatureCollection, built in the database."""
    await _check(session, choice)
    fixed = ("key", "level", "kind", "visibility")
    versioned = ("valid_from", "valid_to", "name", "parent", "codes", "geometry_is_schematic")
    properties = {name: getattr(AreaRow, name) for name in fixed}
    properties |= {name: getattr(AreaVersionRow, name) for name in versioned}
    made = collected(AreaRow.key, AreaVersionRow.geometry, properties)
    statement = select(made).where(*_chosen(session, choice))
    return str((await session.exec(statement)).one()).encode()


async def versions(session: AsyncSession, key: str) -> Sequence[AreaVersionRow]:
    """Every version of an area, the earliest first."""
    statement = (
        select(AreaVersionRow)
        .where(_mine(session), col(AreaVersionRow.area) == key)
        .order_by(col(AreaVersionRow.valid_from))
    )
    return (await session.exec(statement)).all()


async def several(
    session: AsyncSession, keys: Iterable[str]
) -> dict[str, tuple[AreaRow, list[AreaVersionRow]]]:
    """Those of the areas that exist, locked, with their versions, the earliest first."""
    mine = col(AreaRow.municipality_id) == municipality_of(session).id
    rows = await session.exec(
        select(AreaRow).where(mine, col(AreaRow.key).in_(keys)).with_for_update(key_share=True)
    )
    found: dict[str, tuple[AreaRow, list[AreaVersionRow]]] = {row.key: (row, []) for row in rows}
    statement = select(AreaVersionRow).where(_mine(session), col(AreaVersionRow.area).in_(found))
    for version in await session.exec(statement.order_by(col(AreaVersionRow.valid_from))):
        found[version.area][1].append(version)
    return found


def version_on(known: Sequence[AreaVersionRow], on: date | None) -> AreaVersionRow:
    """The version valid on the day; without a day today's, or else the nearest to today."""
    day = on or today()
    for version in known:
        if version.valid_from <= day and (version.valid_to is None or day < version.valid_to):
            return version
    if on is not None:
        raise NotFound(f"The area is not valid on {on}.")
    begun = [version for version in known if version.valid_from <= day]
    return begun[-1] if begun else known[0]


async def one(session: AsyncSession, key: str, on: date | None, *, geometry: bool) -> Area:
    """An area in the version valid on the day."""
    row = await AREAS.one(session, key)
    version = version_on(await versions(session, row.key), on)
    session.info["variant"] = str(version.valid_from)
    has = version.geometry is not None
    return answer(row, version, geometry=geometry, has_geometry=has)


async def keys_by_code(session: AsyncSession, scheme: str, day: date) -> dict[str, list[str]]:
    """The areas that have a code of this scheme on a day, by code."""
    code = col(AreaVersionRow.codes)[scheme].as_string()
    statement = select(code, AreaVersionRow.area).where(
        _mine(session), valid_on(day), code.is_not(None)
    )
    found: dict[str, list[str]] = {}
    for given, area in await session.exec(statement.order_by(col(AreaVersionRow.area))):
        found.setdefault(given, []).append(area)
    return found


async def parents_on(session: AsyncSession, day: date) -> dict[str, str | None]:
    """The tree of areas on a day: each area and the one that it is part of."""
    statement = select(AreaVersionRow.area, AreaVersionRow.parent).where(
        _mine(session), valid_on(day)
    )
    return dict((await session.exec(statement)).all())


async def all_parents(session: AsyncSession) -> Iterable[tuple[str, str]]:
    """Each area with each that it was or is part of."""
    parent = col(AreaVersionRow.parent)
    statement = (
        select(AreaVersionRow.area, AreaVersionRow.parent)
        .where(_mine(session), parent.is_not(None))
        .distinct()
    )
    return [(area, above) for area, above in await session.exec(statement) if above]


async def ranks(session: AsyncSession) -> dict[str, int]:
    """The rank of each area: the position of its level."""
    statement = select(AreaRow.key, AreaLevelRow.position).where(
        col(AreaRow.municipality_id) == municipality_of(session).id,
        col(AreaLevelRow.municipality_id) == col(AreaRow.municipality_id),
        col(AreaLevelRow.key) == col(AreaRow.level),
    )
    return dict((await session.exec(statement)).all())


async def positions(session: AsyncSession) -> dict[str, int]:
    """Each level and its position."""
    statement = select(AreaLevelRow.key, AreaLevelRow.position).where(
        col(AreaLevelRow.municipality_id) == municipality_of(session).id
    )
    return dict((await session.exec(statement)).all())


async def history(session: AsyncSession, key: str) -> list[Revision]:
    """Every state of the area, newest first, with all its versions as they were then."""
    row = await AREAS.one(session, key)
    values = {"municipality": row.municipality_id, "id": row.id, "key": row.key}
    found = await sql.run(session, _HISTORY, values)
    return [Revision.model_validate(dict(entry)) for entry in found.mappings()]


_HISTORY = text("""
    SELECT h.revision, h.changed_at, h.actor, h."row" || jsonb_build_object('versions', (
        SELECT jsonb_agg(v."row" - 'id' - 'area' ORDER BY v."row" ->> 'valid_from')
        FROM (SELECT DISTINCT ON (id) "row" FROM history
              WHERE municipality_id = h.municipality_id AND resource = 'area_version'
                AND id IN (SELECT id FROM area_version
                           WHERE municipality_id = h.municipality_id AND area = :key)
                AND revision <= h.revision
              ORDER BY id, revision DESC) AS v)) AS "row"
    FROM history AS h
    WHERE h.municipality_id = :municipality AND h.resource = 'area' AND h.id = :id
    ORDER BY h.revision DESC""")
