"""The mean of a few is not what the town's mean and all others leave."""

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.contracts.indicators.protection import ProtectionRule
from services.indicators.disclosure.linked.figures import Place
from services.indicators.disclosure.rules import Definition
from tests.unit.indicators.offices import OPEN, TOWN, TREES, Outsider, place
from tests.unit.indicators.payrolls import CASES, DEFINITIONS, MEAN, Payroll

Leaves = Mapping[str, tuple[int, int]]
OPENLY = {**DEFINITIONS, CASES: OPEN}


def payroll(
    parents: Mapping[str, str | None] = TOWN, definitions: Mapping[str, Definition] = DEFINITIONS
) -> Payroll:
    """An office of this town, each area on the level of its depth."""
    depth: dict[str, int] = {}
    for area, above in parents.items():
        depth[area] = depth[above] + 1 if above else 0
    return Payroll(parents, {area: str(n) for area, n in depth.items()}, dict(definitions))


def added_up(parents: Mapping[str, str | None], leaves: Leaves) -> dict[Place, Decimal | None]:
    """Cases and means of all areas; of each leaf its cases and what they have together.

    The mean of nobody is not meaningful.
    """
    cases: dict[str, int] = {}
    sums: dict[str, int] = {}
    for leaf, (number, total) in leaves.items():
        area: str | None = leaf
        while area is not None:
            cases[area], sums[area] = cases.get(area, 0) + number, sums.get(area, 0) + total
            area = parents[area]
    table: dict[Place, Decimal | None] = {}
    for area, number in cases.items():
        mean = (Decimal(sums[area]) / number).quantize(Decimal("0.01")) if number else None
        table[place(area, indicator=CASES)] = Decimal(number)
        table[place(area, indicator=MEAN)] = mean
    return table


def assert_safe(town: Payroll) -> int:
    """Nobody knows what a few have together by less than all of it; how many there are."""
    assert town.unprotected == []
    outsider, few = Outsider(town), town.of_few()
    for where, total in few:
        low, high = outsider.interval(where, total)
        assert low <= 1e-4, (where, total, low, high)
        assert high >= 2 * total - 1e-4, (where, total, low, high)
    assert town.audit().problems == []
    return len(few)


DISTRICTS = {"nord": (2, 30), "mitte": (10, 200), "lobeda": (20, 500)}


def test_the_mean_of_two_is_hidden_with_one_beside_it_although_their_number_is_open() -> None:
    town = payroll(definitions=OPENLY)
    town.release(added_up(TOWN, DISTRICTS))
    assert town.hidden(CASES) == {}
    assert town.hidden(MEAN) == {"nord": "mean:denominator", "mitte": "secondary"}
    assert assert_safe(town) == 1


def test_an_outsider_sees_through_an_office_that_hides_small_means_only() -> None:
    town = payroll(definitions=OPENLY)
    table = added_up(TOWN, DISTRICTS)
    town.release(table)
    beside = place("mitte", indicator=MEAN)
    town.shown = [
        (v._replace(value=20.0, status="normal", rule=""), table[beside])
        if v.place == beside
        else (v, value)
        for v, value in town.shown
    ]
    (found,) = town.audit().problems
    assert (found.place.area, found.place.indicator) == ("nord", f"{MEAN}#")
    assert found.low is not None
    assert found.high is not None
    assert 25 < found.low <= 30 <= found.high < 35, "two decimals of the town's mean are some cents"
    assert (found.demanded_low, found.demanded_high) == (0, 60)
    low, high = Outsider(town).interval(place("nord", indicator=MEAN), 30)
    assert high - low < 1


def test_where_the_number_is_hidden_its_mean_is_too() -> None:
    town = payroll()
    town.release(added_up(TOWN, DISTRICTS))
    assert town.hidden(CASES).keys() <= town.hidden(MEAN).keys()
    assert assert_safe(town) == 1


def test_nobody_needs_to_hide_a_mean_of_three() -> None:
    town = payroll(definitions=OPENLY)
    town.release(added_up(TOWN, {**DISTRICTS, "nord": (3, 45)}))
    assert town.hidden(MEAN) == {}


