"""Indices: what may change without changing them, and what is left out of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.contracts.indicators.index_methods import Direction
from services.contracts.indicators.index_presets import NewIndexFromPreset
from services.contracts.indicators.indices import NewIndex
from services.indicators.indices.method.candidates import Figure
from services.indicators.indices.method.explaining import explained
from services.indicators.indices.method.halves import Half
from services.indicators.indices.method.results import Result, results
from services.indicators.indices.method.scores import (
    Place,
    class_of,
    classified,
    scores,
    weights_of,
)
from services.indicators.indices.presets import PRESETS, filled
from services.indicators.indices.rules import weights
from services.indicators.periods import parse_period
from services.kit.problems import Invalid

CLASSES: list[dict[str, Any]] = [
    {"code": "1", "label": {"de": "hoch"}, "up_to": "-1", "including": False},
    {"code": "2", "label": {"de": "mittel"}, "up_to": "1", "including": True},
    {"code": "3", "label": {"de": "niedrig"}},
]
DAY = date(2024, 12, 31)
Rows = list[tuple[float, float]]


def recipe(**more: Any) -> NewIndex:
    values = {
        "key": "lage",
        "name": {"de": "Lage"},
        "source": {"publisher": "Sozialplanung"},
        "level": "bezirk",
        "components": [{"indicator": "a1"}, {"indicator": "b1"}],
        "classes": CLASSES,
    }
    return NewIndex.model_validate({**values, **more})


def places(rows: Rows) -> dict[Place, tuple[float, float]]:
    return {(DAY, f"area-{n}"): row for n, row in enumerate(rows)}


def values_of(made: NewIndex, rows: Rows, heavy: list[float] | None = None) -> list[float]:
    found = scores(made, places(rows), weights_of(made) if heavy is None else heavy)
    return [found[DAY, f"area-{n}"].value for n in range(len(rows))]


number = st.integers(-1000, 1000).map(float)
towns: st.SearchStrategy[Rows] = st.lists(st.tuples(number, number), min_size=3, max_size=30)
METHODS = ["z_population", "z_sample", "min_max", "ranks"]


@pytest.mark.parametrize("method", METHODS)
@given(rows=towns, factor=st.sampled_from([0.5, 3.0, 100.0]), shift=st.sampled_from([-50.0, 7.0]))
def test_the_unit_of_a_component_does_not_matter(
    method: str, rows: Rows, factor: float, shift: float
) -> None:
    made = recipe(standardisation=method)
    other = [(a * factor + shift, b) for a, b in rows]
    assert values_of(made, other) == pytest.approx(values_of(made, rows), abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
@given(rows=towns, order=st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(method: str, rows: Rows, order: Any) -> None:
    made = recipe(standardisation=method)
    numbered = list(range(len(rows)))
    order.shuffle(numbered)
    before, after = values_of(made, rows), values_of(made, [rows[n] for n in numbered])
    assert after == [before[n] for n in numbered]


@pytest.mark.parametrize("combination", ["sum", "mean"])
@given(rows=towns, factor=st.sampled_from([0.25, 2.0, 9.0]))
def test_all_weights_times_a_number_are_the_same_index(
    combination: str, rows: Rows, factor: float
) -> None:
    made = recipe(combination=combination)
    assert values_of(made, rows, [factor, factor]) == pytest.approx(
        values_of(made, rows, [1, 1]), abs=1e-6
    )


@given(rows=towns)
def test_a_component_that_lowers_counts_the_other_way(rows: Rows) -> None:
    lowers = recipe(components=[{"indicator": "a1"}, {"indicator": "b1", "direction": "lowers"}])
    turned = [(a, -b) for a, b in rows]
    assert values_of(lowers, rows) == pytest.approx(values_of(recipe(), turned), abs=1e-9)


@given(rows=towns)
def test_a_standardised_index_has_mean_zero_and_deviation_one(rows: Rows) -> None:
    found = values_of(recipe(), rows)
    assume(any(found))
    assert sum(found) == pytest.approx(0, abs=1e-6)
    assert sum(value**2 for value in found) / len(found) == pytest.approx(1, abs=1e-6)


def test_equal_figures_share_the_mean_of_their_ranks() -> None:
    made = recipe(standardisation="ranks", restandardise=False, components=[{"indicator": "a1"}])
    found = scores(made, {(DAY, str(n)): (v,) for n, v in enumerate([5.0, 1, 5, 9, 5])}, [1.0])
    assert [score.value for score in found.values()] == [0.5, 0, 0.5, 1, 0.5]


def test_figures_are_brought_from_nothing_to_one() -> None:
    made = recipe(standardisation="min_max", combination="mean", restandardise=False)
    assert values_of(made, [(10.0, 3.0), (30.0, 1.0), (20.0, 2.0), (10.0, 1.0)]) == [
        0.5,
        0.5,
        0.5,
        0,
    ]


@pytest.mark.parametrize(("method", "expected"), [("z_population", 1.2247449), ("z_sample", 1.0)])
def test_deviations_are_those_of_all_or_of_a_sample(method: str, expected: float) -> None:
    made = recipe(standardisation=method, restandardise=False, components=[{"indicator": "a1"}])
    found = scores(made, {(DAY, str(n)): (v,) for n, v in enumerate([1.0, 2.0, 3.0])}, [1.0])
    assert [score.value for score in found.values()] == pytest.approx([-expected, 0, expected])


def test_a_component_that_is_the_same_everywhere_says_nothing() -> None:
    assert values_of(recipe(), [(0.1, 1.0), (0.1, 2.0), (0.1, 3.0)]) == pytest.approx(
        [-1.2247, 0, 1.2247], abs=1e-4
    )


@pytest.mark.parametrize(
    ("value", "code"), [(-1.0000001, "1"), (-1.0, "2"), (1.0, "2"), (1.0000001, "3")]
)
def test_limits_belong_where_the_recipe_says(value: float, code: str) -> None:
    assert class_of(value, recipe().classes).code == code


ASKED = {
    "key": "lage",
    "level": "bezirk",
    "source": {"publisher": "Sozialplanung"},
    "components": ["s1", "s3", "s4"],
    "population": "einwohner",
}


def adopted(preset: str, **more: Any) -> NewIndex:
    new = NewIndexFromPreset.model_validate({**ASKED, **more})
    return NewIndex.model_validate(filled(PRESETS[preset], new))


def test_fifths_are_shares_of_areas_and_equal_values_stay_together() -> None:
    preset = adopted("min-max-fifths")
    values = dict(enumerate([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 9]))
    found = classified(preset.class_by, preset.classes, values)
    assert [found[n].code for n in values] == list("1122334455")


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_every_preset_becomes_an_index(preset: str) -> None:
    number = len(PRESETS[preset].components) or 3
    named = [f"s{n}" for n in range(number)]
    made = adopted(preset, components=named, changes=[f"d{n}" for n in range(number)])
    assert [one.indicator for one in made.components] == named
    for field, one in (("changes", "d1"), ("weights", "2"), ("directions", "lowers")):
        with pytest.raises(Invalid, match=f"as many {field}"):
            adopted(preset, components=named, **{field: [one]})


def test_the_shares_of_the_gisd_come_with_its_indicators() -> None:
    named = [f"g{n}" for n in range(9)]
    made = adopted("gisd-2022", components=named)
    assert [float(one.weight) for one in made.components] == [
        11.4,
        12.6,
        9.3,
        7.7,
        13.3,
        12.3,
        13.5,
        13.8,
        6.0,
    ]
    lowering = [one.indicator for one in made.components if one.direction is Direction.lowers]
    assert lowering == ["g0", "g3", "g5", "g6", "g7"]
    with pytest.raises(Invalid, match="Schuldnerquote"):
        adopted("gisd-2022", components=named[:8])
    own = adopted("gisd-2022", components=named, weights=["1"] * 9, directions=["raises"] * 9)
    assert {(one.weight, one.direction) for one in own.components} == {(1, Direction.raises)}


def test_equal_weights_stay_where_a_preset_names_none() -> None:
    assert {one.weight for one in adopted("min-max-fifths").components} == {1}
    weighted = adopted("z-index", weights=["2", "1", "1"], directions=["lowers"] + ["raises"] * 2)
    assert [one.weight for one in weighted.components] == [2, 1, 1]
    assert weighted.components[0].direction is Direction.lowers


@pytest.mark.parametrize(
    "wrong",
    [
        {"classes": CLASSES[:2]},
        {"classes": [CLASSES[1], CLASSES[0], CLASSES[2]]},
        {"classes": [CLASSES[0], {**CLASSES[1], "code": "1"}, CLASSES[2]]},
        {"components": [{"indicator": "a1"}, {"indicator": "a1"}]},
        {"components": [{"indicator": "a1", "weight": 0}]},
        {"components": []},
        {"normalise_within": "base_period"},
        {"base_period": "2020"},
        {"standardisation": "ranks", "normalise_within": "base_period", "base_period": "2020"},
    ],
)
def test_a_recipe_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        recipe(**wrong)


def figure(
    indicator: str, area: str, value: str | None, period: str = "2024", status: str = "normal"
) -> Figure:
    amount = None if value is None else Decimal(value)
    end = parse_period(period).end
    return Figure(indicator, area, "bezirk", end, period, "", amount, status)


def town(period: str = "2024", **rows: tuple[str, str]) -> list[Figure]:
    made = []
    for area, (a, b) in rows.items():
        made += [figure("a1", area, a, period), figure("b1", area, b, period)]
    return made


def by_area(found: list[Result], period: str = "2024") -> dict[str, Result]:
    return {one.area: one for one in found if one.period == period}


def test_areas_that_are_left_out_say_why_and_do_not_shift_the_others() -> None:
    four = town(w=("1", "1"), x=("2", "2"), y=("3", "3"))
    alone = by_area(results(recipe(), four, {}, {}))
    more = [
        *four,
        *town(out=("900", "900"), few=("50", "60")),
        figure("people", "few", "299", "2024-12-31"),
        figure("a1", "hid", None, status="confidential"),
        figure("b1", "hid", "7"),
        figure("a1", "gap", "7"),
    ]
    exclusions = [
        {"kind": "areas", "areas": ["out"], "reason": "Outlier."},
        {"kind": "below", "indicator": "people", "minimum": 300, "reason": "Few people."},
    ]
    found = by_area(results(recipe(exclusions=exclusions), more, {}, {}))
    assert {k: v for k, v in found.items() if v.excluded is None} == alone
    assert {k: (v.excluded, v.reason) for k, v in found.items() if v.excluded} == {
        "out": ("areas", "Outlier."),
        "few": ("below", "Few people."),
        "hid": ("hidden", None),
        "gap": ("missing", None),
    }


def test_one_area_alone_is_compared_with_nobody() -> None:
    (found,) = results(recipe(), town(w=("1", "1")), {}, {})
    assert (found.value, found.excluded) == (None, "too_few")


def test_normalising_over_time_tells_whether_everybody_got_worse() -> None:
    worse = town("2023", x=("1", "1"), y=("3", "3")) + town("2024", x=("5", "5"), y=("7", "7"))
    each = results(recipe(), worse, {}, {})
    assert [float(one.value or 0) for one in each] == [-1, 1, -1, 1]
    pooled = [
        float(r.value or 0) for r in results(recipe(normalise_within="pooled"), worse, {}, {})
    ]
    assert pooled == sorted(pooled)
    assert pooled[1] < 0 < pooled[2]
    base = recipe(normalise_within="base_period", base_period="2023")
    assert [float(r.value or 0) for r in results(base, worse, {}, {})] == [-1, 1, 3, 5]


def test_dynamics_are_differences_over_as_many_periods_as_the_recipe_says() -> None:
    dynamics = {
        "periods": 2,
        "classes": [
            {"code": "+", "label": {"de": "positiv"}, "up_to": "0", "including": False},
            {"code": "-", "label": {"de": "negativ"}},
        ],
    }
    figures = town("2022", x=("1", "1"), y=("9", "9")) + town("2024", x=("5", "5"), y=("9", "9"))
    found = by_area(results(recipe(dynamics=dynamics), figures, {}, {}))
    assert {k: (v.dynamics, v.group_code) for k, v in found.items()} == {
        "x": (Decimal(1), "2-"),
        "y": (Decimal(-1), "2+"),
    }
    first = by_area(results(recipe(dynamics=dynamics), figures, {}, {}), "2022")
    assert {one.dynamics for one in first.values()} == {None}


def test_upper_areas_are_weighted_by_their_people() -> None:
    levels = {"north": "region", "south": "region"}
    versions: dict[str, list[tuple[date, date | None, str | None]]] = {
        area: [(date(2000, 1, 1), None, above)]
        for area, above in (("w", "north"), ("x", "north"), ("y", "south"), ("z", "south"))
    }
    people = [
        figure("people", area, n)
        for area, n in (("w", "300"), ("x", "100"), ("y", "1"), ("z", "1"))
    ]
    rows = town(w=("1", "1"), x=("2", "2"), y=("3", "3"), z=("4", "4"))
    made = recipe(aggregation={"levels": ["region"], "weight": "people"}, restandardise=False)
    found = by_area(results(made, rows + people, levels, versions))
    w, x = (float(found[key].value or 0) for key in "wx")
    assert float(found["north"].value or 0) == pytest.approx((3 * w + x) / 4, abs=1e-3)
    assert (found["north"].level, found["south"].class_code) == ("region", "3")


@given(rows=towns, n=st.integers(0, 1), at=st.integers(0, 29))
def test_the_explained_weight_really_puts_the_area_into_another_class(
    rows: Rows, n: int, at: int
) -> None:
    made = recipe()
    found = scores(made, places(rows), weights_of(made))
    place = DAY, f"area-{at % len(rows)}"
    told = explained(made, Half(made.classes, found), place, [None, None], {})
    assert told is not None
    assert sum(one.contribution for one in told.components) == pytest.approx(told.sum, abs=0.011)
    flip = told.components[n].flip
    nearer = [k / 20 for k in range(200)]
    if flip is not None:
        beside = []
        for step in (-1e-3, 0.0, 1e-3):
            heavy = [1.0, 1.0]
            heavy[n] = max(flip.weight + step, 0.0)
            beside.append(scores(made, places(rows), heavy)[place].value)
        codes = {class_of(value, made.classes).code for value in beside}
        at_limit = min(abs(value - limit) for limit in (-1.0, 1.0) for value in beside)
        assert flip.class_code in codes or at_limit < 0.02
        nearer = [w for w in nearer if abs(w - 1) < abs(flip.change) - 1e-3]
    for weight in nearer[::7]:
        heavy = [1.0, 1.0]
        heavy[n] = weight
        value = scores(made, places(rows), heavy)[place].value
        at_limit = min(abs(value - limit) for limit in (-1.0, 1.0))
        assert class_of(value, made.classes).code == told.class_code or at_limit < 1e-6


@given(rows=towns)
def test_left_out_means_computed_without_it(rows: Rows) -> None:
    made = recipe()
    found = scores(made, places(rows), weights_of(made))
    place = DAY, "area-0"
    told = explained(made, Half(made.classes, found), place, [None, None], {})
    assert told is not None
    without = values_of(made, rows, [0.0, 1.0])[0]
    assert told.components[0].value_without == pytest.approx(without, abs=1e-3)


def test_distances_lead_to_the_next_classes() -> None:
    made = recipe()
    found = scores(made, places([(0, 0), (1, 1), (2, 2)]), [1.0, 1.0])
    told = explained(made, Half(made.classes, found), (DAY, "area-1"), [None, None], {})
    assert told is not None
    assert told.below is not None
    assert told.above is not None
    assert (told.below.class_code, told.below.distance) == ("1", 1.0)
    assert (told.above.class_code, told.above.distance) == ("3", 1.0)


def test_other_weights_are_only_those_of_components() -> None:
    lowers = recipe(components=[{"indicator": "a1"}, {"indicator": "b1", "direction": "lowers"}])
    assert weights(lowers, {"b1": Decimal(3)}) == [1, -3]
    for wrong in ({"c1": Decimal(1)}, {"a1": Decimal(0), "b1": Decimal(0)}):
        with pytest.raises(Invalid):
            weights(lowers, wrong)
