"""Which expenditures may be charged, and why not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.projects.figures import Unit
from services.projects.eligibility import rules
from services.projects.eligibility.rules import Expense, Window, conditions, eligible_amount
from tests.unit.projects.rulebook import rule, said

D = Decimal
FINAL = rule("final_expenditure", unit=Unit.day, text="2029-12-31")
EARLY = rule("early_start", unit=Unit.text, text="yes")
STAFF_ONLY = rule("eligible_category", unit=Unit.text, text="Personalausgaben", scope="staff")
WINDOW = Window(
    date(2023, 1, 1),
    date(2025, 12, 31),
    pay_until=date(2026, 2, 28),
    final=FINAL,
    categories={"staff", "travel"},
    approved_on=date(2022, 12, 15),
    early_start=rule("early_start", unit=Unit.text, text="no"),
)
EXPENSE = Expense(
    invoice_date=date(2025, 12, 20),
    payment_date=date(2026, 1, 10),
    category="travel",
    net=D(100),
    vat=D(19),
    vat_recoverable=False,
    evidence=True,
)


@pytest.mark.parametrize(
    ("expense", "window", "broken", "expected"),
    [
        ({}, {}, [], ("119.00", "ok", None)),
        ({"vat_recoverable": True}, {}, [], ("100.00", "ok", None)),
        ({"vat_recoverable": True, "vat": None}, {}, [], ("100.00", "ok", None)),
        ({"shares": (D(80), D(20))}, {}, [], ("95.20", "ok", None)),
        ({"shares": (D("33.3333"),)}, {}, [], ("39.67", "ok", None)),
        ({"invoice_date": date(2023, 1, 1)}, {}, [], ("119.00", "ok", None)),
        ({"payment_date": date(2026, 2, 28)}, {}, [], ("119.00", "ok", None)),
        ({"shares": (D(80), D("20.01"))}, {}, ["not_double_funded"], ("0.00", "breach", None)),
        ({"invoice_date": date(2022, 12, 31)}, {}, ["invoice_in_period"], ("0.00", "breach", None)),
        ({"invoice_date": date(2026, 1, 1)}, {}, ["invoice_in_period"], ("0.00", "breach", None)),
        ({"payment_date": date(2026, 3, 1)}, {}, ["payment_in_period"], ("0.00", "breach", None)),
        ({"category": "office"}, {}, ["category_in_plan"], ("0.00", "breach", None)),
        (
            {},
            {"allowed": {"staff": STAFF_ONLY}},
            ["category_allowed"],
            ("0.00", "breach", None),
        ),
        ({"category": "staff"}, {"allowed": {"staff": STAFF_ONLY}}, [], ("119.00", "ok", None)),
        ({"evidence": False}, {}, ["evidence"], ("0.00", "breach", None)),
        ({}, {"pay_until": None}, ["payment_in_period"], ("0.00", "breach", None)),
        (
            {},
            {"approved_on": date(2026, 1, 1)},
            ["begun_after_approval"],
            ("0.00", "breach", None),
        ),
        ({}, {"approved_on": date(2025, 12, 20)}, [], ("119.00", "ok", None)),
        ({}, {"approved_on": date(2026, 1, 1), "early_start": EARLY}, [], ("119.00", "ok", None)),
        (
            {"payment_date": date(2030, 1, 1)},
            {"pay_until": date(2030, 6, 30)},
            ["payment_before_final_day"],
            ("0.00", "breach", None),
        ),
        (
            {"payment_date": date(2029, 12, 31)},
            {"pay_until": date(2030, 6, 30)},
            [],
            ("119.00", "ok", None),
        ),
        ({"invoice_date": None}, {}, [], (None, "unknown", "no_date")),
        ({"payment_date": None}, {}, [], (None, "unknown", "no_date")),
        ({"net": None}, {}, [], (None, "unknown", "no_amount")),
        ({"vat": None}, {}, [], (None, "unknown", "no_amount")),
        ({"vat_recoverable": None}, {}, [], (None, "unknown", "no_amount")),
        ({"category": None}, {}, [], (None, "unknown", "no_plan")),
        ({}, {"categories": None}, [], (None, "unknown", "no_plan")),
        ({}, {"approved_on": None}, [], (None, "unknown", "no_date")),
        ({}, {"final": None}, [], ("119.00", "ok", None)),
        ({}, {"starts_on": None}, [], (None, "unknown", "no_date")),
        ({}, {"ends_on": None}, [], (None, "unknown", "no_date")),
        (
            {"invoice_date": date(2026, 1, 1)},
            {"starts_on": None},
            ["invoice_in_period"],
            ("0.00", "breach", None),
        ),
        ({"net": None, "evidence": False}, {}, ["evidence"], ("0.00", "breach", None)),
    ],
)
def test_each_condition_is_named_when_it_is_not_met(
    expense: dict[str, Any],
    window: dict[str, Any],
    broken: list[str],
    expected: tuple[str, str, str],
) -> None:
    asked, frame = replace(EXPENSE, **expense), replace(WINDOW, **window)
    found = [figure.key for figure in conditions(asked, frame) if figure.status == "breach"]
    assert found == broken == rules.broken(asked, frame)
    amount = eligible_amount(asked, frame)
    assert said(amount) == expected
    assert {given.name for given in amount.inputs} >= {c.key for c in conditions(asked, frame)}


def test_a_refused_expenditure_says_the_clause() -> None:
    refused = eligible_amount(replace(EXPENSE, invoice_date=date(2027, 1, 1)), WINDOW)
    assert "Zuwendungsbescheid" in [clause.text for clause in refused.clauses]


def test_each_condition_answers_yes_or_no_and_its_inputs_say_what_was_asked() -> None:
    asked = replace(EXPENSE, shares=(D(80), D(21)), category="office")
    found = {one.key: one for one in conditions(asked, WINDOW)}
    assert said(found["not_double_funded"]) == ("no", "breach", None)
    assert said(found["category_in_plan"]) == ("no", "breach", None)
    assert said(found["evidence"]) == ("yes", "ok", None)
    plan = {given.name: given.value for given in found["category_in_plan"].inputs}
    assert plan == {"category": "office", "plan": "staff, travel"}


@pytest.mark.parametrize(("answer", "word"), [(True, "yes"), (False, "no"), (None, None)])
def test_whether_the_tax_comes_back_and_the_share_are_inputs(
    answer: bool | None, word: str | None
) -> None:
    amount = eligible_amount(replace(EXPENSE, vat_recoverable=answer, shares=(D(80),)), WINDOW)
    inputs = {given.name: given.value for given in amount.inputs}
    assert (inputs["vat_recoverable"], inputs["share"]) == (word, D(80))
    assert inputs["payment_in_period"] == "yes"


@pytest.mark.parametrize(
    ("expense", "window", "expected"),
    [
        ({"shares": ()}, {}, (None, "unknown", "no_amount")),
        ({"net": None, "vat_recoverable": True}, {}, (None, "unknown", "no_amount")),
        ({"net": None, "vat": D(19)}, {}, (None, "unknown", "no_amount")),
        ({}, {"early_start": None}, ("119.00", "ok", None)),
        ({}, {"final": rule("final_expenditure", unit=Unit.day)}, ("119.00", "ok", None)),
        ({"category": None}, {"allowed": {"staff": STAFF_ONLY}}, (None, "unknown", "no_plan")),
        ({"net": D(-100), "vat": D(-19), "shares": (D(50),)}, {}, ("-59.50", "ok", None)),
        ({"net": D(0), "vat": D(0)}, {}, ("0.00", "ok", None)),
    ],
)
def test_what_is_not_said_makes_no_zero_and_what_no_rule_says_refuses_nothing(
    expense: dict[str, Any], window: dict[str, Any], expected: tuple[str | None, str, str | None]
) -> None:
    assert said(eligible_amount(replace(EXPENSE, **expense), replace(WINDOW, **window))) == expected


def test_a_payment_without_a_day_is_held_against_the_final_day_by_nobody() -> None:
    found = conditions(replace(EXPENSE, payment_date=None, category=None), WINDOW)
    reasons = {one.key: one.reason for one in found if one.reason}
    assert reasons == {
        "payment_in_period": "no_date",
        "payment_before_final_day": "no_date",
        "category_in_plan": "no_plan",
    }
