"""Shapes light enough for a screen, whose common borders still meet."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from pydantic_core import from_json, to_json

_PARTS = 700
"""The tolerance is that part of the width or height of the map: about a pixel of a screen."""
_DECIMALS = 5  # degrees: about a metre
_POLYGONS = frozenset({"Polygon", "MultiPolygon"})
MEMORY = 24 * 1024 * 1024

Shapes = Mapping[str, bytes]
"""GeoJSON geometries by the identifier of the version of the area."""


class Memory:
    """Simplified coverages of this process, bounded in bytes; the least recently used goes first.

    The key holds the revision of every shape, so that a changed one is another coverage.
    """

    def __init__(self, capacity: int = MEMORY) -> None:
        self.capacity, self.size = capacity, 0
        self._kept: OrderedDict[Hashable, Shapes] = OrderedDict()

    def find(self, key: Hashable) -> Shapes | None:
        """The coverage, or None."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Hashable, shapes: Shapes) -> None:
        """Keep a coverage; one that is larger than all the memory is not kept."""
        size = _size(shapes)
        if size > self.capacity or key in self._kept:
            return
        self._kept[key] = shapes
        self.size += size
        while self.size > self.capacity:
            self.size -= _size(self._kept.popitem(last=False)[1])


def _size(shapes: Shapes) -> int:
    return sum(len(shape) + 150 for shape in shapes.values())


def simplified(entered: Mapping[str, str]) -> Shapes:
    """All shapes of a map made lighter together: a border between two of them stays one line.

    Visvalingam-Whyatt on the edges of the coverage, by about a pixel of a map that fills a screen;
    then rounded to a metre. Points are left as they are.
    """
    parsed = {key: from_json(shape) for key, shape in entered.items()}
    keys = [key for key, shape in parsed.items() if shape["type"] in _POLYGONS]
    made = {key: to_json(shape) for key, shape in parsed.items() if key not in set(keys)}
    if keys:
        lighter = _coverage([parsed[key] for key in keys])
        made.update(zip(keys, lighter, strict=True))
    return made


def _coverage(polygons: Sequence[Mapping[str, Any]]) -> list[bytes]:
    import shapely

    shapes = shapely.from_geojson([to_json(one).decode() for one in polygons])
    west, south, east, north = shapely.total_bounds(shapes)
    lighter = shapely.coverage_simplify(shapes, max(east - west, north - south) / _PARTS)
    lighter = shapely.orient_polygons(lighter)
    return [_rounded(one) for one in lighter]


def _rounded(shape: Any) -> bytes:
    from shapely.geometry import mapping

    drawn = mapping(shape)
    return to_json({"type": drawn["type"], "coordinates": _round(drawn["coordinates"])})


def _round(part: Any) -> Any:
    if isinstance(part[0], float | int):
        return [round(number, _DECIMALS) for number in part]
    return [_round(inner) for inner in part]