def test_what_all_have_together_is_hidden_with_the_mean_of_two() -> None:
    """Where the sum is a figure itself, cases and sum would tell the mean."""
    wages = Definition("count", ProtectionRule())
    mean = replace(DEFINITIONS[MEAN], numerator="lohnsumme")
    town = payroll(definitions={CASES: OPEN, "lohnsumme": wages, MEAN: mean})
    table = added_up(TOWN, DISTRICTS)
    for area, (_, total) in {**DISTRICTS, "jena": (32, 730)}.items():
        table[place(area, indicator="lohnsumme")] = Decimal(total)
    town.release(table)
    assert town.hidden("lohnsumme") == {"nord": "cases:3", "mitte": "secondary"}
    assert town.audit().problems == []
    town = payroll(definitions={CASES: OPEN, "lohnsumme": OPEN, MEAN: mean})
    town.release(table)
    assert town.unprotected == [], "what is open by its rule is known"


def test_a_mean_below_zero_adds_up_like_any_other() -> None:
    """Debts less savings: who can owe or own any amount."""
    town = payroll(definitions=OPENLY)
    town.release(added_up(TOWN, {"nord": (2, -30), "mitte": (10, 200), "lobeda": (20, 500)}))
    assert town.hidden(MEAN).keys() == {"nord", "mitte"}
    assert town.audit().problems == []


def test_districts_in_which_nobody_is_left_hide_nothing() -> None:
    """They have no mean any more, and everybody knows what they have: nothing."""
    four = {**TOWN, "winzerla": "jena"}
    leaves = {"nord": (4, 30), "mitte": (10, 200), "lobeda": (5, 60), "winzerla": (7, 90)}
    town = payroll(four, OPENLY)
    town.release(added_up(four, leaves))
    assert town.hidden(MEAN) == {}
    town.release(added_up(four, {**leaves, "nord": (2, -30), "lobeda": (0, 0), "winzerla": (0, 0)}))
    assert town.hidden(MEAN) == {"nord": "mean:denominator", "jena": "secondary"}
    assert town.audit().problems == []


def test_a_stricter_minimum_takes_back_the_means_it_hides() -> None:
    town = payroll(definitions=OPENLY)
    town.release(added_up(TOWN, {**DISTRICTS, "nord": (4, 60)}))
    assert town.hidden(MEAN) == {}
    five = replace(DEFINITIONS[MEAN], rule=ProtectionRule(minimum=5))
    town.definitions = {**OPENLY, MEAN: five}
    town.release({})
    assert "nord" in town.hidden(MEAN)
    taken_back = [v for v, _ in town.shown if v.until == 2 and v.rule == "retracted"]
    assert {v.place.indicator for v in taken_back} == {MEAN}
    assert len(taken_back) >= 2
    assert town.audit().problems == []


SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
DRAWN = st.tuples(st.integers(0, 10**6), st.integers(0, 1), st.booleans())


def drawn(chance: random.Random, parents: Mapping[str, str | None]) -> dict[str, tuple[int, int]]:
    """Few cases often, each with one to thirty."""
    leaves = [area for area in parents if area not in set(parents.values())]
    made = {}
    for leaf in leaves:
        number = int(chance.expovariate(1 / 5))
        made[leaf] = number, sum(chance.randint(1, 30) for _ in range(number))
    return made


@SLOWLY
@given(DRAWN)
def test_no_mean_of_a_few_can_be_inferred(case: tuple[int, int, bool]) -> None:
    seed, tree, openly = case
    town = payroll(TREES[tree], OPENLY if openly else DEFINITIONS)
    town.release(added_up(TREES[tree], drawn(random.Random(seed), TREES[tree])))
    assert_safe(town)


@SLOWLY
@given(DRAWN, st.integers(1, 3))
def test_nor_from_all_releases_together(case: tuple[int, int, bool], changes: int) -> None:
    seed, tree, openly = case
    chance = random.Random(seed)
    town = payroll(TREES[tree], OPENLY if openly else DEFINITIONS)
    leaves = drawn(chance, TREES[tree])
    for _ in range(3):
        town.release(added_up(TREES[tree], leaves))
        fresh = drawn(chance, TREES[tree])
        for leaf in chance.sample(sorted(leaves), changes):
            leaves[leaf] = fresh[leaf]
    assert_safe(town)
