"""Every question asked of the stored facilities."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Text, cast, func, tuple_
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.facilities import Facility, FacilityState, NewFacility
from services.indicators.facilities.rules import Near
from services.indicators.facilities.tables import FacilityRow
from services.indicators.facility_kinds.queries import FACILITY_KINDS
from services.indicators.geojson import collected
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, paged

FACILITIES = Kind(FacilityRow, "facilities", "indicators.facility", within={"kind": FACILITY_KINDS})
_EARTH = 2 * 6_371_008.8  # twice the mean radius in metres (IUGG)


@dataclass(frozen=True)
class Choice:
    """Which facilities are asked for; None leaves a side open."""

    kind: str | None = None
    state: FacilityState | None = None
    target_group: str | None = None
    language: str | None = None
    among: Iterable[str] | None = None
    """Only those with these keys."""


def _chosen(session: AsyncSession, choice: Choice) -> list[ColumnElement[bool]]:
    where = [FACILITIES.seen(session)]
    if choice.kind is not None:
        where.append(col(FacilityRow.kind) == choice.kind)
    if choice.state is not None:
        where.append(col(FacilityRow.state) == choice.state)
    if choice.language is not None:
        where.append(col(FacilityRow.languages).contains([choice.language]))
    if choice.target_group is not None:
        words = func.jsonb_path_query_array(
            col(FacilityRow.target_groups), cast("$[*].*", JSONPATH)
        )
        where.append(cast(words, Text).icontains(choice.target_group, autoescape=True))
    if choice.among is not None:
        where.append(col(FacilityRow.key).in_(choice.among))
    return where


async def page(session: AsyncSession, paging: Paging, choice: Choice) -> Mapping[str, Any]:
    """Facilities by key."""
    return await FACILITIES.page(session, paging, *_chosen(session, choice))


async def nearest(
    session: AsyncSession, paging: Paging, choice: Choice, near: Near
) -> Mapping[str, Any]:
    """Facilities whose place is known, the nearest first."""
    distance = _distance(near)
    where = [*_chosen(session, choice), col(FacilityRow.location).is_not(None)]
    if near.radius is not None:
        where.append(distance <= near.radius)
    key = col(FacilityRow.key)
    place = paging.place(int, str)
    if place is not None:
        where.append(tuple_(distance, key) > tuple_(*place))
    statement = select(FacilityRow, distance).where(*where).order_by(distance, key)
    found = await session.exec(statement.limit(paging.limit + 1))
    items = [
        Facility.model_validate({**row.model_dump(), "distance": metres})
        for row, metres in found.all()
    ]
    return paged(session, paging, items, lambda item: [item.distance, item.key])


def _distance(near: Near) -> ColumnElement[int]:
    """Metres on the sphere from the place (haversine)."""
    longitude, latitude = (
        cast(col(FacilityRow.location)["coordinates"][n].astext, Float) for n in (0, 1)
    )
    up = func.sin(func.radians(latitude - near.latitude) / 2)
    along = func.sin(func.radians(longitude - near.longitude) / 2)
    across = func.cos(func.radians(near.latitude)) * func.cos(func.radians(latitude))
    chord = up * up + across * along * along
    return cast(func.round(_EARTH * func.asin(func.sqrt(func.least(1.0, chord)))), Integer)


async def map_of(session: AsyncSession, choice: Choice) -> bytes:
    """The facilities as a GeoJSON FeatureCollection, built in the database."""
    properties = {
        name: getattr(FacilityRow, name)
        for name in ("id", "revision", *NewFacility.model_fields)
        if name != "location"
    }
    made = collected(FacilityRow.key, FacilityRow.location, properties)
    statement = select(made).where(*_chosen(session, choice))
    return str((await session.exec(statement)).one()).encode()


async def several(session: AsyncSession, keys: Iterable[str]) -> dict[str, FacilityRow]:
    """Those of the facilities that exist, locked."""
    mine = col(FacilityRow.municipality_id) == municipality_of(session).id
    rows = await session.exec(
        select(FacilityRow)
        .where(mine, col(FacilityRow.key).in_(keys))
        .with_for_update(key_share=True)
    )
    return {row.key: row for row in rows}
