"""Placing facilities in areas."""

import asyncio

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators import in_town
from services.indicators.placing import queries, rules
from services.indicators.placing.queries import Stale
from services.kit import sql

_FORGET = (
    text("""DELETE FROM facility_place WHERE municipality_id = :municipality
       AND (version = ANY (cast(:shapes AS uuid[]))
            OR facility = ANY (cast(:facilities AS text[])))"""),
    text("""DELETE FROM placed_shape WHERE municipality_id = :municipality
       AND version = ANY (cast(:shapes AS uuid[]))"""),
    text("""DELETE FROM placed_facility WHERE municipality_id = :municipality
       AND facility = ANY (cast(:facilities AS text[]))"""),
)
_KEEP_SHAPES = text("""
    INSERT INTO placed_shape (municipality_id, version, as_of, west, south, east, north,
                              longitude, latitude)
    SELECT :municipality, * FROM unnest(
        cast(:versions AS uuid[]), cast(:as_of AS int[]), cast(:west AS float8[]),
        cast(:south AS float8[]), cast(:east AS float8[]), cast(:north AS float8[]),
        cast(:longitude AS float8[]), cast(:latitude AS float8[]))""")
_KEEP_FACILITIES = text("""
    INSERT INTO placed_facility (municipality_id, facility, as_of)
    SELECT :municipality, * FROM unnest(cast(:facilities AS text[]), cast(:as_of AS int[]))""")
_KEEP_PLACES = text("""
    INSERT INTO facility_place (municipality_id, version, facility)
    SELECT :municipality, * FROM unnest(cast(:versions AS uuid[]), cast(:facilities AS text[]))""")


async def refresh(session: AsyncSession) -> None:
    """Place again what has changed, a facility or the shape of an area; mostly nothing has.

    Called by whoever reads places: areas are changed in many ways, and every one of them raises
    a revision.
    """
    if not any(await queries.stale(session)):
        return
    await sql.alone(session, "indicators.facilities.placing")
    changed = await queries.stale(session)
    if any(changed):
        await _place(session, changed)


async def _place(session: AsyncSession, changed: Stale) -> None:
    gone = {"shapes": changed.shapes, "facilities": changed.facilities}
    for statement in _FORGET:
        await in_town.run(session, statement, **gone)
    every = {row.key: row for row in await queries.locations(session)}
    points = {key: tuple(row.position) for key, row in every.items() if row.position}
    moved = {key: point for key, point in points.items() if key in set(changed.facilities)}
    shapes = await queries.shapes(session, changed)
    fresh = {row.id: row.geometry for row in shapes if row.changed}
    around = {row.id: row.geometry for row in shapes if not row.changed}
    placed = await asyncio.to_thread(rules.place, fresh, points)
    pairs = placed.pairs + (await asyncio.to_thread(rules.place, around, moved)).pairs
    revisions = {row.id: row.revision for row in shapes}
    facts = {
        name: [getattr(fact, name) for fact in placed.facts.values()]
        for name in rules.Facts._fields
    }
    versions = list(placed.facts)
    as_of = [revisions[version] for version in versions]
    await in_town.run(session, _KEEP_SHAPES, versions=versions, as_of=as_of, **facts)
    keys = changed.facilities
    as_of = [every[key].revision for key in keys]
    await in_town.run(session, _KEEP_FACILITIES, facilities=keys, as_of=as_of)
    await in_town.run(
        session, _KEEP_PLACES, versions=[v for v, _ in pairs], facilities=[f for _, f in pairs]
    )
