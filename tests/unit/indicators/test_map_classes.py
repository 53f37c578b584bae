"""Classes, colours and legends of maps."""

from bisect import bisect_left
from dataclasses import replace
from importlib import import_module
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.contracts.indicators.maps import ClassMethod, PaletteKind, Pattern
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses.pictures import Class, Classes, Picture
from services.indicators.analyses.rules import Figure
from services.indicators.maps import classes, rules
from services.indicators.maps.legends import of_recipe, of_values, without_value
from services.indicators.maps.palettes import NAMES, PALETTES
from services.indicators.maps.rules import Look
from services.kit.problems import Invalid
from tests.unit.indicators.pictures import picture

import_module("jenkspy")  # loading it takes longer than a property may

FOUND = [method for method in ClassMethod if method not in (ClassMethod.given, ClassMethod.recipe)]
VALUES = st.lists(st.integers(-3000, 9000).map(lambda n: n / 10), min_size=1, max_size=40)


@pytest.mark.parametrize("method", FOUND)
@given(values=VALUES, wanted=st.integers(2, 9), seed=st.integers(0, 99))
def test_equal_values_share_a_class_in_any_order(
    method: ClassMethod, values: list[float], wanted: int, seed: int
) -> None:
    limits = classes.limits_of(values, method, wanted, 1)
    shuffled = list(values)
    Random(seed).shuffle(shuffled)
    assert classes.limits_of(shuffled, method, wanted, 1) == limits
    assert limits == sorted(set(limits))
    assert len(limits) < wanted
    assert all(1 <= classes.class_of(value, limits) <= len(limits) + 1 for value in values)


@pytest.mark.parametrize("method", [ClassMethod.quantile, ClassMethod.jenks])
@given(values=VALUES, wanted=st.integers(2, 9))
def test_no_class_is_empty(method: ClassMethod, values: list[float], wanted: int) -> None:
    limits = classes.limits_of(values, method, wanted, 1)
    filled = {classes.class_of(value, limits) for value in values}
    assert filled == set(range(1, len(limits) + 2))


@pytest.mark.parametrize("method", [m for m in FOUND if m is not ClassMethod.standard_deviation])
@given(values=VALUES, wanted=st.integers(2, 9))
def test_fewer_values_than_classes_are_a_class_each(
    method: ClassMethod, values: list[float], wanted: int
) -> None:
    distinct = sorted(set(values))
    assume(len(distinct) <= wanted)
    limits = classes.limits_of(values, method, wanted, 1)
    assert [classes.class_of(value, limits) for value in distinct] == [
        n + 1 for n in range(len(distinct))
    ]


@pytest.mark.parametrize(
    ("method", "wanted", "limits"),
    [
        (ClassMethod.quantile, 4, [2, 5, 8]),
        (ClassMethod.equal_interval, 4, [6, 10, 15]),
        (ClassMethod.jenks, 3, [3, 9]),
        (ClassMethod.standard_deviation, 4, [1, 7, 12]),
        (ClassMethod.standard_deviation, 3, [4, 10]),
    ],
)
def test_limits_are_where_the_method_puts_them(
    method: ClassMethod, wanted: int, limits: list[float]
) -> None:
    values = [1.0, 2, 3, 5, 6, 8, 9, 20]
    assert classes.limits_of(values, method, wanted, 0) == limits


def test_a_limit_needs_no_more_decimals_than_keep_the_classes() -> None:
    found = classes.limits_of([5.137, 5.16, 7.0, 7.4], ClassMethod.quantile, 2, 1)
    assert found == [5.2]
    tight = classes.limits_of([5.131, 5.134, 5.138], ClassMethod.quantile, 3, 1)
    assert tight == [5.131, 5.134]
    assert classes.decimals_of(tight, 1) == 3


@pytest.mark.parametrize("text", ["", "a", "5,4", "5,5", "1,2,3,4,5,6,7,8,9", "nan", "1,inf"])
def test_limits_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        classes.given_limits(text)
    assert refused.value.faults[0].parameter == "limits"


def test_given_limits_are_kept() -> None:
    assert classes.given_limits("-1,1,1.5") == (-1.0, 1.0, 1.5)


