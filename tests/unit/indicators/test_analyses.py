"""What a figure says beside others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.indicators.analyses import (
    TrendCertainty,
    TrendDirection,
    Verdict,
    WhyNot,
)
from services.contracts.indicators.catalogue import Polarity
from services.contracts.indicators.values import ValueStatus
from services.indicators.analyses import rules, words
from services.indicators.analyses.rules import Cases, Figure, Span
from services.indicators.analyses.trends import trend

HIDDEN = Figure(None, ValueStatus.confidential)
COUNTS = st.integers(1, 5000).flatmap(
    lambda of: st.builds(Cases, st.integers(0, of).map(float), st.just(float(of)))
)


def figure(value: float) -> Figure:
    return Figure(value, ValueStatus.normal)


@pytest.mark.parametrize(
    ("cases", "of", "lower", "upper"),
    [  # Newcombe 1998, Statistics in Medicine 17, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_one_of_the_literature(
    cases: int, of: int, lower: float, upper: float
) -> None:
    found = rules.wilson(Cases(cases, of))
    assert found == pytest.approx(Span(lower, upper), abs=5e-5)


@given(COUNTS)
def test_an_interval_holds_its_share_and_stays_between_none_and_all(counted: Cases) -> None:
    found = rules.wilson(counted)
    assert 0 <= found.lower <= counted.cases / counted.of <= found.upper <= 1


@pytest.mark.parametrize(
    ("kind", "rate", "numerator", "denominator", "why"),
    [
        ("rate", HIDDEN, figure(3), figure(50), WhyNot.no_value),
        ("ratio", figure(6), figure(3), figure(50), WhyNot.not_a_share),
        ("rate", figure(6), None, figure(50), WhyNot.no_counts),
        ("rate", figure(6), HIDDEN, figure(50), WhyNot.counts_hidden),
        ("rate", figure(6), Figure(None, ValueStatus.missing), figure(50), WhyNot.no_counts),
        ("rate", figure(6), figure(51), figure(50), WhyNot.not_a_share),
        ("rate", figure(6), figure(0), figure(0), WhyNot.not_a_share),
        ("rate", figure(60), figure(3), figure(50), WhyNot.counts_differ),
    ],
)
def test_without_published_counts_it_is_said_why_there_is_no_interval(
    kind: str, rate: Figure, numerator: Figure | None, denominator: Figure | None, why: WhyNot
) -> None:
    assert rules.cases_of(rate, kind, 100, numerator, denominator) is why


def test_counts_in_thousands_are_as_many_cases() -> None:
    found = rules.cases_of(figure(6), "rate", 100, figure(3), figure(50), (1000, 1000))
    assert found == Cases(3000, 50_000)


@pytest.mark.parametrize(
    ("cases", "of", "few"), [(3, 50, True), (9, 500, True), (495, 500, True), (50, 500, False)]
)
def test_few_cases_are_flagged(cases: int, of: int, few: bool) -> None:
    assert Cases(cases, of).few is few


@given(st.lists(st.none() | COUNTS, min_size=10, max_size=60))
def test_a_smoothed_rate_lies_between_its_own_and_that_of_all(
    counted: list[Cases | None],
) -> None:
    found = rules.smoothed(counted)
    known = [one for one in counted if one is not None]
    if len(known) < rules.FEWEST_AREAS:
        assert found is WhyNot.few_areas
        return
    assert not isinstance(found, WhyNot)
    mean = sum(one.cases for one in known) / sum(one.of for one in known)
    for one, drawn in zip(counted, found, strict=True):
        if one is None:
            assert drawn is None
            continue
        assert drawn is not None
        own = one.cases / one.of
        assert min(own, mean) - 1e-12 <= drawn <= max(own, mean) + 1e-12
        assert 0 <= drawn <= 1


def test_smoothing_follows_marshall() -> None:
    counted = [Cases(10 * n, 1000) for n in range(1, 10)] + [Cases(4, 10)]
    persons, mean = 9010, (450 + 4) / 9010
    spread = sum(c.of * (c.cases / c.of - mean) ** 2 for c in counted) / persons
    between = spread - mean / (persons / 10)
    found = rules.smoothed(counted)
    assert not isinstance(found, WhyNot)
    assert found[-1] == pytest.approx(mean + between / (between + mean / 10) * (0.4 - mean))
    assert found[0] == pytest.approx(mean + between / (between + mean / 1000) * (0.01 - mean))


def test_areas_that_differ_no_more_than_by_chance_all_get_the_mean() -> None:
    same = [Cases(5, 100)] * 10
    assert rules.smoothed(same) == pytest.approx([0.05] * 10)
    assert rules.smoothed([Cases(0, 100)] * 10) == [0.0] * 10


@given(st.lists(st.none() | st.integers(0, 9), max_size=40), st.sampled_from(Polarity))
def test_equal_values_share_the_better_rank(values: list[int | None], polarity: Polarity) -> None:
    known = [value for value in values if value is not None]
    for value, standing in zip(values, rules.standings(values), strict=True):
        if value is None:
            assert standing is None
            continue
        assert standing is not None
        first = polarity is Polarity.lower_is_better
        ahead = [other for other in known if (other < value if first else other > value)]
        assert standing.rank(polarity) == 1 + len(ahead)
        assert standing.of == len(known)
        assert 0 <= standing.percentile <= 100


@given(st.lists(COUNTS, min_size=1, max_size=40), st.sampled_from(Polarity))
def test_a_rank_lies_in_its_range(counted: list[Cases], polarity: Polarity) -> None:
    values = [one.cases / one.of for one in counted]
    spans = rules.rank_spans([rules.wilson(one) for one in counted], len(values), polarity)
    for standing, span in zip(rules.standings(values), spans, strict=True):
        assert standing is not None
        assert span is not None
        assert 1 <= span[0] <= standing.rank(polarity) <= span[1] <= len(values)


def test_a_range_of_ranks_counts_only_areas_that_are_surely_better() -> None:
    intervals = [Span(1, 2), Span(1.5, 3), Span(5, 6), None]
    assert rules.rank_spans(intervals, 4, Polarity.lower_is_better) == [
        (1, 3),
        (1, 3),
        (3, 4),
        None,
    ]
    assert rules.rank_spans(intervals, 4, Polarity.neutral)[2] == (1, 2)


def test_the_sum_of_areas_is_not_told_while_one_is_hidden() -> None:
    whole = rules.summary([figure(3), figure(4)], "count")
    assert (whole.sum, whole.mean, whole.median, whole.shown) == (7, 3.5, 3.5, 2)
    part = rules.summary([figure(3), HIDDEN, Figure(None, ValueStatus.nothing)], "count")
    assert (part.sum, part.hidden, part.without, part.minimum) == (None, 1, 1, 3)
    assert rules.summary([figure(3)], "rate").sum is None
    assert rules.summary([HIDDEN], "count").mean is None


@pytest.mark.parametrize(
    ("total", "parts", "kind", "rest"),
    [
        (figure(10), [figure(3), figure(4)], "count", 3),
        (figure(7), [figure(3), figure(4)], "count", 0),
        (figure(6), [figure(3), figure(4)], "count", WhyNot.not_additive),
        (figure(10), [figure(3), HIDDEN], "count", WhyNot.counts_hidden),
        (figure(10), [figure(3), Figure(None, ValueStatus.pending)], "count", WhyNot.no_value),
        (HIDDEN, [figure(3)], "count", WhyNot.no_value),
        (None, [figure(3)], "count", WhyNot.no_value),
        (figure(10), [figure(3)], "rate", WhyNot.not_a_count),
    ],
)
def test_what_belongs_to_no_area_is_told_only_if_it_hides_nothing(
    total: Figure | None, parts: list[Figure], kind: str, rest: float | WhyNot
) -> None:
    assert rules.unassigned(total, rules.summary(parts, kind), kind) == rest


@pytest.mark.parametrize(
    ("value", "interval", "reference", "polarity", "said"),
    [
        (8.0, None, 7.0, Polarity.lower_is_better, Verdict.worse),
        (8.0, None, 7.0, Polarity.higher_is_better, Verdict.better),
        (8.0, None, 7.0, Polarity.neutral, Verdict.above),
        (6.0, None, 7.0, Polarity.neutral, Verdict.below),
        (6.0, None, 7.0, Polarity.lower_is_better, Verdict.better),
        (8.0, Span(6.5, 9), 7.0, Polarity.lower_is_better, Verdict.similar),
        (7.04, None, 7.0, Polarity.lower_is_better, Verdict.similar),
        (None, None, 7.0, Polarity.lower_is_better, None),
        (8.0, None, None, Polarity.lower_is_better, None),
    ],
)
def test_an_area_is_worse_only_if_it_can_be_told_apart(
    value: float | None,
    interval: Span | None,
    reference: float | None,
    polarity: Polarity,
    said: Verdict | None,
) -> None:
    assert rules.verdict(value, interval, reference, "rate", polarity, 1) is said


def test_counts_are_not_compared_with_those_of_the_whole_town() -> None:
    assert rules.verdict(8, None, 100, "count", Polarity.lower_is_better, 0) is None


def yearly(*values: float) -> list[tuple[date, float]]:
    return [(date(2010 + n, 12, 31), value) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "direction", "certainty"),
    [
        ((1, 2), TrendDirection.unknown, None),
        ((1, 2, 3), TrendDirection.unclear, None),
        ((1, 2, 3, 4), TrendDirection.rising, TrendCertainty.weak),
        ((5, 4, 3, 2, 1), TrendDirection.falling, TrendCertainty.clear),
        ((1, 5, 2, 4, 3), TrendDirection.unclear, None),
        ((2, 2, 2), TrendDirection.steady, None),
        ((1, 1, 2, 2, 3, 3, 4, 4), TrendDirection.rising, TrendCertainty.clear),
    ],
)
def test_a_trend_is_told_only_if_chance_would_hardly_do_it(
    values: tuple[float, ...], direction: TrendDirection, certainty: TrendCertainty | None
) -> None:
    found = trend(yearly(*values), 0)
    assert (found.direction, found.certainty, found.values) == (direction, certainty, len(values))


def test_the_change_per_year_heeds_gaps_and_has_no_false_precision() -> None:
    found = trend([(date(2010, 12, 31), 1.0), *yearly(0, 0, 0, 4.0, 5.123456)[3:]], 1)
    assert (found.per_year, found.change) == (1.03, 4.1)


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=12), st.integers(1, 9))
def test_a_trend_is_mirrored_and_does_not_depend_on_the_unit(
    values: list[int], factor: int
) -> None:
    there = trend(yearly(*values), 0)
    back = trend(yearly(*(-factor * value for value in values)), 0)
    mirrored = {
        TrendDirection.rising: TrendDirection.falling,
        TrendDirection.falling: TrendDirection.rising,
    }
    assert back.direction is mirrored.get(there.direction, there.direction)
    assert back.certainty is there.certainty


@pytest.mark.parametrize(
    ("period", "de", "en", "it"),
    [
        ("2024", "2024", "2024", "2024"),
        ("2024-12-31", "31.12.2024", "31 December 2024", "31 dicembre 2024"),
        ("2024-Q1", "1. Quartal 2024", "Q1 2024", "1° trimestre 2024"),
        ("2024-S2", "2. Halbjahr 2024", "half 2 of 2024", "2° semestre 2024"),
        ("2024-03", "März 2024", "March 2024", "marzo 2024"),
        ("2024-W05", "5. KW 2024", "week 5 of 2024", "settimana 5 2024"),
    ],
)
def test_periods_are_written_as_people_do(period: str, de: str, en: str, it: str) -> None:
    assert [words.period(period, lang) for lang in ("de", "en", "it")] == [de, en, it]


@pytest.mark.parametrize("status", ValueStatus)
def test_every_reason_has_words_in_every_language(status: ValueStatus) -> None:
    said = {words.reason(status, lang) for lang in ("de", "en", "it")}
    assert said == {None} if status is ValueStatus.normal else len(said) == 3
    assert words.marker(status)
