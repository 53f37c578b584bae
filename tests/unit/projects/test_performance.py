"""Achievement, milestones, pace, absorption, schedule: and the faults of other systems."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import Figure, Unit
from services.projects.absorption.rules import (
    absorption,
    commitment,
    difference_from_plan,
    expected,
    schedule_variance,
    spent_of_plan,
)
from services.projects.performance.rules import (
    Wanted,
    achievement,
    bounded,
    elapsed,
    milestone,
    pace,
    total,
)
from services.projects.unit_costs.rules import cost_per_participant, leverage, unit_cost
from tests.unit.projects.rulebook import rule, said

D = Decimal
VALUES = st.decimals(-(10**6), 10**6, places=2)
TENTH = rule("pace_tolerance", 10)
UP, DOWN = Wanted.increase, Wanted.decrease


def number(text: str | None) -> D | None:
    return None if text is None else D(text)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "wanted", "expected"),
    [
        ("0", "100", "50", UP, ("50", "unknown", None)),
        ("0", "100", "100", UP, ("100", "ok", None)),
        ("0", "3", "1", UP, ("33.3333", "unknown", None)),
        ("20", "10", "15", DOWN, ("50", "unknown", None)),
        ("20", "10", "8", DOWN, ("120", "ok", None)),
        ("20", "10", "25", DOWN, ("-50", "unknown", None)),
        ("0", "100", "-10", UP, ("-10", "unknown", None)),
        ("0", "100", "0", UP, ("0", "unknown", None)),
        ("20", "10", "15", UP, ("50", "review", None)),
        ("10", "20", "15", DOWN, ("50", "review", None)),
        ("10", "10", "10", UP, (None, "unknown", "target_is_baseline")),
        ("0", "0", "5", UP, (None, "unknown", "target_is_baseline")),
        ("0", None, "5", UP, (None, "unknown", "no_target")),
        ("0", "100", None, UP, (None, "unknown", "no_actual")),
        (None, None, None, UP, (None, "unknown", "no_baseline")),
    ],
)
def test_achievement_knows_its_direction_and_what_is_not_known(
    baseline: str | None,
    target: str | None,
    actual: str | None,
    wanted: Wanted,
    expected: tuple[str, str, str],
) -> None:
    found = achievement(number(baseline), number(target), number(actual), wanted)
    assert said(found) == expected


def test_more_than_the_target_is_told_and_only_the_bar_ends_at_100() -> None:
    """Akvo RSR takes the larger of the percentage and 100, where it means the smaller."""
    over = achievement(D(0), D(100), D(130))
    assert said(over) == ("130", "ok", None)
    assert bounded(over) == 100
    half = achievement(D(0), D(100), D(50))
    assert bounded(half) == 50
    assert bounded(achievement(D(0), D(100), D(-5))) == 0


def test_a_missing_baseline_is_not_a_baseline_of_zero() -> None:
    """Akvo RSR leaves the baseline and the direction out of its percentage."""
    assert said(achievement(None, D(100), D(80))) == (None, "unknown", "no_baseline")
    assert bounded(achievement(None, D(100), D(80))) is None
    assert said(achievement(D(60), D(100), D(80)))[0] == "50"
    assert said(achievement(D(100), D(60), D(90), DOWN))[0] == "25"


def test_no_plan_is_not_zero_per_cent_of_the_plan() -> None:
    """Jems answers 0 where there is no plan, and the quotient where it says difference."""
    assert said(difference_from_plan(D(50), None)) == (None, "unknown", "no_plan")
    assert said(difference_from_plan(D(50), D(0))) == (None, "unknown", "no_plan")
    assert said(difference_from_plan(D(50), D(100))) == ("-50", "ok", None)
    assert said(difference_from_plan(D(120), D(100))) == ("20", "ok", None)
    assert said(difference_from_plan(D(0), D(100))) == ("-100", "ok", None)
    assert said(spent_of_plan(D(50), None)) == (None, "unknown", "no_plan")
    assert said(spent_of_plan(D(0), D(100))) == ("0", "ok", None)


@given(VALUES, VALUES, VALUES, VALUES)
def test_achievement_does_not_change_when_the_scale_is_turned_round(
    baseline: D, target: D, actual: D, shift: D
) -> None:
    wanted = UP if target > baseline else DOWN
    there = achievement(baseline, target, actual, wanted)
    mirrored = achievement(shift - baseline, shift - target, shift - actual, UP)
    assert there.value == mirrored.value
    assert there.reason == mirrored.reason


@given(VALUES, VALUES, VALUES)
def test_achievement_is_whole_exactly_when_the_target_is_reached(
    baseline: D, target: D, actual: D
) -> None:
    wanted = UP if target > baseline else DOWN
    found = achievement(baseline, target, actual, wanted)
    if target == baseline:
        assert found.value is None
    else:
        reached = actual >= target if wanted is UP else actual <= target
        assert (found.status == "ok") == reached


@pytest.mark.parametrize(
    ("values", "cumulative", "expected"),
    [
        (["5", "8", "12"], True, "12"),
        (["5", "8", "12"], False, "25"),
        (["5", None, "12"], True, "12"),
        (["5", "8", None], True, "8"),
        (["5", None, "12"], False, None),
        ([None], True, None),
        ([], False, None),
        (["0"], False, "0"),
    ],
)
def test_running_totals_are_not_added_up(
    values: list[str | None], cumulative: bool, expected: str | None
) -> None:
    found = total([number(value) for value in values], cumulative=cumulative)
    assert said(found)[0] == expected
    assert (found.reason == "no_actual") == (expected is None)


@pytest.mark.parametrize(
    ("actual", "today", "wanted", "expected"),
    [
        ("60", date(2024, 12, 31), UP, ("120", "ok", None)),
        ("50", date(2025, 1, 1), UP, ("100", "ok", None)),
        ("40", date(2024, 12, 31), UP, ("80", "unknown", None)),
        ("40", date(2025, 1, 1), UP, ("80", "breach", None)),
        (None, date(2025, 1, 1), UP, (None, "unknown", "no_actual")),
    ],
)
def test_a_milestone_is_missed_only_after_its_day(
    actual: str | None, today: date, wanted: Wanted, expected: tuple[str, str, str]
) -> None:
    found = milestone(D(0), D(50), number(actual), date(2024, 12, 31), today, wanted)
    assert said(found) == expected


def test_a_milestone_downwards_and_none_at_all() -> None:
    day = date(2025, 1, 1)
    assert said(milestone(D(20), D(15), D(14), day, day, DOWN)) == ("120", "ok", None)
    assert said(milestone(D(20), None, D(14), day, day))[2] == "no_milestone"
    assert said(milestone(None, D(15), D(14), day, day))[2] == "no_baseline"
    assert said(milestone(D(15), D(15), D(14), day, day))[2] == "target_is_baseline"


@given(st.integers(0, 800), st.integers(-50, 900))
def test_elapsed_time_agrees_with_counting_days(length: int, at: int) -> None:
    first = date(2023, 1, 1)
    last, today = first + timedelta(days=length), first + timedelta(days=at)
    days = [first + timedelta(days=n) for n in range(length + 1)]
    gone = Fraction(100 * sum(day <= today for day in days), len(days))
    assert abs(Fraction(elapsed(first, last, today).known) - gone) <= Fraction(1, 20000)


@pytest.mark.parametrize(
    ("reached", "month", "expected"),
    [
        ("50", 6, ("1.0083", "ok", None)),
        ("45", 6, ("0.9075", "ok", None)),
        ("40", 6, ("0.8066", "warning", None)),
        ("39", 6, ("0.7865", "breach", None)),
        ("120", 12, ("1.2", "ok", None)),
    ],
)
def test_the_light_of_pace_has_a_band(
    reached: str, month: int, expected: tuple[str, str, str]
) -> None:
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    today = date(2023, 6, 30) if month == 6 else last
    gone = elapsed(first, last, today)
    found = pace(achievement(D(0), D(100), D(reached)), gone, TENTH)
    assert said(found) == expected


def test_pace_is_not_known_before_the_start_or_without_achievement() -> None:
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    half = achievement(D(0), D(100), D(50))
    before = elapsed(first, last, date(2022, 12, 31))
    assert said(before)[0] == "0"
    assert said(pace(half, before, TENTH))[2] == "not_started"
    lacking = achievement(None, D(100), D(50))
    assert said(pace(lacking, elapsed(first, last, last), TENTH))[2] == "no_baseline"
    assert said(pace(half, elapsed(first, None, last), TENTH))[2] == "no_date"
    assert pace(half, elapsed(first, last, last), None).status == "unknown"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (absorption(D(40), D(100)), ("40", "ok", None)),
        (absorption(D(0), D(100)), ("0", "ok", None)),
        (absorption(None, D(100)), (None, "unknown", "no_actual")),
        (absorption(D(40), None), (None, "unknown", "no_amount")),
        (commitment(D(40), D(50), D(100)), ("90", "ok", None)),
        (commitment(D(60), D(50), D(100)), ("110", "breach", None)),
        (commitment(D(60), None, D(100)), (None, "unknown", "no_actual")),
        (commitment(D(60), D(0), None), (None, "unknown", "no_plan")),
        (commitment(D(60), D(0), D(0)), (None, "unknown", "no_plan")),
        (unit_cost(D(100), D(3)), ("33.33", "ok", None)),
        (unit_cost(D(100), D(0)), (None, "unknown", "no_output")),
        (unit_cost(None, D(3)), (None, "unknown", "no_amount")),
        (cost_per_participant(D(100), 8), ("12.50", "ok", None)),
        (cost_per_participant(D(100), 0), (None, "unknown", "no_output")),
        (cost_per_participant(D(100), None), (None, "unknown", "no_output")),
        (leverage(D(80), D(20)), ("4", "ok", None)),
        (leverage(D(0), D(20)), ("0", "ok", None)),
        (leverage(D(80), D(0)), (None, "unknown", "no_own_money")),
        (leverage(None, D(20)), (None, "unknown", "no_amount")),
    ],
)
def test_quotients_are_exact_and_never_zero_for_unknown(
    figure: Figure, expected: tuple[str, str, str]
) -> None:
    assert said(figure) == expected


PLAN = [(date(2023, 1, 1), D(0)), (date(2023, 4, 11), D(100)), (date(2023, 7, 20), D(300))]


@pytest.mark.parametrize(
    ("today", "value"),
    [
        (date(2022, 1, 1), "0.00"),
        (date(2023, 1, 1), "0.00"),
        (date(2023, 2, 20), "50.00"),
        (date(2023, 4, 11), "100.00"),
        (date(2023, 5, 31), "200.00"),
        (date(2023, 7, 20), "300.00"),
        (date(2024, 1, 1), "300.00"),
    ],
)
def test_the_plan_is_joined_by_straight_lines(today: date, value: str) -> None:
    assert said(expected(PLAN, today)) == (value, "ok", None)
    assert said(expected([], today)) == (None, "unknown", "no_plan")


@pytest.mark.parametrize(
    ("spent", "money", "months"),
    [
        ("100", ("-100.00", "warning", None), ("-1.6427", "warning", None)),
        ("200", ("0.00", "ok", None), ("0", "ok", None)),
        ("300", ("100.00", "ok", None), ("1.6427", "ok", None)),
        ("400", ("200.00", "ok", None), (None, "unknown", "no_plan")),
        (None, (None, "unknown", "no_actual"), (None, "unknown", "no_actual")),
    ],
)
def test_the_schedule_is_told_in_euros_and_in_months(
    spent: str | None, money: tuple[str, str, str], months: tuple[str, str, str]
) -> None:
    found = schedule_variance(PLAN, number(spent), date(2023, 5, 31))
    assert [said(figure) for figure in found] == [money, months]
    assert [figure.unit for figure in found] == [Unit.euro, Unit.months]
    assert [said(f)[2] for f in schedule_variance([], D(1), date(2023, 1, 1))] == ["no_plan"] * 2


@given(VALUES, VALUES, VALUES)
def test_computing_again_gives_the_same_figure(baseline: D, target: D, actual: D) -> None:
    first = achievement(baseline, target, actual)
    assert achievement(baseline, target, actual) == first
    assert Figure.model_validate_json(first.model_dump_json()) == first
