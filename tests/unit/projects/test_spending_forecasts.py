"""What will be spent, what is left, what lapses."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import FigureStatus
from services.projects.allocation.rules import cents
from services.projects.forecasts.rules import (
    Contract,
    at_completion,
    cost_by_year,
    expected_underspend,
    lapses,
    remaining_material,
    remaining_staff,
)
from tests.unit.projects.rulebook import said

D = Decimal
START, END = date(2024, 1, 1), date(2024, 12, 31)
DAYS = st.integers(0, 500).map(lambda n: START + timedelta(days=n))
CONTRACTS = st.lists(
    st.tuples(DAYS, st.integers(0, 400), st.decimals(0, 9000, places=2)).map(
        lambda t: Contract(t[0], t[0] + timedelta(days=t[1]), t[2])
    ),
    max_size=4,
)


def worth(contracts: list[Contract], days: list[date]) -> Fraction:
    """The cost of contracts, day by day."""
    return sum(
        (
            Fraction(one.monthly_cost or 0) / monthrange(day.year, day.month)[1]
            for day in days
            for one in contracts
            if one.starts_on <= day <= one.ends_on
        ),
        Fraction(0),
    )


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(max((last - first).days + 1, 0))]


@given(CONTRACTS, DAYS, DAYS)
def test_the_rest_of_contracts_agrees_with_a_walk_from_day_to_day(
    contracts: list[Contract], today: date, last: date
) -> None:
    found = remaining_staff(contracts, today, last)
    assert found.value == cents(worth(contracts, days(today + timedelta(days=1), last)))


@given(CONTRACTS, DAYS, st.integers(0, 800))
def test_each_year_has_its_own_cost(contracts: list[Contract], first: date, length: int) -> None:
    last = first + timedelta(days=length)
    for year, cost in cost_by_year(contracts, first, last).items():
        exact = worth(contracts, [day for day in days(first, last) if day.year == year])
        assert cost is not None
        assert abs(Fraction(cost) - exact) <= Fraction(len(contracts), 200)


def test_a_contract_without_pay_makes_the_rest_unknown_only_while_it_lasts() -> None:
    unpaid = Contract(START, date(2024, 6, 30), None)
    assert said(remaining_staff([unpaid], date(2024, 3, 1), END))[2] == "no_pay"
    assert said(remaining_staff([unpaid], date(2024, 6, 30), END)) == ("0.00", "ok", None)
    assert cost_by_year([unpaid], START, date(2025, 12, 31)) == {2024: None, 2025: D(0)}


@pytest.mark.parametrize(
    ("plan", "spent", "today", "expected"),
    [
        ("1200", "600", date(2024, 6, 30), ("600.00", "ok", None)),
        ("1200", "900", date(2024, 6, 30), ("900.00", "ok", None)),
        ("1200", "100", date(2024, 6, 30), ("1100.00", "ok", None)),
        ("1200", "1500", END, ("0.00", "ok", None)),
        ("1200", "0", date(2023, 12, 31), ("1200.00", "ok", None)),
        (None, "1", date(2024, 6, 30), (None, "unknown", "no_plan")),
        ("1200", None, date(2024, 6, 30), (None, "unknown", "no_actual")),
    ],
)
def test_material_costs_what_is_planned_or_what_it_has_cost_so_far(
    plan: str | None, spent: str | None, today: date, expected: tuple[str, str, str]
) -> None:
    amounts = [None if text is None else D(text) for text in (plan, spent)]
    assert said(remaining_material(*amounts, START, today, END)) == expected


@pytest.mark.parametrize(
    ("plan", "forecast", "left"),
    [
        ("10000", "7600.00", ("2400.00", "warning", None)),
        ("7600", "7600.00", ("0.00", "ok", None)),
        ("7000", "7600.00", ("-600.00", "breach", None)),
        (None, "7600.00", (None, "unknown", "no_plan")),
    ],
)
def test_the_end_is_spent_money_staff_and_material(
    plan: str | None, forecast: str, left: tuple[str, str, str]
) -> None:
    today = date(2024, 6, 30)
    staff = remaining_staff([Contract(START, END, D(500))], today, END)
    material = remaining_material(D(1200), D(600), START, today, END)
    whole = at_completion(D(4000), staff, material)
    assert said(whole) == (forecast, "ok", None)
    assert said(expected_underspend(None if plan is None else D(plan), whole)) == left


def test_what_is_not_known_stays_unknown_to_the_end() -> None:
    today = date(2024, 6, 30)
    staff = remaining_staff([Contract(START, END, None)], today, END)
    material = remaining_material(D(1200), D(600), START, today, END)
    whole = at_completion(D(4000), staff, material)
    assert said(whole) == (None, "unknown", "no_pay")
    assert said(expected_underspend(D(1), whole)) == (None, "unknown", "no_pay")
    good = remaining_staff([], today, END)
    assert said(at_completion(None, good, material))[2] == "no_actual"


def test_each_year_lapses_for_itself() -> None:
    found = lapses(
        {2023: D(100), 2024: D(100), 2025: None, 2026: D(50)},
        {2023: D(80), 2024: D(120), 2025: D(10)},
        {2023: D(50)},
    )
    told = {one.name: one.value for one in found[0].inputs}
    assert told == {"allotment": D(100), "paid_out": D(50), "still_to_claim": D(30)}
    assert [figure.scope for figure in found] == ["2023", "2024", "2025", "2026"]
    assert [said(figure) for figure in found] == [
        ("20.00", "warning", None),
        ("0.00", "ok", None),
        (None, "unknown", "no_plan"),
        (None, "unknown", "no_actual"),
    ]
    assert all(figure.clauses for figure in found)
    assert found[0].status is FigureStatus.warning


def test_material_that_costs_less_than_a_euro_is_no_euro() -> None:
    today = date(2024, 6, 30)
    assert said(remaining_material(D("0.50"), D(0), START, today, END))[0] == "0.50"
    assert said(remaining_material(D(5), D(9), START, START - timedelta(days=1), END))[0] == "0.00"
    half = remaining_material(D(0), D("3.10"), START, date(2024, 1, 15), date(2024, 1, 31))
    assert said(half)[0] == "3.31", "fifteen days cost as much as the sixteen that are left, less 1"


def test_a_lapse_of_one_cent_is_a_warning() -> None:
    (found,) = lapses({2024: D("100.00")}, {2024: D("99.99")}, {})
    assert said(found) == ("0.01", "warning", None)