@pytest.mark.parametrize("name", NAMES)
def test_a_palette_has_as_many_different_colours_as_classes(name: str) -> None:
    palette = PALETTES[name]
    for number in range(1, palette.most + 1):
        colours = palette.colours(number)
        assert len(set(colours)) == number
        assert all(len(colour) == 7 and int(colour[1:], 16) >= 0 for colour in colours)
        assert palette.colours(number, reverse=True) == colours[::-1]


@pytest.mark.parametrize("name", [n for n in NAMES if PALETTES[n].kind is PaletteKind.sequential])
def test_a_sequential_palette_gets_darker(name: str) -> None:
    for number in range(2, 10):
        light = [
            sum(w * int(c[at : at + 2], 16) for w, at in ((3, 1), (6, 3), (1, 5)))
            for c in PALETTES[name].colours(number)
        ]
        assert light == sorted(light, reverse=True)


def test_red_and_green_are_not_said_to_be_safe() -> None:
    assert 5 not in PALETTES["RdYlGn"].safe
    assert 4 not in PALETTES["Dark2"].safe
    assert all(5 in PALETTES[name].safe for name in ("Blues", "YlOrRd", "BrBG", "PuOr", "RdBu"))


def figures(*values: float | ValueStatus) -> list[Figure]:
    return [
        Figure(None, value) if isinstance(value, ValueStatus) else Figure(value, ValueStatus.normal)
        for value in values
    ]


def test_a_class_of_one_value_is_not_from_it_to_itself() -> None:
    lines = of_values([37, 50, 51, 69], [37, 51], ["#a", "#b", "#c"], ClassMethod.jenks, 1, "de")
    assert [line["label"] for line in lines] == [
        "37,0",
        "über 37,0 bis 51,0",
        "über 51,0 bis 69,0",
    ]


def test_a_legend_counts_every_area_once_and_gives_reasons_a_line_of_their_own() -> None:
    shown = figures(
        1.0,
        2.0,
        5.5,
        1234.5,
        ValueStatus.confidential,
        ValueStatus.confidential,
        ValueStatus.unreliable,
        ValueStatus.missing,
    )
    lines = [
        *of_values(
            [one.value for one in shown if one.value is not None],
            [2.0, 10.0],
            ["#a", "#b", "#c"],
            ClassMethod.quantile,
            1,
            "de",
        ),
        *without_value(shown, "de"),
    ]
    assert [line["label"] for line in lines] == [
        "1,0 bis 2,0",
        "über 2,0 bis 10,0",
        "über 10,0 bis 1.234,5",
        "keine Angabe, da Zahlenwert nicht sicher genug",
        "aus Gründen der statistischen Geheimhaltung nicht ausgewiesen",
        "keine Angabe geliefert",
    ]
    assert [line["count"] for line in lines] == [2, 1, 1, 1, 2, 1]
    assert sum(line["count"] for line in lines) == len(shown)
    assert [line["pattern"] for line in lines[3:]] == [
        Pattern.cross,
        Pattern.diagonal,
        Pattern.dots,
    ]
    assert {line["pattern"] for line in lines[:3]} == {Pattern.none}
    assert len({line["pattern"] for line in lines}) == 4


@pytest.mark.parametrize(
    ("lang", "labels"),
    [
        ("de", ["bis 2,0", "über 2,0 bis 1.000,0", "über 1.000,0"]),
        ("en", ["up to 2.0", "over 2.0 to 1,000.0", "over 1,000.0"]),
        ("it", ["fino a 2,0", "oltre 2,0 fino a 1.000,0", "oltre 1.000,0"]),
    ],
)
def test_given_classes_are_open_at_both_ends(lang: Language, labels: list[str]) -> None:
    lines = of_values([1.0, 5000.0], [2.0, 1000.0], ["#a", "#b", "#c"], ClassMethod.given, 1, lang)
    assert [line["label"] for line in lines] == labels
    assert [line["count"] for line in lines] == [1, 0, 1]


