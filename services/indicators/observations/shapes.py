"""The shapes of areas, as they are or simplified so that neighbours still share their border."""

from asyncio import to_thread
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import cos, hypot, radians
from typing import Any, Literal, NamedTuple

from services.contracts.shared.access import Actor
from services.indicators.observations.representations.geojson import Shape
from services.kit.database import Database, enter
from services.kit.native import native, statement

Detail = Literal["none", "simplified", "full"]
_METRES = 111_320
"""Of one degree of latitude."""
_CAPACITY = 16 * 1024 * 1024
_DIGITS = 6
"""Decimals of a degree: about a decimetre."""


class _Level(NamedTuple):
    """Areas of one level: keys, shapes as text, whether they are schematic."""

    keys: Sequence[str]
    shapes: Sequence[str]
    schematic: Sequence[bool]


class _Kept:
    """Simplified levels, the least recently used one out first, bounded in characters."""

    def __init__(self, capacity: int) -> None:
        self._capacity, self._size = capacity, 0
        self._entries: OrderedDict[Any, Mapping[str, Shape]] = OrderedDict()

    def get(self, key: Any) -> Mapping[str, Shape] | None:
        if key in self._entries:
            self._entries.move_to_end(key)
        return self._entries.get(key)

    def put(self, key: Any, shapes: Mapping[str, Shape]) -> None:
        self._size -= _size(self._entries.pop(key, {}))
        self._entries[key] = shapes
        self._size += _size(shapes)
        while self._size > self._capacity and self._entries:
            self._size -= _size(self._entries.popitem(last=False)[1])


def _size(shapes: Mapping[str, Shape]) -> int:
    return sum(len(shape.geometry or "") for shape in shapes.values())


_kept = _Kept(_CAPACITY)


async def shapes(
    database: Database,
    actor: Actor,
    areas: Collection[str],
    on: date,
    detail: Detail,
    tolerance: int | None,
    state: tuple[int, int],
) -> Mapping[str, Shape]:
    """The shapes of areas as they are on a day.

    Simplified to `tolerance` metres, or to a thousandth of the extent of all areas of the level:
    what is less cannot be seen on a map of a thousand points. `state` is that of the town's
    areas; what was simplified is kept in memory until it changes. Who asks may see the areas.
    """
    if detail == "none" or not areas:
        return {}
    assert actor.municipality is not None
    town = actor.municipality.id
    key = (town, state, on, tolerance, frozenset(areas))
    found = _kept.get(key) if detail == "simplified" else None
    if found is not None:
        return found
    async with database.sessions() as session:
        await enter(session, actor)
        connection = await native(session)
        rows = await connection.fetch(statement(__package__, "shapes"), town, list(areas), on)
    made = await to_thread(_simplified if detail == "simplified" else _whole, rows, tolerance)
    wanted = {area: made[area] for area in areas if area in made}
    if detail == "simplified":
        _kept.put(key, wanted)
    return wanted


def _whole(rows: Sequence[Any], _: int | None) -> dict[str, Shape]:
    return {row["area"]: Shape(row["geometry"], row["schematic"]) for row in rows}


def _simplified(rows: Sequence[Any], tolerance: int | None) -> dict[str, Shape]:
    made: dict[str, Shape] = {}
    for level in dict.fromkeys(row["level"] for row in rows):
        of_level = [row for row in rows if row["level"] == level]
        texts = simplified([row["geometry"] for row in of_level], tolerance)
        for row, text in zip(of_level, texts, strict=True):
            made[row["area"]] = Shape(text, row["schematic"])
    return made


def simplified(geometries: Sequence[str], tolerance: int | None) -> list[str]:
    """GeoJSON geometries simplified together; shared borders stay shared, points stay as they are.

    `tolerance` in metres; None: a thousandth of their extent.
    """
    import shapely

    found = shapely.from_geojson(geometries)
    flat = [n for n, shape in enumerate(found) if shape.geom_type in ("Polygon", "MultiPolygon")]
    if flat:
        west, south, east, north = shapely.total_bounds(found[flat])
        wide = (east - west) * cos(radians((south + north) / 2))
        degrees = tolerance / _METRES if tolerance is not None else hypot(wide, north - south) / 1e3
        found[flat] = shapely.coverage_simplify(found[flat], degrees)
        # Rounded, not snapped to a grid: both sides of a border are rounded alike.
        found[flat] = shapely.transform(found[flat], lambda places: places.round(_DIGITS))
    return [str(text) for text in shapely.to_geojson(found)]
