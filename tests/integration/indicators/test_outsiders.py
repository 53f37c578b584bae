"""An outsider reads every release over HTTP and calculates: nothing small comes out."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.indicators.figures import columns, equip, released, second, tidy
from tests.integration.indicators.territory import area
from tests.support.towns import Door
from tests.unit.indicators.offices import Office, Outsider, Shown, Table, crossed, place

PARENTS: dict[str, str | None] = {
    "jena": None,
    **dict.fromkeys(("lobeda-west", "winzerla", "nord"), "jena"),
}
DIMENSIONS = (("GES", 2), ("ALT", 3))
ASK = "indicator=empfaenger"


class Readings(Office):
    """What was read of each release, and what was true."""

    def __init__(self) -> None:
        super().__init__(PARENTS, {})
        self.read: list[Shown] = []
        self.true: list[Table] = []

    def printed(self, release: int) -> Shown:
        return self.read[release - 1]

    def counted(self, release: int) -> Table:
        return self.true[release - 1]


def counts(chance: random.Random) -> Iterator[int]:
    """Small numbers, often none."""
    while True:
        yield int(chance.expovariate(1 / 5))


def delivered(table: Table) -> bytes:
    """The table with rates of inhabitants, as a tidy file."""
    lines = []
    for where, value in table.items():
        parts = dict(part.split("=") for part in where.breakdown.split("&") if part)
        ages, sex, count = parts.get("ALT", ""), parts.get("GES", ""), int(value or 0)
        people = 40 + 3 * count
        for indicator, figure in (
            ("empfaenger", count),
            ("bevoelkerung", people),
            ("quote", round(100 * count / people, 4)),
        ):
            lines.append(f"{where.area},2024-12-31,{indicator},{ages},{sex},{figure}")
    return tidy(*lines, header="area,period,indicator,ALT,GES,value")


def as_places(rows: list[tuple[Any, ...]]) -> dict[Any, tuple[float | None, str]]:
    """Rows of an answer by place; an asterisk as reason."""
    return {
        place(row[0], row[2]): (row[3], "*" if row[4] == "confidential" else "") for row in rows
    }


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_small_comes_out_of_three_releases(indicators: Door, seed: int) -> None:
    chance = random.Random(seed)
    await equip(indicators)
    await indicators.made("/areas", area("nord", "statistischer-bezirk", "jena"))
    source = counts(chance)
    leaves = [next(source) for _ in range(18)]
    readings = Readings()
    for _ in range(3):
        table = crossed(PARENTS, DIMENSIONS, iter(leaves))
        readings.true.append(table)
        await released(indicators, delivered(table))
        changed = chance.randrange(18)
        leaves[changed] = (leaves[changed] + chance.randrange(1, 5)) % 9
    for release in (1, 2, 3):
        read = as_places(await columns(indicators.as_(), f"{ASK}&as_of={release}"))
        readings.read.append(read)
        csv = (await indicators.as_().get(f"/observations?{ASK}&as_of={release}&format=csv")).text
        assert csv.count(",confidential,") == sum(why == "*" for _, why in read.values())
    readings.number = 3
    alone, clever = Outsider(readings), Outsider(readings, zeros=True)
    small = {(where, v) for table in readings.true for where, v in table.items() if v in (1, 2)}
    assert small
    for where, value in small:
        low, high = alone.interval(where, value or 0)
        assert low <= 0 < 3 <= high, (where, value, low, high)
        low, high = clever.interval(where, value or 0)
        assert high - low >= 1, (where, value, low, high)
    audit = (await second(indicators).get("/disclosure/audit")).json()
    assert audit["safe"], audit["problems"]
