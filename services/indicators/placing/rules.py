"""Points in shapes: pure functions. The library of geometry is loaded when it is first needed."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

Shape = Mapping[str, Any]
Point = tuple[float, float]


class Facts(NamedTuple):
    """Of a shape: its bounds and a point that surely lies inside, in degrees."""

    west: float
    south: float
    east: float
    north: float
    longitude: float
    latitude: float


class Placed(NamedTuple):
    """The facts of each shape, and which point lies in which shape."""

    facts: dict[UUID, Facts]
    pairs: list[tuple[UUID, str]]


def place(shapes: Mapping[UUID, Shape], points: Mapping[str, Point]) -> Placed:
    """Find the points in each shape; a point on a border lies in the shapes on both sides.

    Shapes are GeoJSON geometries. A shape that is a point holds no other.
    """
    import shapely
    from shapely.geometry import shape as geometry_of

    made = [geometry_of(shape) for shape in shapes.values()]
    made = [one if one.is_valid else shapely.make_valid(one) for one in made]
    versions, keys = list(shapes), list(points)
    facts = {}
    for version, one in zip(versions, made, strict=True):
        inside, (west, south, east, north) = one.representative_point(), one.bounds
        facts[version] = Facts(west, south, east, north, inside.x, inside.y)
    if not keys or not made:
        return Placed(facts, [])
    tree = shapely.STRtree(made)
    positions = shapely.points([points[key] for key in keys])
    found = tree.query(positions, predicate="intersects").T.tolist()
    flat = shapely.get_dimensions(made).tolist()
    return Placed(facts, [(versions[s], keys[p]) for p, s in found if flat[s] == 2])