def test_single_values_stand_by_themselves() -> None:
    limits = classes.limits_of([1, 2, 2, 4], ClassMethod.quantile, 5, 0)
    lines = of_values([1, 2, 2, 4], limits, ["#a", "#b", "#c"], ClassMethod.quantile, 0, "de")
    assert [(line["label"], line["count"]) for line in lines] == [("1", 1), ("2", 2), ("4", 1)]


@given(values=VALUES, wanted=st.integers(2, 9))
def test_the_numbers_of_a_legend_tell_the_class_of_every_value(
    values: list[float], wanted: int
) -> None:
    limits = classes.limits_of(values, ClassMethod.quantile, wanted, 1)
    colours = PALETTES["Blues"].colours(len(limits) + 1)
    lines = of_values(values, limits, colours, ClassMethod.quantile, 1, "en")
    uppers = [line["upper"] for line in lines]
    for value in values:
        assert bisect_left(uppers, value) == classes.class_of(value, limits) - 1
        assert lines[0]["lower"] <= value


def recipe(by_share: bool = False, **numbers: int) -> Classes:
    """Three classes, the limit of the first in the second."""
    limits = (0.2, 0.8) if by_share else (-1.0, 1.5)
    named = [
        Class({"de": "niedrig", "en": "low"}, limits[0], False),
        Class({"de": "mittel", "en": "medium"}, limits[1], True),
        Class({"de": "hoch", "en": "high"}, None, True),
    ]
    return Classes(named, by_share, numbers)


@pytest.mark.parametrize(
    ("lang", "by_share", "labels"),
    [
        ("de", False, ["niedrig: unter −1,0", "mittel: ab −1,0 bis 1,5", "hoch: über 1,5"]),
        ("en", False, ["low: under −1.0", "medium: from −1.0 up to 1.5", "high: over 1.5"]),
        (
            "de",
            True,
            [
                "niedrig: unter 20\u00a0% der Gebiete",
                "mittel: ab 20\u00a0% bis 80\u00a0% der Gebiete",
                "hoch: über 80\u00a0% der Gebiete",
            ],
        ),
    ],
)
def test_the_classes_of_an_index_are_told_by_name_and_limits(
    lang: Language, by_share: bool, labels: list[str]
) -> None:
    lines = of_recipe(recipe(by_share), [1, 2, 2], ["#a", "#b", "#c"], lang)
    assert [line["label"] for line in lines] == labels
    assert [line["count"] for line in lines] == [1, 2, 0]
    assert [line["upper"] for line in lines] == ([None] * 3 if by_share else [-1.0, 1.5, None])
    (only,) = of_recipe(Classes([Class({"de": "alle"}, None, True)], False, {}), [], ["#a"], "de")
    assert only["label"] == "alle"


def indexed() -> Picture:
    """A town with an index: of two areas at minus one only one is low."""
    town = picture([-1.0, -1.0, 0.2, 1.7] + [None] * 8, decimals=3)
    keys = [area.key for area in town.areas]
    return replace(town, classes=recipe(**dict(zip(keys, (1, 2, 2, 3), strict=False))))


def test_the_map_of_an_index_has_the_classes_of_its_recipe_unless_others_are_wanted() -> None:
    town = indexed()
    keys = [area.key for area in town.areas]
    drawn = rules.drawing(town, Look(), "de")
    assert (drawn.method, drawn.limits) == (ClassMethod.recipe, [-1.0, 1.5])
    assert [drawn.numbers.get(key) for key in keys[:5]] == [1, 2, 2, 3, None]
    assert [drawn.entry(key, town.figure(key))["count"] for key in keys[:5]] == [1, 2, 2, 1, 8]
    assert rules.drawing(town, Look(method=ClassMethod.quantile, classes=2), "de").limits == [-1.0]
    with pytest.raises(Invalid, match="Only an index"):
        rules.drawing(picture(), Look(method=ClassMethod.recipe), "de")


def test_a_recipe_may_have_more_classes_than_there_are_colours() -> None:
    palette = PALETTES["YlOrRd"]
    ten = palette.shared(10)
    assert (len(ten), len(set(ten)), ten[0], ten[-1]) == (
        10,
        9,
        palette.colours(9)[0],
        palette.colours(9)[-1],
    )
