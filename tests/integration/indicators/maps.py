"""A town with twelve districts, their people, and a rate of which two are hidden."""

from itertools import pairwise
from typing import Any

from tests.integration.indicators.figures import COUNT, POPULATION, RATE, RECIPIENTS, released, tidy
from tests.integration.indicators.territory import area
from tests.support.towns import Door

PEOPLE = [4200, 3900, 8100, 120, 2500, 950, 7300, 610, 1500, 5200, 3300, 80]
CASES = [420, 150, 1300, 1, 210, 140, 300, 30, 45, 610, 190, 2]
YEARS = ("2020", "2021", "2022", "2023", "2024")
HIDDEN = ("bezirk-04", "bezirk-12")


def square(column: int, row: int) -> dict[str, Any]:
    """A tile of a plan of the town, with many points on its borders."""
    west, south, size, steps = 11.5 + column * 0.02, 50.9 + row * 0.015, (0.02, 0.015), 40
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = [
        [
            round(west + size[0] * (a[0] + (b[0] - a[0]) * step / steps), 7),
            round(south + size[1] * (a[1] + (b[1] - a[1]) * step / steps), 7),
        ]
        for a, b in pairwise(corners)
        for step in range(steps)
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def districts(number: int = 12) -> list[str]:
    """The keys of the districts."""
    return [f"bezirk-{n:02}" for n in range(1, number + 1)]


TOPICS = {"bevoelkerung": "Bevölkerung", "mindestsicherung": "Mindestsicherung"}


async def found(door: Door) -> None:
    """Enter levels, areas and catalogue."""
    levels = [("land", "Land", 1), ("stadt", "Kreisfreie Stadt", 2), ("bezirk", "Stadtbezirk", 4)]
    for key, name, position in levels:
        new = {"key": key, "name": {"de": name, "it": f"{name} (it)"}, "position": position}
        await door.made("/area-levels", new)
    await door.made("/areas", area("thueringen", "land", name="Thüringen"))
    await door.made("/areas", area("stadt", "stadt", "thueringen", name="Musterstadt"))
    for place, key in enumerate(districts()):
        new = area(key, "bezirk", "stadt", name=f"Bezirk {key[-2:]}")
        await door.made("/areas", {**new, "geometry": square(place % 4, place // 4)})
    count = {**COUNT, "protection": {"kind": "threshold", "minimum": 3, "zero_is_safe": True}}
    for place, (key, name) in enumerate(TOPICS.items()):
        await door.made("/topics", {"key": key, "name": {"de": name}, "position": place})
    rate = {**RATE, "polarity": "lower_is_better", "decimals": 1, "topic": "mindestsicherung"}
    for indicator in ({**POPULATION, "topic": "bevoelkerung"}, {**count, **RECIPIENTS}, rate):
        await door.made("/indicators", indicator)


def rows() -> list[str]:
    """Population, recipients and rate of every district, the town and the state."""
    lines = []
    for place, year in enumerate(YEARS):
        shares = []
        for key, people, cases in zip(districts(), PEOPLE, CASES, strict=True):
            now = max(1, cases - 3 * (len(YEARS) - 1 - place)) if cases > 2 else cases
            shares.append((key, people, now))
        shares.append(("stadt", sum(PEOPLE) + 15, sum(one[2] for one in shares)))
        shares.append(("thueringen", 2_100_000, 150_000 + 1000 * place))
        for key, people, now in shares:
            lines.append(f"{key},{year},bevoelkerung,,{people}")
            lines.append(f"{key},{year},empfaenger,,{now}")
            lines.append(f"{key},{year},quote,,{100 * now / people:.1f}")
    return lines


async def prepared(door: Door) -> None:
    """Everything entered and released."""
    await found(door)
    await released(door, tidy(*rows()))
