"""Areas form a tree, and of each there is one version at a time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.indicators.areas.rules import Span, covers, why_not_parent, why_not_valid

PARENT_OF = {"thueringen": None, "jena": "thueringen", "lobeda": "jena", "lobeda-west": "lobeda"}
RANK_OF = {"thueringen": 1, "jena": 2, "gera": 2, "lobeda": 3, "winzerla": 3, "lobeda-west": 4}


@pytest.mark.parametrize(
    ("area", "parent", "why"),
    [
        ("lobeda", "jena", None),
        ("winzerla", "jena", None),
        ("lobeda-west", "winzerla", None),
        ("jena", "jena", "own parent"),
        ("jena", "lobeda", "below"),
        ("jena", "lobeda-west", "below"),
        ("jena", "gera", "level"),
        ("winzerla", "lobeda-west", "level"),
    ],
)
def test_a_quarter_lies_in_its_town_and_not_the_other_way(
    area: str, parent: str, why: str | None
) -> None:
    answer = why_not_parent(area, parent, PARENT_OF, RANK_OF)
    assert (answer is None) if why is None else (why in (answer or ""))


def test_a_tree_that_already_runs_in_a_circle_does_not_trap_us() -> None:
    circle = {"a": "b", "b": "a"}
    assert why_not_parent("c", "a", circle, {"a": 1, "b": 1, "c": 2}) is None


def span(start: int, end: int | None) -> Span:
    return Span(date(start, 1, 1), date(end, 1, 1) if end else None)


@pytest.mark.parametrize(
    ("new", "old", "fits"),
    [
        (span(2021, None), span(2000, 2021), True),
        (span(2000, 2021), span(2021, None), True),
        (span(2020, None), span(2000, 2021), False),
        (span(2000, None), span(2021, None), False),
        (span(2000, 2022), span(2021, None), False),
        (span(2005, 2006), span(2000, 2021), False),
        (span(2000, 2000), span(2010, None), False),
        (span(2001, 2000), span(2010, None), False),
    ],
)
def test_versions_of_an_area_follow_each_other(new: Span, old: Span, fits: bool) -> None:
    assert (why_not_valid(new, [old]) is None) == fits


def test_on_the_day_of_the_merger_only_the_new_county_is_valid() -> None:
    day = date(2021, 7, 1)
    before, after = Span(date(1998, 1, 1), day), Span(day, None)
    assert why_not_valid(after, [before]) is None
    assert covers(after, day)
    assert not covers(before, day)


YEARS = st.integers(1990, 2010)
SPANS = st.builds(span, YEARS, YEARS | st.none())


@given(SPANS, SPANS)
def test_two_versions_fit_if_they_share_no_day(one: Span, other: Span) -> None:
    if why_not_valid(one) or why_not_valid(other):
        return
    days = [date(year, 1, 1) for year in range(1990, 2012)]
    shared = any(covers(one, day) and covers(other, day) for day in days)
    assert (why_not_valid(one, [other]) is not None) == shared
    assert (why_not_valid(other, [one]) is not None) == shared
