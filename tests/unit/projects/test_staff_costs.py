"""Pay, social security and grades."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import Unit
from services.projects.allocation.rules import cents
from services.projects.computing import months_between
from services.projects.staff_costs.rules import (
    Pay,
    eligible_pay,
    grade_kept,
    social_security,
    staff_cost,
)
from tests.unit.projects.rulebook import every_day, rule, said

D = Decimal
START = date(2023, 1, 1)
DAYS = st.integers(0, 500).map(lambda n: START + timedelta(days=n))
TABLE = [
    rule("monthly_pay", "4000", Unit.euro, scope="E11.3", ends_on=date(2024, 2, 29)),
    rule("monthly_pay", "4200", Unit.euro, scope="E11.3", starts_on=date(2024, 3, 1)),
    rule("monthly_pay", "3500", Unit.euro, scope="E9b"),
]


def pay(**more: Any) -> Pay:
    plain: dict[str, Any] = {
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2024, 4, 30),
        "monthly": D(4100),
        "fte": D(1),
        "share": D(100),
        "grade": "E 11",
        "step": 3,
    }
    return Pay(**(plain | more))


@given(DAYS, DAYS)
def test_months_are_counted_day_by_day(first: date, last: date) -> None:
    total = sum(
        (Fraction(1, monthrange(day.year, day.month)[1]) for day in every_day(first, last)),
        Fraction(0),
    )
    assert months_between(first, last) == total


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("16200.00", "ok", None)),
        ({"monthly": D(3900)}, ("15600.00", "ok", None)),
        ({"monthly": D(9000)}, ("16400.00", "ok", None)),
        ({"fte": D("0.5")}, ("8100.00", "ok", None)),
        ({"share": D(80)}, ("12960.00", "ok", None)),
        ({"grade": "E9b", "step": None}, ("14000.00", "ok", None)),
        ({"grade": "E 9b", "step": 5}, ("14000.00", "ok", None)),
        ({"starts_on": date(2024, 4, 16)}, ("2050.00", "ok", None)),
        ({"monthly": None}, (None, "unknown", "no_pay")),
        ({"grade": None}, (None, "unknown", "no_grade")),
        ({"grade": "E 15"}, (None, "unknown", "no_rule")),
    ],
)
def test_pay_counts_up_to_that_of_the_grade_on_each_day(
    more: dict[str, object], expected: tuple[str, str, str]
) -> None:
    assert said(eligible_pay([pay(**more)], TABLE)) == expected


def test_without_a_table_actual_pay_counts() -> None:
    assert said(eligible_pay([pay(grade=None)], [])) == ("16400.00", "ok", None)


@given(st.decimals(0, 9000, places=2), DAYS, st.integers(0, 500), st.integers(1, 100).map(D))
def test_capped_pay_agrees_with_a_walk_from_day_to_day(
    monthly: D, first: date, length: int, share: D
) -> None:
    last = first + timedelta(days=length)
    found = eligible_pay([pay(monthly=monthly, starts_on=first, ends_on=last, share=share)], TABLE)
    total = Fraction(0)
    for day in every_day(first, last):
        most = D(4000) if day < date(2024, 3, 1) else D(4200)
        total += Fraction(min(monthly, most)) / monthrange(day.year, day.month)[1]
    assert found.value == cents(total * Fraction(share) / 100)


@pytest.mark.parametrize(
    ("liable", "day", "expected"),
    [
        ("100000", date(2016, 6, 1), ("20175.00", "ok", None)),
        ("100000", date(2023, 1, 1), ("19975.00", "ok", None)),
        ("3333.33", date(2023, 1, 1), ("665.83", "ok", None)),
        ("0", date(2023, 1, 1), ("0.00", "ok", None)),
        (None, date(2023, 1, 1), (None, "unknown", "no_pay")),
        ("1", date(2021, 1, 1), (None, "unknown", "no_rule")),
    ],
)
def test_social_security_is_a_lump_of_pension_liable_pay_at_the_rate_of_the_day(
    liable: str | None, day: date, expected: tuple[str, str, str]
) -> None:
    rates = [
        rule("social_security_rate", "20.175", ends_on=date(2020, 12, 31)),
        rule("social_security_rate", "19.975", starts_on=date(2022, 1, 1)),
    ]
    month = {"starts_on": day, "ends_on": day.replace(day=monthrange(day.year, day.month)[1])}
    paid = pay(**month, liable=None if liable is None else D(liable))
    assert said(social_security([paid], rates)) == expected


@given(DAYS, st.integers(0, 500), st.decimals(0, 9000, places=2), st.integers(1, 100).map(D))
def test_the_lump_agrees_with_a_walk_from_day_to_day(
    first: date, length: int, liable: D, share: D
) -> None:
    rates = [
        rule("social_security_rate", "20.175", ends_on=date(2023, 6, 30)),
        rule("social_security_rate", "19.975", starts_on=date(2023, 7, 1)),
    ]
    last = first + timedelta(days=length)
    found = social_security([pay(starts_on=first, ends_on=last, liable=liable, share=share)], rates)
    total = Fraction(0)
    for day in every_day(first, last):
        rate = D("20.175") if day < date(2023, 7, 1) else D("19.975")
        total += Fraction(liable * rate) / 100 / monthrange(day.year, day.month)[1]
    assert found.value == cents(total * Fraction(share) / 100)


def test_pay_of_several_adds_up_and_no_single_pay_is_told() -> None:
    two = [pay(), pay(fte=D("0.5"), liable=D(4100))]
    whole = eligible_pay(two, TABLE)
    assert said(whole) == ("24300.00", "ok", None)
    assert {"4100"} & {str(one.value) for one in whole.inputs} == set()
    assert {one.name: one.value for one in whole.inputs}["fte_months"] == D(6)
    assert said(social_security(two, []))[2] == "no_pay", "of one it is not known what is liable"


def test_half_a_position_for_a_quarter_of_its_time_costs_an_eighth_in_pay_and_in_its_lump() -> None:
    part = pay(fte=D("0.5"), share=D(25), monthly=D(4000), liable=D(3200))
    assert said(eligible_pay([part], TABLE)) == ("2000.00", "ok", None)
    rates = [rule("social_security_rate", "19.975")]
    found = social_security([part], rates)
    assert said(found) == ("319.60", "ok", None)
    assert "social_security_rate.first" in {one.name for one in found.inputs}
    dated = rule("social_security_rate", "19.975", starts_on=date(2022, 1, 1))
    names = {one.name for one in social_security([part], [dated]).inputs}
    assert "social_security_rate.2022-01-01" in names


def test_a_rule_that_says_no_number_leaves_pay_and_lump_unknown() -> None:
    unsaid = rule("monthly_pay", unit=Unit.euro, scope="E11")
    assert said(eligible_pay([pay()], [unsaid])) == (None, "unknown", "no_rule")
    found = social_security([pay(liable=D(1))], [rule("social_security_rate")])
    assert said(found) == (None, "unknown", "no_rule")
    cost = staff_cost(eligible_pay([pay()], []), found, D(0))
    assert said(cost) == (None, "unknown", "no_rule")


def test_more_staff_charged_than_staff_may_cost_is_for_review() -> None:
    rates = [rule("social_security_rate", "20")]
    paid = pay(monthly=D(1000), liable=D(1000))
    parts = eligible_pay([paid], []), social_security([paid], rates)
    assert said(staff_cost(*parts, D(4800))) == ("4800.00", "ok", None)
    assert said(staff_cost(*parts, D("4800.01"))) == ("4800.00", "review", None)
    assert said(staff_cost(eligible_pay([pay(monthly=None)], []), parts[1], D(0)))[2] == "no_pay"


@pytest.mark.parametrize(
    ("grade", "lowest", "highest", "status"),
    [
        ("E 13", "E 9", "E 13", "ok"),
        ("E13", "E9", "E13", "ok"),
        ("EG 13", "E9", "E13", "ok"),
        ("TV-L E 13", "E9", "E13", "ok"),
        ("TVöD E 9a", "E9", "E13", "ok"),
        ("E 9b", "E9", "E13", "ok"),
        ("E 8", "E9", "E13", "breach"),
        ("E 14", "E9", "E13", "breach"),
        ("E 13Ü", "E9", "E13", "breach"),
        ("E 9a", "E9b", None, "breach"),
        ("E 9b", "E9b", None, "ok"),
        ("E 9c", None, "E9b", "breach"),
        ("S 15", "E9", "E13", "review"),
        ("E 11", "E9", "S15", "review"),
        ("E 14", "S8a", "E13", "review"),
        ("S 11b", "S8a", "S15", "ok"),
        ("A 13", "E9", "E13", "review"),
        ("Chefin", "E9", "E13", "review"),
        ("E 11", None, None, "unknown"),
        (None, "E9", "E13", "unknown"),
    ],
)
def test_nobody_is_graded_better_than_the_programme_allows(
    grade: str | None, lowest: str | None, highest: str | None, status: str
) -> None:
    limits = [
        None if text is None else rule(name, unit=Unit.text, text=text)
        for name, text in (("lowest_grade", lowest), ("highest_grade", highest))
    ]
    found = grade_kept(grade, *limits)
    assert found.status.value == status
    assert found.reason == ("no_grade" if grade is None else None)
