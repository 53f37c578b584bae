"""What is hidden cannot be calculated from what is shown, not even from all releases together."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.contracts.indicators.protection import ProtectionRule
from services.indicators.derivations.language.parser import parse
from services.indicators.disclosure.groups import groups
from services.indicators.disclosure.linear import factors
from services.indicators.disclosure.linked.attack import examine
from services.indicators.disclosure.linked.figures import Figures, Place
from services.indicators.disclosure.rules import Definition
from tests.unit.indicators.offices import (
    COUNTY,
    FIVE,
    OPEN,
    TREES,
    Office,
    Outsider,
    Table,
    crossed,
    office,
    place,
)


def assert_safe(town: Office, minimum: int = 3) -> int:
    """Nobody infers a small figure of any release more closely than the rule allows.

    How many small figures there are.
    """
    assert town.unprotected == []
    alone, clever = Outsider(town), Outsider(town, zeros=True, labels=True)
    small = [v for v in town.raw if v.value is not None and 0 < v.value < minimum]
    for version in small:
        value = version.value or 0
        low, high = alone.interval(version.place, value)
        assert low <= 0, (version, low, high)
        assert high >= minimum, (version, low, high)
        low, high = clever.interval(version.place, value)
        assert high - low >= minimum - 2, (version, low, high)
    audit = examine(Figures(town.raw, town.shown, town.around()), [], {})
    assert audit.problems == []
    return len(small)


def town_of(jena: float, nord: float, mitte: float, lobeda: float, **more: Any) -> Table:
    """Figures of the four areas."""
    values = {"jena": jena, "nord": nord, "mitte": mitte, "lobeda": lobeda}
    return {place(area, **more): value for area, value in values.items()}


def test_one_small_district_is_not_what_the_town_has_more_than_the_others() -> None:
    town = office()
    town.release(town_of(20, 2, 8, 10))
    assert town.hidden() == {place("nord"): "threshold:3", place("mitte"): "secondary"}
    assert assert_safe(town) == 1


def test_an_outsider_sees_through_an_office_that_hides_small_figures_only() -> None:
    town = office()
    town.release(town_of(20, 2, 8, 10))
    open_ = [v for v in town.shown if v.rule == "secondary"]
    for version in open_:
        town.shown.remove(version)
        town.shown.append(version._replace(value=8, status="normal", rule=""))
    assert Outsider(town).interval(place("nord"), 2) == (2, 2)
    (found,) = examine(Figures(town.raw, town.shown, town.around()), [], {}).problems
    assert (found.place, found.low, found.high) == (place("nord"), 2, 2)
    assert (found.demanded_low, found.demanded_high, found.from_reasons) == (0, 3, False)


@pytest.mark.parametrize(
    ("values", "secondary"),
    [((3, 1, 2, 0), 0), ((13, 1, 1, 11), 1), ((20, 2, 2, 16), 0), ((14, 1, 1, 12), 1)],
)
def test_two_small_figures_protect_each_other_unless_zeros_tell(
    values: tuple[float, float, float, float], secondary: int
) -> None:
    town = office()
    town.release(town_of(*values))
    small = sum(0 < value < 3 for value in values[1:])
    assert len(town.hidden()) == small + secondary
    assert_safe(town)


def test_reasons_do_not_tell_what_figures_do_not_tell() -> None:
    """Two and two: "fewer than three" for both and their sum would tell both."""
    town = office()
    town.release(town_of(20, 2, 2, 16))
    assert set(town.hidden().values()) == {"linked:3"}
    town = office()
    town.release(town_of(20, 2, 3, 15))
    assert set(town.hidden().values()) == {"threshold:3", "secondary"}


TABLES = st.builds(
    lambda seed, tree, dimensions, mean: (seed, TREES[tree], dimensions, mean),
    st.integers(0, 10**6),
    st.integers(0, 1),
    st.sampled_from([(), (("GES", 2),), (("ALT", 3),), (("ALT", 3), ("GES", 2))]),
    st.sampled_from([2, 4, 9]),
)
SHORT = 1.0
"""Most optima are found by then; whoever gives up the search for a better one protects as well."""
SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
Drawn = tuple[int, dict[str, str | None], tuple[tuple[str, int], ...], int]


def counts(seed: int, mean: int) -> Iterator[int]:
    """Counts without end, small ones often."""
    chance = random.Random(seed)
    while True:
        yield int(chance.expovariate(1 / mean))


@SLOWLY
@given(TABLES)
def test_no_small_figure_of_a_linked_table_can_be_inferred(table: Drawn) -> None:
    seed, tree, dimensions, mean = table
    town = office(tree, seconds=SHORT)
    town.release(crossed(tree, dimensions, counts(seed, mean)))
    assert_safe(town)


@SLOWLY
@given(TABLES, st.integers(1, 4), st.integers(0, 10**6))
def test_nor_from_all_releases_together(table: Drawn, changes: int, other: int) -> None:
    seed, tree, dimensions, mean = table
    town, chance = office(tree, seconds=SHORT), random.Random(other)
    source = counts(seed, mean)
    leaves = [next(source) for _ in range(60)]
    for _ in range(3):
        town.release(crossed(tree, dimensions, iter(leaves)))
        for _ in range(changes):
            leaves[chance.randrange(len(leaves))] = chance.randrange(12)
    assert_safe(town)


def test_without_time_for_the_optimum_everything_is_protected_all_the_same() -> None:
    """The exact search is given up at once; what meets the demands one by one is left."""
    for seed in range(6):
        town, hasty = office(COUNTY), office(COUNTY)
        hasty.seconds = 0
        table = crossed(COUNTY, (("GES", 2),), counts(seed, 4))
        for one in (town, hasty):
            one.release(table)
            assert_safe(one)
        assert len(hasty.hidden()) >= len(town.hidden())


def test_what_was_hidden_stays_hidden() -> None:
    town = office()
    town.release(town_of(20, 2, 8, 10))
    first = town.hidden()
    town.release({place("jena"): 30, place("lobeda"): 20})
    assert town.hidden() == first
    town.release({place("jena"): 39, place("nord"): 11})
    assert town.hidden().keys() >= {place("mitte")}, "it would tell how many there were before"
    assert_safe(town)


def test_a_stricter_rule_holds_for_what_was_shown_before() -> None:
    town = office()
    town.release(town_of(30, 4, 12, 14))
    assert town.hidden() == {}
    town.definitions = {"empfaenger": FIVE}
    town.release({place("jena"): 31, place("lobeda"): 15})
    assert place("nord") in town.hidden()
    printed = town.printed(1)
    assert printed[place("nord")] == (None, "retracted:2")
    assert [value for value, _ in printed.values()].count(None) >= 2
    assert_safe(town, 5)


def test_a_figure_that_comes_late_is_not_the_rest_of_what_was_shown() -> None:
    town = office()
    town.release({place("jena"): 20, place("mitte"): 8, place("lobeda"): 10})
    town.release({place("nord"): 2})
    assert len(town.hidden()) == 2
    taken_back = [why for value, why in town.printed(1).values() if value is None]
    assert taken_back == ["retracted:2"]
    assert_safe(town)


def test_rules_that_contradict_each_other_are_not_released() -> None:
    """Residents and Germans are open, foreigners are not: they are the rest."""
    whole = Definition("count", OPEN.rule, sums=({"deutsche": 1, "auslaender": 1},))
    three = Definition("count", ProtectionRule())
    town = office(definitions={"bevoelkerung": whole, "deutsche": OPEN, "auslaender": three})
    figures = {"bevoelkerung": 20.0, "deutsche": 18.0, "auslaender": 2.0}
    town.release({place("jena", indicator=key): value for key, value in figures.items()})
    assert town.unprotected == [place("jena", indicator="auslaender")]
    town.definitions["deutsche"] = three
    town.raw, town.shown, town.number = [], [], 0
    town.release({place("jena", indicator=key): value for key, value in figures.items()})
    assert town.unprotected == []
    assert town.hidden().keys() == {
        place("jena", indicator=key) for key in ("deutsche", "auslaender")
    }


QUARTERS = {f"2024-Q{n}": value for n, value in enumerate((2.0, 8.0, 9.0, 7.0), 1)}


@pytest.mark.parametrize(
    ("declared", "year", "secondary"),
    [(True, 26, 1), (False, 26, 1), (False, 90, 0), (True, 90, 0)],
)
def test_a_quarter_is_not_what_the_year_has_more(
    declared: bool, year: float, secondary: int
) -> None:
    """A year that is the sum of its quarters is one, said or not; an average is none."""
    rule = ProtectionRule(adds_up_over_time=declared)
    town = office({"jena": None}, definitions={"empfaenger": Definition("count", rule)})
    figures = {place("jena", period=period): value for period, value in QUARTERS.items()}
    town.release({**figures, place("jena", period="2024"): year})
    assert len(town.hidden()) == 1 + secondary
    assert place("jena", period="2024") not in town.hidden()


def test_the_few_on_the_other_side_of_a_rate_are_hidden_too() -> None:
    rate = Definition("rate", ProtectionRule(), numerator="empfaenger", denominator="bevoelkerung")
    town = office(
        definitions={
            "empfaenger": Definition("count", ProtectionRule()),
            "bevoelkerung": OPEN,
            "quote": rate,
        }
    )
    town.release(
        {
            place("nord"): 99,
            place("nord", indicator="bevoelkerung"): 100,
            place("mitte"): 50,
            place("mitte", indicator="bevoelkerung"): 100,
        }
    )
    assert town.hidden() == {place("nord"): "complement:3"}


def test_a_source_that_perturbs_its_sums_protects_nothing() -> None:
    """Within the error of the sum the town tells the district all the same."""
    town = office(definitions={"empfaenger": FIVE})
    town.release(town_of(1020, 3, 610, 404))
    assert len(town.hidden()) == 2
    assert_safe(town, 5)


def test_figures_that_the_source_keeps_stay_unknown_and_link_nothing_else() -> None:
    town = office()
    values: dict[Place, float | None] = {**town_of(30, 2, 8, 10)}
    values[place("lobeda")] = None
    town.release(values)
    assert town.hidden().keys() >= {place("nord")}
    assert_safe(town)


def test_a_town_without_figure_still_adds_up() -> None:
    """Its districts by sex and by age: both add up to the town that nobody printed."""
    town = office({"jena": None})
    by_sex = {place("jena", f"GES=GES{n}"): value for n, value in enumerate((20.0, 13.0))}
    by_age = {place("jena", f"ALT=ALT{n}"): value for n, value in enumerate((2.0, 11.0, 20.0))}
    town.release({**by_sex, **by_age})
    assert place("jena", "ALT=ALT0") in town.hidden()
    assert len(town.hidden()) == 2


def test_attributes_within_attributes_add_up_to_them() -> None:
    """Under 18 is 0 to 5 and 6 to 17; all ages are under 18 and the rest."""
    above = {"ALT": {"U06": "U18", "U618": "U18", "U18": None, "UE18": None}}
    town = office({"jena": None}, attributes=above)
    figures = {"": 40.0, "U18": 12.0, "UE18": 28.0, "U06": 2.0, "U618": 10.0}
    town.release({place("jena", f"ALT={k}" if k else ""): v for k, v in figures.items()})
    assert town.hidden() == {
        place("jena", "ALT=U06"): "threshold:3",
        place("jena", "ALT=U618"): "secondary",
    }


def test_an_amount_that_one_dominates_is_uncertain_by_as_much_as_the_rule_says() -> None:
    rule = ProtectionRule(kind="p-percent", percent=10, largest="first", second_largest="second")
    town = office(definitions={"empfaenger": Definition("count", rule)})
    amounts = town_of(1000, 100, 400, 500)
    town.release(amounts, {place("nord"): 40.0})
    hidden = town.hidden()
    assert hidden[place("nord")] == "p-percent:10"
    assert len(hidden) == 2
    low, high = Outsider(town).interval(place("nord"), 100)
    assert low <= 60
    assert high >= 140


def test_indicators_are_looked_at_together_if_one_tells_of_the_other() -> None:
    three = ProtectionRule()
    rate = Definition("rate", three, numerator="kinder", denominator="bevoelkerung")
    other = Definition("rate", three, numerator="alte", denominator="bevoelkerung")
    count = Definition("count", three)
    definitions = {"kinder": count, "alte": count, "bevoelkerung": OPEN, "a": rate, "b": other}
    found = groups(definitions)
    assert found["kinder"] == found["a"] == {"kinder", "a", "bevoelkerung"}
    assert found["b"] == {"alte", "b", "bevoelkerung"}
    definitions["bevoelkerung"] = count
    assert set(groups(definitions).values()) == {frozenset(definitions)}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("{a} - {b}", {"a": 1, "b": -1}),
        ("({a} + {b}) / 2", {"a": 0.5, "b": 0.5}),
        ("sum({a}, {b}, {a})", {"a": 2, "b": 1}),
        ("-{a} * 3", {"a": -3}),
        ("{a} / {b}", None),
        ("{a} - {b}@-1", None),
        ("{a|GES:GESM} + {b}", None),
    ],
)
def test_formulas_that_only_add_and_subtract_are_sums(
    formula: str, expected: dict[str, float] | None
) -> None:
    assert factors(parse(formula)) == expected


def test_a_difference_of_two_indicators_tells_neither() -> None:
    """Foreigners as residents less Germans: few of them hide one of the two."""
    count = Definition("count", ProtectionRule())
    definitions = {
        "bevoelkerung": count,
        "deutsche": count,
        "auslaender": replace(count, sums=({"bevoelkerung": 1, "deutsche": -1},)),
    }
    town = office(definitions=definitions)
    values = {"bevoelkerung": 250.0, "deutsche": 248.0, "auslaender": 2.0}
    town.release({place("nord", indicator=key): value for key, value in values.items()})
    assert town.hidden().keys() == {
        place("nord", indicator="auslaender"),
        place("nord", indicator="deutsche"),
    }
