"""No more is hidden than must be: compared with every other choice there is."""

from itertools import combinations

import pytest

from tests.unit.indicators.offices import TOWN, Office, Outsider, crossed, office

MINIMUM = 3


def fewest(town: Office) -> int:
    """How few figures must be hidden beside the small ones, by trying every choice."""
    table = town.counted(1)
    small = [where for where, value in table.items() if value is not None and 0 < value < MINIMUM]
    others = [where for where, value in table.items() if value is not None and value >= MINIMUM]
    for number in range(len(others) + 1):
        for chosen in combinations(others, number):
            if protects(town, {*small, *chosen}, small):
                return number
    raise AssertionError("nothing protects the table")


def protects(town: Office, hidden, small) -> bool:
    """Does it help to hide these?"""
    printed = Office(town.parents, town.levels, raw=town.raw, number=1)
    printed.shown = [
        v._replace(value=None, rule="linked:3") if v.place in hidden else v for v in town.raw
    ]
    alone, clever = Outsider(printed), Outsider(printed, zeros=True)
    for where in small:
        value = town.counted(1)[where]
        low, high = alone.interval(where, value)
        if low > 0 or high < MINIMUM:
            return False
        low, high = clever.interval(where, value)
        if low > 1 or high < MINIMUM - 1:
            return False
    return True


TABLES = [
    (TOWN, (), [2, 8, 9]),
    (TOWN, (), [2, 1, 9]),
    (TOWN, (("GES", 2),), [4, 2, 4, 4, 9, 7]),
    (TOWN, (("GES", 2),), [2, 2, 5, 4, 3, 9]),
    (TOWN, (("GES", 2),), [0, 2, 5, 4, 3, 9]),
    (TOWN, (("GES", 2),), [1, 11, 5, 1, 30, 9]),
    (TOWN, (("ALT", 3),), [2, 8, 9, 7, 6, 8, 3, 4, 12]),
    (TOWN, (("ALT", 3),), [2, 8, 9, 7, 2, 8, 3, 4, 12]),
    ({"a": None, "b": "a", "c": "a", "d": "b", "e": "b", "f": "c", "g": "c"}, (), [2, 5, 9, 7]),
]


@pytest.mark.parametrize(("tree", "dimensions", "counts"), TABLES)
def test_no_choice_hides_fewer(tree, dimensions, counts) -> None:
    town = office(tree)
    town.release(crossed(tree, dimensions, iter(counts)))
    hidden = town.hidden()
    small = [w for w, v in town.counted(1).items() if v is not None and 0 < v < MINIMUM]
    assert town.unprotected == []
    assert len(hidden) - len(small) == fewest(town)
