"""When the job centre's quarter is due, and which figures belong to it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.contracts.indicators.slots import NewSlot, SlotState
from services.indicators.periods import parse_period
from services.indicators.slots.rules import Agreement, brought, expected, period_of

QUARTERS = Agreement("quarter", "2025-Q1", None, 45, 14)
PERIODICITIES = st.sampled_from(["month", "quarter", "half_year", "year"])
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def agreed(periodicity: str, first: date, last: date | None = None) -> Agreement:
    text = period_of(first, periodicity).text
    until = period_of(last, periodicity).text if last else None
    return Agreement(periodicity, text, until, 30, 10)


def test_every_quarter_that_has_begun_is_expected() -> None:
    texts = [period.text for period in expected(QUARTERS, date(2025, 10, 1))]
    assert texts == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert list(expected(QUARTERS, date(2024, 12, 31))) == []


def test_an_agreement_ends_with_its_last_period() -> None:
    ended = QUARTERS._replace(last_period="2025-Q2")
    assert [period.text for period in expected(ended, date(2030, 1, 1))] == ["2025-Q1", "2025-Q2"]


@pytest.mark.parametrize(
    ("today", "missing", "state", "reminds"),
    [
        (date(2025, 4, 1), ["a"], SlotState.expected, False),
        (date(2025, 4, 30), ["a"], SlotState.expected, False),
        (date(2025, 5, 1), ["a"], SlotState.expected, True),
        (date(2025, 5, 15), ["a"], SlotState.expected, True),
        (date(2025, 5, 16), ["a"], SlotState.overdue, True),
        (date(2025, 5, 16), [], SlotState.received, True),
    ],
)
def test_a_quarter_is_due_so_many_days_after_its_end(
    today: date, missing: list[str], state: SlotState, reminds: bool
) -> None:
    quarter = parse_period("2025-Q1")
    assert QUARTERS.due_on(quarter) == date(2025, 5, 15)
    assert QUARTERS.state(quarter, missing, today) is state
    assert QUARTERS.reminds(quarter, today) is reminds


@pytest.mark.parametrize(
    ("period", "belongs"),
    [
        ("2025-Q1", "2025-Q1"),
        ("2025-03", "2025-Q1"),
        ("2025-03-31", "2025-Q1"),
        ("2025-12-31", "2025-Q4"),
        ("2025-02", None),
        ("2025-03-30", None),
        ("2025", None),
        ("2025-S2", None),
        ("2024-12-31", None),
    ],
)
def test_figures_belong_to_the_quarter_that_ends_with_them(
    period: str, belongs: str | None
) -> None:
    span = parse_period(period)
    assert brought(QUARTERS, span.start, span.end) == belongs


@given(PERIODICITIES, DAYS, st.integers(0, 1500))
def test_expected_periods_follow_each_other_without_a_gap(
    periodicity: str, first: date, days: int
) -> None:
    today = first + timedelta(days=days)
    found = list(expected(agreed(periodicity, first), today))
    assert found
    assert found[0].start <= first
    assert found[-1].start <= today
    assert period_of(found[-1].end + timedelta(days=1), periodicity).start > today
    for before, after in pairwise(found):
        assert before.end + timedelta(days=1) == after.start


@given(PERIODICITIES, DAYS, st.integers(0, 1500))
def test_each_expected_period_is_brought_by_its_own_figures(
    periodicity: str, first: date, days: int
) -> None:
    agreement = agreed(periodicity, first)
    for period in expected(agreement, first + timedelta(days=days)):
        assert brought(agreement, period.start, period.end) == period.text
        assert brought(agreement, period.end, period.end) == period.text
        assert brought(agreement, period.start - timedelta(days=1), period.end) is None


@given(PERIODICITIES, DAYS, DAYS)
def test_a_period_never_gets_less_late(periodicity: str, first: date, today: date) -> None:
    agreement = agreed(periodicity, first)
    order = [SlotState.expected, SlotState.overdue]
    period = parse_period(agreement.first_period)
    now, tomorrow = (
        order.index(agreement.state(period, ["a"], day))
        for day in (today, min(today, date(2100, 12, 30)) + timedelta(days=1))
    )
    assert now <= tomorrow or today > date(2100, 12, 30)


EXAMPLE = NewSlot.model_config["json_schema_extra"]["examples"][0]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_period": "2025"}, "first_period"),
        ({"first_period": "2025-03"}, "first_period"),
        ({"first_period": "2025-S1"}, "first_period"),
        ({"first_period": "2025-Q5"}, "first_period"),
        ({"periodicity": "month"}, "first_period"),
        ({"periodicity": "year", "first_period": "2025-Q1"}, "first_period"),
        ({"last_period": "2024-Q4"}, "last_period"),
        ({"indicators": ["a", "a"]}, "indicators"),
        ({"indicators": []}, "indicators"),
        ({"days_until_due": -1}, "days_until_due"),
    ],
)
def test_an_agreement_must_make_sense(change: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        NewSlot.model_validate({**EXAMPLE, **change})
    assert refused.value.errors()[0]["loc"][0] == field


@pytest.mark.parametrize(
    ("periodicity", "first"),
    [("month", "2025-01"), ("quarter", "2025-Q4"), ("half_year", "2025-S2"), ("year", "2025")],
)
def test_each_periodicity_has_its_own_periods(periodicity: str, first: str) -> None:
    made = NewSlot.model_validate({**EXAMPLE, "periodicity": periodicity, "first_period": first})
    assert made.first_period == first
