"""Eligible cost, payable amounts and the 20 per cent rule."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import FigureStatus
from services.contracts.projects.grants import Financing
from services.projects.allocation.rules import cents
from services.projects.settlement.rules import (
    Line,
    deviations,
    eligible_cost,
    income,
    payable,
)
from tests.unit.projects.rulebook import rule, said

D = Decimal
MONEY = st.decimals(0, 10**8, places=2)
UNKNOWN = st.none() | MONEY
TWENTY = rule("deviation", 20)


def line(plan: str | None, actual: str | None, name: str = "staff") -> Line:
    return Line(name, None if plan is None else D(plan), None if actual is None else D(actual))


@given(
    st.lists(UNKNOWN, max_size=5),
    st.lists(UNKNOWN, max_size=3),
    st.lists(st.tuples(MONEY, st.integers(0, 9).map(D)), max_size=3),
    st.lists(UNKNOWN, max_size=3),
)
def test_eligible_cost_is_the_sum_of_all_kinds_or_not_known(
    real: list[D | None], flat: list[D | None], units: list[tuple[D, D]], lumps: list[D | None]
) -> None:
    found = eligible_cost(real, flat, units, lumps)
    everything = [*real, *flat, *lumps]
    if None in everything:
        assert said(found) == (None, "unknown", "no_amount")
    else:
        assert found.value == sum(a for a in everything if a) + sum(p * q for p, q in units)


@pytest.mark.parametrize(
    ("financing", "actual", "more", "expected"),
    [
        ("share", "100", {}, ("80.00", "ok", None)),
        ("share", "90", {}, ("72.00", "ok", None)),
        ("share", "120", {}, ("80.00", "ok", None)),
        ("share", "100", {"extra_income": "10"}, ("72.00", "ok", None)),
        ("share", "100", {"extra_income": "200"}, ("0.00", "ok", None)),
        ("share", "100.01", {"extra_income": "10"}, ("80.00", "review", None)),
        ("share", "120", {"extra_income": "40"}, ("80.00", "review", None)),
        ("share", "100", {"extra_income": None}, (None, "unknown", "no_amount")),
        ("share", None, {}, (None, "unknown", "no_amount")),
        ("deficit", "100", {"own": "15", "third_party": "10"}, ("75.00", "ok", None)),
        ("deficit", "100", {"own": "5"}, ("80.00", "ok", None)),
        ("deficit", "100", {"own": "80", "third_party": "30"}, ("0.00", "ok", None)),
        ("deficit", "100", {"own": "15", "extra_income": "10"}, ("75.00", "ok", None)),
        ("full", "70", {"extra_income": "10"}, ("60.00", "ok", None)),
        ("deficit", "100", {"own": None}, (None, "unknown", "no_amount")),
        ("fixed", "100", {}, ("80.00", "ok", None)),
        ("fixed", "80", {"own": None}, ("80.00", "ok", None)),
        ("fixed", "70", {}, ("70.00", "review", None)),
        ("full", "100", {}, ("80.00", "ok", None)),
        ("full", "79.99", {}, ("79.99", "ok", None)),
    ],
)
def test_what_may_be_paid_depends_on_the_kind_of_financing(
    financing: str, actual: str | None, more: dict[str, str | None], expected: tuple[str, str, str]
) -> None:
    given = {name: None if v is None else D(v) for name, v in more.items()}
    spent = None if actual is None else D(actual)
    found = payable(Financing(financing), D(80), D(100), spent, **given)
    assert said(found) == expected
    assert found.clauses


@pytest.mark.parametrize("financing", Financing)
def test_without_the_grant_or_the_cost_nothing_is_payable(financing: Financing) -> None:
    for granted, actual in ((None, D(100)), (D(80), None)):
        found = payable(financing, granted, D(100), actual)
        assert said(found) == (None, "unknown", "no_amount")


def test_a_share_of_no_plan_is_no_zero_and_income_of_one_euro_counts() -> None:
    assert said(payable(Financing.share, D(80), D(0), D(50))) == (None, "unknown", "no_plan")
    assert said(payable(Financing.share, D("0.80"), D(1), D("0.50")))[0] == "0.40"
    assert payable(Financing.share, D(80), D(100), D(110), extra_income=D(1)).status == "review"
    assert said(payable(Financing.full, D(80), D(100), D(50), extra_income=D(60)))[0] == "0.00"


def test_income_with_rising_cost_is_shown_for_review_with_the_judgment_and_never_cut() -> None:
    found = payable(Financing.share, D(80), D(100), D(130), extra_income=D(50))
    assert found.value == D(80)
    assert found.status is FigureStatus.review
    assert any("6 A 3946/01" in clause.text for clause in found.clauses)


@given(st.sampled_from(Financing), MONEY, MONEY, MONEY, MONEY, MONEY, MONEY)
def test_never_more_than_the_grant_is_payable(
    financing: Financing, granted: D, planned: D, actual: D, own: D, third: D, income: D
) -> None:
    found = payable(
        financing, granted, planned, actual, own=own, third_party=third, extra_income=income
    )
    assert found.value is None or 0 <= found.known <= granted


@given(MONEY.filter(bool), MONEY.filter(bool), MONEY, MONEY)
def test_lower_cost_reduces_a_share_in_proportion(granted: D, planned: D, a: D, b: D) -> None:
    low, high = sorted((a, b))
    pays = [payable(Financing.share, granted, planned, cost).known for cost in (low, high)]
    assert pays[0] <= pays[1]
    if high <= planned:
        assert pays[1] == cents(Fraction(granted) * Fraction(high) / Fraction(planned)) or (
            pays[1] == granted
        )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("100", "120"), ("100", "80")], [("20", "ok"), ("-20", "ok"), ("0.00", "ok")]),
        ([("100", "120.01"), ("100", "70")], [("20.01", "breach"), ("-30", "ok"), ("9.99", "ok")]),
        ([("100", "120"), ("100", "81")], [("20", "ok"), ("-19", "ok"), ("-1.00", "breach")]),
        ([("100", "100")], [("0", "ok"), ("0.00", "ok")]),
        ([("100", None)], [(None, "unknown"), (None, "unknown")]),
        ([(None, "5")], [(None, "unknown"), (None, "unknown")]),
        ([("0", "5")], [(None, "breach"), ("-5.00", "breach")]),
        ([("0", "0")], [(None, "unknown"), ("0.00", "ok")]),
    ],
)
def test_a_line_may_exceed_its_plan_by_a_fifth_when_others_save_as_much(
    lines: list[tuple[str | None, str | None]], expected: list[tuple[str | None, str]]
) -> None:
    found = deviations([line(*one) for one in lines], TWENTY, Financing.share)
    assert [said(figure)[:2] for figure in found] == expected


def test_a_fixed_amount_is_not_bound_by_single_lines() -> None:
    found = deviations([line("100", "500")], TWENTY, Financing.fixed)
    assert [figure.status for figure in found] == [FigureStatus.ok, FigureStatus.ok]
    assert found[0].value == 400


def test_without_the_rule_an_overrun_is_not_judged() -> None:
    for limit in (None, rule("deviation")):
        found = deviations([line("100", "130"), line("100", "70")], limit, Financing.share)
        assert [figure.status.value for figure in found] == ["unknown", "ok", "ok"]
        kept = deviations([line("100", "100")], limit, Financing.share)
        assert [figure.status.value for figure in kept] == ["ok", "ok"]


def test_a_line_says_which_amount_it_lacks() -> None:
    lines = [line(None, "5"), line("5", None), line("0", "5"), line(None, None)]
    found = deviations(lines, TWENTY, Financing.share)
    reasons = [figure.reason for figure in found]
    assert reasons == ["no_plan", "no_actual", "no_plan", "no_plan", "no_amount"]


@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=6), st.decimals(0, 50, places=2))
def test_lines_agree_with_the_sentence_of_the_rule(pairs: list[tuple[D, D]], limit: D) -> None:
    lines = [Line(str(i), plan, actual) for i, (plan, actual) in enumerate(pairs)]
    *each, total = deviations(lines, rule("deviation", str(limit)), Financing.share)
    for (plan, actual), figure in zip(pairs, each, strict=True):
        broken = Fraction(actual) > Fraction(plan) * (1 + Fraction(limit) / 100)
        assert (figure.status is FigureStatus.breach) == broken
    assert (total.status is FigureStatus.ok) == (
        sum(actual for _, actual in pairs) <= sum(plan for plan, _ in pairs)
    )


def test_as_much_as_planned_is_in_order_and_a_cent_more_is_for_review() -> None:
    assert said(income("revenue", D(100), D(100)))[:2] == ("100.00", "ok")
    assert said(income("revenue", D(100), D("100.01")))[:2] == ("100.01", "review")
    assert said(income("revenue", None, D(1)))[:2] == ("1.00", "ok")
    assert said(income("revenue", D(100), None)) == (None, "unknown", "no_actual")
