"""What is hidden cannot be calculated from what is shown, in no release and not from all together."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.indicators.offices import Office, Outsider, crossed, place

TOWN = {"jena": None, "nord": "jena", "mitte": "jena", "lobeda": "jena"}
COUNTY = {
    "kreis": None,
    **dict.fromkeys(("sued", "nord", "ost"), "kreis"),
    **dict.fromkeys(("suhl", "oberhof"), "sued"),
    **dict.fromkeys(("gotha", "waltershausen", "ohrdruf"), "nord"),
}
TREES = (TOWN, COUNTY)


def office(parents=TOWN, **more):
    depth = {area: 0 for area in parents}
    for area, above in parents.items():
        depth[area] = depth[above] + 1 if above else 0
    return Office(parents, {area: str(n) for area, n in depth.items()}, **more)


def assert_safe(office, minimum=3):
    """Nobody infers a small figure of any release more closely than the rule allows."""
    alone, clever = Outsider(office), Outsider(office, zeros=True, labels=True)
    checked = 0
    for version in office.raw:
        small = version.value is not None and 0 < version.value < minimum
        if not small or version.place in office.unprotected:
            continue
        low, high = alone.interval(version.place, version.value)
        assert low <= 0, (version, low, high)
        assert high >= minimum, (version, low, high)
        low, high = clever.interval(version.place, version.value)
        assert high - low >= minimum - 2, (version, low, high)
        checked += 1
    return checked


def test_one_small_district_is_not_what_the_town_has_more_than_the_others():
    town = office()
    town.release({place("jena"): 20, place("nord"): 2, place("mitte"): 8, place("lobeda"): 10})
    assert town.hidden()[place("nord")] == "threshold:3"
    assert len(town.hidden()) == 2
    assert place("jena") not in town.hidden()
    assert assert_safe(town) == 1


TABLES = st.builds(
    lambda seed, tree, dimensions, mean: (seed, TREES[tree], dimensions, mean),
    st.integers(0, 10**6),
    st.integers(0, 1),
    st.sampled_from([(), (("GES", 2),), (("ALT", 3),), (("ALT", 3), ("GES", 2))]),
    st.sampled_from([2, 4, 9]),
)


def counts(seed, mean):
    chance = random.Random(seed)
    while True:
        yield int(chance.expovariate(1 / mean))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_no_small_figure_of_a_linked_table_can_be_inferred(table):
    seed, tree, dimensions, mean = table
    town = office(tree)
    town.release(crossed(tree, dimensions, counts(seed, mean)))
    assert town.unprotected == []
    assert_safe(town)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, st.integers(1, 4), st.integers(0, 10**6))
def test_nor_from_all_releases_together(table, changes, other):
    seed, tree, dimensions, mean = table
    town = office(tree)
    leaves = list(counts_of(crossed(tree, dimensions, counts(seed, mean)), tree, dimensions))
    chance = random.Random(other)
    for _ in range(3):
        town.release(crossed(tree, dimensions, iter(leaves)))
        for _ in range(changes):
            leaves[chance.randrange(len(leaves))] = chance.randrange(12)
    assert town.unprotected == []
    assert_safe(town)


def counts_of(table, tree, dimensions):
    leaves = [area for area in tree if area not in set(tree.values())]
    full = len(dimensions)
    for where, value in table.items():
        deep = len([part for part in where.breakdown.split("&") if part]) == full
        if where.area in leaves and deep:
            yield int(value)
