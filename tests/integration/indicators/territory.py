"""A small territory: Thuringia, Jena with two districts, the Wartburgkreis and Eisenach."""

from typing import Any

from tests.support.copies import copied
from tests.support.towns import Door

SQUARE = [[11.58, 50.88], [11.61, 50.88], [11.61, 50.9], [11.58, 50.9], [11.58, 50.88]]
TILE = {"type": "Polygon", "coordinates": [SQUARE]}
LEVELS = [
    ("bund", "Bundesrepublik", 0),
    ("land", "Land", 1),
    ("kreis", "Kreis", 2),
    ("statistischer-bezirk", "Statistischer Bezirk", 4),
]


def area(key: str, level: str, parent: str | None = None, **more: Any) -> dict[str, Any]:
    """An area as a planner enters it."""
    name = more.pop("name", key.title())
    return {
        "key": key,
        "level": level,
        "parent": parent,
        "name": {"de": name},
        "valid_from": "1990-01-01",
        **more,
    }


AREAS = [
    area("deutschland", "bund", codes={"dg": "DG"}),
    area("thueringen", "land", "deutschland", codes={"ags": "16"}, name="Thüringen"),
    area("jena", "kreis", "thueringen", codes={"ags": "16053"}),
    area("eisenach", "kreis", "thueringen", codes={"ags": "16056"}, valid_to="2021-07-01"),
    area("wartburgkreis", "kreis", "thueringen", codes={"ags": "16063"}),
    area("lobeda-west", "statistischer-bezirk", "jena", codes={"statbez": "23"}, geometry=TILE),
    area("winzerla", "statistischer-bezirk", "jena", codes={"statbez": "18"}),
]


@copied
async def settle(door: Door) -> None:
    """Enter the levels and the areas."""
    for key, name, position in LEVELS:
        await door.made("/area-levels", {"key": key, "name": {"de": name}, "position": position})
    for new in AREAS:
        await door.made("/areas", new)
