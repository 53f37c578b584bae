"""What a rule says of areas: three values, and unknown is never false."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from services.contracts.indicators.coverage import NoRate
from services.contracts.indicators.needs import Combining, Outcome, WhyUnknown
from services.contracts.indicators.needs_conditions import Condition
from services.contracts.indicators.values import ValueStatus
from services.indicators.coverage.rules import Nearest, Need, Rate, Sum
from services.indicators.coverage.spreading import Cover
from services.indicators.needs.facts import Facts, Figure, Judgement
from services.indicators.needs.judging import judge
from services.indicators.needs.rules import combined

M, N, U = Outcome.met, Outcome.not_met, Outcome.unknown
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
LEVEL, PERIOD = "bezirk", "2024-12-31"
HIDDEN = Figure(None, ValueStatus.confidential)
PENDING = Figure(None, ValueStatus.pending)


def figure(value: object) -> Figure:
    return value if isinstance(value, Figure) else Figure(Decimal(str(value)), ValueStatus.normal)


def facts(now: dict[str, object], before: dict[str, object] | None = None, **more: Any) -> Facts:
    """Figures of areas a, b, ... of a district; `above` and `town` are areas of other levels."""
    areas = {key: "above" for key in now if len(key) == 1}
    figures = {("count", "", PERIOD): {key: figure(v) for key, v in now.items() if v is not None}}
    if before is not None:
        figures["count", "", "2022-12-31"] = {key: figure(v) for key, v in before.items()}
    return Facts({LEVEL: areas}, {("count", "", LEVEL): PERIOD}, figures, **more)


def asked(known: Facts, **condition: Any) -> dict[str, Judgement]:
    fields = {} if condition["kind"] == "coverage" else {"indicator": "count"}
    return judge(CONDITION.validate_python({**fields, **condition}), LEVEL, known)


def outcomes(judgements: dict[str, Judgement]) -> dict[str, Outcome]:
    return {area: one.outcome for area, one in judgements.items()}


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        ("above", [N, N, M]),
        ("at_least", [N, M, M]),
        ("below", [M, N, N]),
        ("at_most", [M, M, N]),
    ],
)
def test_a_figure_is_compared_with_a_number(comparison: str, expected: list[Outcome]) -> None:
    told = asked(
        facts({"a": 9, "b": 10, "c": 11}), kind="threshold", comparison=comparison, value="10"
    )
    assert [told[area].outcome for area in "abc"] == expected


def test_between_has_both_its_limits() -> None:
    values = facts({"a": 9, "b": 10, "c": 12, "d": 13})
    told = asked(values, kind="threshold", comparison="between", value=10, upper=12)
    assert outcomes(told) == {"a": N, "b": M, "c": M, "d": N}


def test_what_is_hidden_or_missing_is_unknown_with_its_reason() -> None:
    values = facts({"a": HIDDEN, "b": PENDING, "c": None})
    told = asked(values, kind="threshold", comparison="below", value=10)
    assert outcomes(told) == {"a": U, "b": U, "c": U}
    assert [told[area].reason for area in "abc"] == ["hidden", "missing", "missing"]


@pytest.mark.parametrize(
    ("reference", "outcome", "reason"),
    [
        (10, M, None),
        (15, N, None),
        (0, U, WhyUnknown.base_is_zero),
        (HIDDEN, U, WhyUnknown.reference_hidden),
        (PENDING, U, WhyUnknown.reference_missing),
    ],
)
@pytest.mark.parametrize("to", ["above", "town"])
def test_a_figure_is_compared_with_that_of_another_area(
    to: str, reference: object, outcome: Outcome, reason: WhyUnknown | None
) -> None:
    way: dict[str, Any] = {"relative_to": "parent"}
    if to == "town":
        way = {"relative_to": "area", "reference_area": "town"}
    values = facts({"a": 20, to: reference})
    told = asked(values, kind="threshold", comparison="at_least", value="1.5", **way)["a"]
    assert (told.outcome, told.reason, told.reference_area) == (outcome, reason, to)


@pytest.mark.parametrize(
    ("now", "before", "measure", "expected"),
    [
        (15, 10, "difference", (M, None, "5")),
        (15, 10, "growth", (M, None, "50")),
        (10, 15, "difference", (N, None, "-5")),
        (15, 0, "growth", (U, WhyUnknown.base_is_zero, None)),
        (15, HIDDEN, "difference", (U, WhyUnknown.earlier_hidden, None)),
        (15, PENDING, "difference", (U, WhyUnknown.earlier_missing, None)),
        (HIDDEN, 10, "difference", (U, WhyUnknown.hidden, None)),
    ],
)
def test_a_trend_compares_with_the_same_day_years_ago(
    now: object, before: object, measure: str, expected: tuple[Any, ...]
) -> None:
    values = facts({"a": now}, {"a": before})
    trend = {"kind": "trend", "periods": 2, "measure": measure, "comparison": "at_least"}
    told = asked(values, **trend, value=5)["a"]
    compared = None if told.compared is None else f"{told.compared:f}"
    assert (told.outcome, told.reason, compared) == expected
    assert told.reference_period == "2022-12-31"


def test_ties_are_all_among_the_highest() -> None:
    values = facts({"a": 5, "b": 7, "c": 7, "d": 9, "e": HIDDEN})
    two = outcomes(asked(values, kind="extreme", end="highest", count=2))
    assert two == {"a": N, "b": M, "c": M, "d": M, "e": U}
    lowest = outcomes(asked(values, kind="extreme", end="lowest", percent=25))
    assert lowest == {"a": M, "b": N, "c": N, "d": N, "e": U}


def test_a_figure_on_a_limit_is_in_the_class_below() -> None:
    values = facts({"a": 1, "b": 2, "c": 3, "d": 4, "e": HIDDEN})
    given_ = {"kind": "class", "by": "given", "limits": [2, 3], "classes": [2]}
    assert outcomes(asked(values, **given_)) == {"a": N, "b": N, "c": M, "d": N, "e": U}
    quarters = {"kind": "class", "by": "quantile", "number": 4, "classes": [4]}
    assert outcomes(asked(values, **quarters)) == {"a": N, "b": N, "c": N, "d": M, "e": U}
    equal = {"kind": "class", "by": "equal_interval", "number": 3, "classes": [1, 3]}
    assert outcomes(asked(values, **equal)) == {"a": M, "b": M, "c": N, "d": M, "e": U}


def covered(value: object, reason: NoRate | None, metres: int | None) -> Cover:
    made = None if value is None else Decimal(str(value))
    return Cover(Sum(), Need(None, ValueStatus.normal), Rate(made, reason), Nearest(metres))


@pytest.mark.parametrize(
    ("cover", "open_", "limits", "expected"),
    [
        (covered(50, None, 10), 3, {"places_below": 60}, (M, None)),
        (covered(60, None, 10), 3, {"places_below": 60}, (N, None)),
        (covered(None, NoRate.need_hidden, 1), 3, {"places_below": 60}, (U, "hidden")),
        (covered(None, NoRate.no_need_group, 1), 3, {"places_below": 60}, (U, "missing")),
        (covered(None, NoRate.places_unknown, 1), 3, {"places_below": 60}, (U, "places_unknown")),
        (covered(None, NoRate.nobody_in_need, 1), 3, {"places_below": 60}, (N, None)),
        (covered(50, None, 1501), 3, {"farther_than": 1500}, (M, None)),
        (covered(50, None, 1500), 3, {"farther_than": 1500}, (N, None)),
        (covered(50, None, None), 3, {"farther_than": 1500}, (U, "distance_unknown")),
        (covered(50, None, None), 0, {"farther_than": 1500}, (M, None)),
        (
            covered(None, NoRate.need_hidden, 1501),
            3,
            {"places_below": 60, "farther_than": 1500},
            (M, None),
        ),
        (
            covered(None, NoRate.need_hidden, 10),
            3,
            {"places_below": 60, "farther_than": 1500},
            (U, "hidden"),
        ),
    ],
)
def test_a_gap_is_too_few_places_or_too_far(
    cover: Cover, open_: int, limits: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    known = facts({"a": 1}, covered={("kita", LEVEL): ({"a": cover}, open_)})
    told = asked(known, kind="coverage", facility_kind="kita", **limits)["a"]
    assert (told.outcome, told.reason) == expected


ways = st.one_of(
    st.tuples(st.sampled_from([Combining.all, Combining.any]), st.none()),
    st.tuples(st.just(Combining.at_least), st.integers(1, 5)),
)


@given(st.lists(st.sampled_from(Outcome), min_size=1, max_size=5), ways)
def test_a_rule_is_unknown_exactly_when_the_unknown_decides(
    told: list[Outcome], way: tuple[Combining, int | None]
) -> None:
    best = combined([M if one is U else one for one in told], *way)
    worst = combined([N if one is U else one for one in told], *way)
    assert combined(told, *way) is (best if best is worst else U)


@given(st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.just(HIDDEN), st.integers(0, 9))))
def test_no_kind_of_condition_takes_the_unknown_for_false(now: dict[str, Any]) -> None:
    conditions: list[dict[str, Any]] = [
        {"kind": "threshold", "comparison": "below", "value": 5},
        {"kind": "extreme", "end": "lowest", "count": 1},
        {"kind": "class", "by": "quantile", "number": 3, "classes": [1]},
        {"kind": "trend", "periods": 2, "measure": "difference", "comparison": "above", "value": 0},
    ]
    for condition in conditions:
        told = asked(facts(now, now), **condition)
        for area, value in now.items():
            assert (told[area].outcome is U) == (value is HIDDEN)
            assert (told[area].reason is not None) == (value is HIDDEN)
