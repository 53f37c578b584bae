"""A town with tiles for districts, a kind of facility and some facilities."""

from typing import Any

from tests.integration.indicators.figures import COUNT, equip
from tests.integration.indicators.territory import area
from tests.support.towns import Door

CHILDREN = {**COUNT, "key": "kinder", "name": {"de": "Kinder unter 7 Jahren"}}
KITA = {
    "key": "kita",
    "name": {"de": "Kindertageseinrichtung"},
    "need": {"indicator": "kinder", "breakdown": ""},
}
YOUTH_CENTRE = {"key": "jugendzentrum", "name": {"de": "Jugendzentrum"}}


def tile(west: float, south: float, side: float = 0.02) -> dict[str, Any]:
    """A square."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def at(longitude: float, latitude: float) -> dict[str, Any]:
    """A point."""
    return {"type": "Point", "coordinates": [longitude, latitude]}


def facility(key: str, places: int | None = None, **more: Any) -> dict[str, Any]:
    """A facility as a planner enters it."""
    capacity = [{"valid_from": "2020-01-01", "places": places}]
    return {"key": key, "name": {"de": key.title()}, "kind": "kita", "capacity": capacity, **more}


async def equip_districts(door: Door) -> None:
    """Three districts in a row beside each other: a, b with tiles, c without a shape."""
    await door.made("/topics", {"key": "kinder-jugend", "name": {"de": "Kinder und Jugend"}})
    await equip(door)
    await door.made("/indicators", CHILDREN)
    await door.made("/area-levels", {"key": "bezirk", "name": {"de": "Bezirk"}, "position": 6})
    for key, shape in (("bezirk-a", tile(11.5, 50.9)), ("bezirk-b", tile(11.52, 50.9))):
        await door.made("/areas", area(key, "bezirk", "winzerla", geometry=shape))
    for kind in (KITA, YOUTH_CENTRE):
        await door.made("/facility-kinds", kind)
