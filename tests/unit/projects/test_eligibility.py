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
