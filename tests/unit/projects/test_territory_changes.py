"""By which changes of the territory figures come to an area, and until when that is known."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from services.contracts.projects.measure_targets import MeasureTarget
from services.projects.indicator_reading.rules import Area, PublishedFigures
from services.projects.territory_changes.rules import Change, led

ON = date(2026, 1, 15)


def change(key: str, day: str, *moves: tuple[str, str], revision: int = 1) -> Change:
    crossings: list[Any] = [{"from_area": here, "to_area": there} for here, there in moves]
    return Change.model_validate(
        {"key": key, "revision": revision, "valid_from": day, "crossings": crossings}
    )


CHANGES = [
    change("eisenach-2021", "2021-07-01", ("eisenach", "wak"), ("wak", "wak"), revision=2),
    change("kreise-1994", "1994-07-01", ("bad-salzungen", "wak"), ("eisenach-land", "wak")),
    change("elsewhere-2000", "2000-01-01", ("weimar-land", "weimar-land"), ("apolda", "weimar")),
    change("kreise-1952", "1952-07-25", ("rhoen", "bad-salzungen")),
    change("stadt-2027", "2027-01-01", ("wak", "eisenach-neu"), ("wak", "wak")),
]


def keys(areas: set[str], territory: date, on: date = ON) -> list[str]:
    return [one.crosswalk for one in led(CHANGES, areas, territory, on).by]


def test_figures_come_over_all_changes_before_one_behind_the_other() -> None:
    assert keys({"wak"}, ON) == ["kreise-1952", "kreise-1994", "eisenach-2021"]
    assert [one.revision for one in led(CHANGES, {"wak"}, ON, ON).by] == [1, 1, 2]


@pytest.mark.parametrize(
    ("areas", "territory", "by"),
    [
        ({"jena"}, ON, []),
        ({"jena", "weimar"}, ON, ["elsewhere-2000"]),
        ({"bad-salzungen"}, ON, ["kreise-1952"]),
        ({"eisenach"}, date(2021, 6, 30), ["eisenach-2021"]),
        ({"wak"}, date(2021, 6, 30), ["kreise-1952", "kreise-1994", "eisenach-2021"]),
        ({"rhoen"}, date(1952, 7, 24), ["kreise-1952", "kreise-1994", "eisenach-2021"]),
    ],
)
def test_only_changes_that_lead_there_are_named(
    areas: set[str], territory: date, by: list[str]
) -> None:
    assert keys(areas, territory) == by


def test_what_is_known_and_not_yet_there_leads_nothing_and_ends_what_holds() -> None:
    begins = date(2027, 1, 1)
    assert led(CHANGES, {"wak"}, ON, ON).until == begins
    assert led(CHANGES, {"rhoen"}, date(1952, 7, 24), ON).until == begins
    assert led(CHANGES, {"jena"}, ON, ON).until is None
    assert led(CHANGES, {"wak"}, begins, begins).until is None
    assert keys({"eisenach-neu"}, begins, begins) == [
        "kreise-1952",
        "kreise-1994",
        "eisenach-2021",
        "stadt-2027",
    ]


def test_the_way_to_the_same_areas_is_looked_for_once_however_many_targets_are_there() -> None:
    class Counted(list[Change]):
        times = 0

        def __iter__(self) -> Iterator[Change]:
            self.times += 1
            return super().__iter__()

    def target(area: str, **more: object) -> MeasureTarget:
        asked = {"indicator": "quote", "area": area, "direction": "decrease", **more}
        return MeasureTarget.model_validate(asked)

    known = Counted(CHANGES)
    ended = Area(valid_to=date(2021, 7, 1))
    published = PublishedFigures(ON, areas={"wak": Area(), "eisenach": ended}, changes=known)
    here = [target("wak"), target("wak", compared_with=["eisenach"]), target("eisenach")]
    ways = [[one.crosswalk for one in published.place(each).crosswalks] for each in here]
    all_ = ["kreise-1952", "kreise-1994", "eisenach-2021"]
    assert ways == [all_, all_, ["eisenach-2021"]]
    assert published.until([*here, *here]) == date(2027, 1, 1)
    assert known.times == len(here)
