"""Pace, absorption, schedule of money: and the faults of other systems."""

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
    elapsed,
    expected,
    pace,
    schedule_variance,
    spent_of_plan,
)
from services.projects.unit_costs.rules import leverage, unit_cost
from tests.unit.projects.rulebook import rule, said

D = Decimal
VALUES = st.decimals(-(10**6), 10**6, places=2)
TENTH = rule("pace_tolerance", 10)


def number(text: str | None) -> D | None:
    return None if text is None else D(text)


def test_no_plan_is_not_zero_per_cent_of_the_plan() -> None:
    """Jems answers 0 where there is no plan, and the quotient where it says difference."""
    assert said(difference_from_plan(D(50), None)) == (None, "unknown", "no_plan")
    assert said(difference_from_plan(D(50), D(0))) == (None, "unknown", "no_plan")
    assert said(difference_from_plan(D(50), D(100))) == ("-50", "ok", None)
    assert said(difference_from_plan(D(120), D(100))) == ("20", "ok", None)
    assert said(difference_from_plan(D(0), D(100))) == ("-100", "ok", None)
    assert said(spent_of_plan(D(50), None)) == (None, "unknown", "no_plan")
    assert said(spent_of_plan(D(0), D(100))) == ("0", "ok", None)


@given(st.integers(0, 800), st.integers(-50, 900))
def test_elapsed_time_agrees_with_counting_days(length: int, at: int) -> None:
    first = date(2023, 1, 1)
    last, today = first + timedelta(days=length), first + timedelta(days=at)
    days = [first + timedelta(days=n) for n in range(length + 1)]
    gone = Fraction(100 * sum(day <= today for day in days), len(days))
    assert abs(Fraction(elapsed(first, last, today).known) - gone) <= Fraction(1, 20000)


@pytest.mark.parametrize(
    ("spent", "month", "expected"),
    [
        ("50", 6, ("1.0083", "ok", None)),
        ("45", 6, ("0.9075", "ok", None)),
        ("40", 6, ("0.8066", "warning", None)),
        ("35", 6, ("0.7058", "warning", None)),
        ("34", 6, ("0.6856", "breach", None)),
        ("120", 12, ("1.2", "ok", None)),
    ],
)
def test_the_light_of_pace_has_the_band_that_targets_have(
    spent: str, month: int, expected: tuple[str, str, str]
) -> None:
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    today = date(2023, 6, 30) if month == 6 else last
    gone = elapsed(first, last, today)
    assert said(pace(spent_of_plan(D(spent), D(100)), gone, TENTH)) == expected


def test_pace_is_not_known_before_the_start_or_without_a_plan() -> None:
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    half = spent_of_plan(D(50), D(100))
    before = elapsed(first, last, date(2022, 12, 31))
    assert said(before)[0] == "0"
    assert said(pace(half, before, TENTH))[2] == "not_started"
    lacking = spent_of_plan(D(50), None)
    assert said(pace(lacking, elapsed(first, last, last), TENTH))[2] == "no_plan"
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
        (unit_cost(D(100), None), (None, "unknown", "no_output")),
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


@given(VALUES, VALUES)
def test_computing_again_gives_the_same_figure(spent: D, plan: D) -> None:
    first = difference_from_plan(spent, plan)
    assert difference_from_plan(spent, plan) == first
    assert Figure.model_validate_json(first.model_dump_json()) == first
