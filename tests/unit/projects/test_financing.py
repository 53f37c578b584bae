"""Shares, sources, payable amounts and the 20 per cent rule."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import FigureStatus, Reason
from services.contracts.projects.grants import Financing
from services.projects.allocation.rules import CENT, cents
from services.projects.financing.rules import (
    Line,
    by_source,
    cofinancing,
    deviations,
    eligible_cost,
    income,
    not_too_large,
    not_too_small,
    own_share,
    payable,
    share,
    uncovered,
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
    ("granted", "eligible", "limit", "expected"),
    [
        ("108016.32", "135020.40", "80", ("80", "ok", None)),
        ("117471.80", "146839.75", "80", ("80", "ok", None)),
        ("84560.78", "105700.97", "80", ("80", "ok", None)),
        ("84560.79", "105700.97", "80", ("80", "breach", None)),
        ("60", "100", "60", ("60", "ok", None)),
        ("60.01", "100", "60", ("60.01", "breach", None)),
        ("0", "100", "60", ("0", "ok", None)),
        ("60", "100", None, ("60", "unknown", None)),
        ("60", "0", "60", (None, "unknown", "nothing_to_divide")),
        (None, "100", "60", (None, "unknown", "no_amount")),
        ("60", None, "60", (None, "unknown", "no_amount")),
    ],
)
def test_the_share_of_a_source_is_held_against_its_highest_rate(
    granted: str | None, eligible: str | None, limit: str | None, expected: tuple[str, str, str]
) -> None:
    found = share(
        "eu",
        None if granted is None else D(granted),
        None if eligible is None else D(eligible),
        None if limit is None else rule("max_rate", limit, scope="eu"),
    )
    assert said(found) == expected
    assert found.scope == "eu"
    assert len(found.clauses) == (limit is not None)


@pytest.mark.parametrize(
    ("granted", "limit", "usual", "expected"),
    [
        ("20", "80", "20", "ok"),
        ("20.01", "80", "20", "review"),
        ("80", "80", "20", "review"),
        ("80.01", "80", "20", "breach"),
        ("80.01", "80", "90", "breach"),
        ("20", None, "20", "ok"),
        ("20.01", None, "20", "review"),
        ("20", "", "", "unknown"),
        ("20", "80", "", "ok"),
    ],
)
def test_more_than_is_paid_as_a_rule_is_for_review_and_above_the_highest_rate_it_stays_a_breach(
    granted: str, limit: str | None, usual: str, expected: str
) -> None:
    highest = None if limit is None else rule("max_rate", limit or None, scope="land")
    found = share("land", D(granted), D(100), highest, rule("regular_rate", usual or None))
    assert found.status == expected
    names = [given.name for given in found.inputs]
    limits = ["regular_rate"] if limit is None else ["max_rate", "regular_rate"]
    assert names == ["granted", "eligible_cost", *limits]
    assert found.formula == " <= ".join(["granted / eligible_cost", *reversed(limits)])
    alone = share("land", D(granted), D(100), highest)
    assert "regular_rate" not in {given.name for given in alone.inputs}


@pytest.mark.parametrize("figure", ["cofinancing", "own_share"])
@pytest.mark.parametrize(
    ("own", "of", "rate", "expected"),
    [
        ("30", "100", "30", ("30", "ok", None)),
        ("29.99", "100", "30", ("29.99", "breach", None)),
        ("30.01", "100", "30", ("30.01", "ok", None)),
        ("3.33", "11.12", "30", ("29.946", "ok", None)),
        ("3.32", "11.12", "30", ("29.8561", "breach", None)),
        ("0.30", "1", "30", ("30", "ok", None)),
        ("0", "1", "30", ("0", "breach", None)),
        ("30", "0", "30", (None, "unknown", "nothing_to_divide")),
        (None, "100", "30", (None, "unknown", "no_amount")),
        ("30", None, "30", (None, "unknown", "no_amount")),
        ("30", "100", None, (None, "unknown", "no_amount")),
    ],
)
def test_what_must_be_added_may_lack_less_than_a_cent(
    figure: str, own: str | None, of: str | None, rate: str | None, expected: tuple[str, str, str]
) -> None:
    added, whole = (None if amount is None else D(amount) for amount in (own, of))
    if figure == "own_share":
        found = own_share(added, whole, rule("own_share", rate))
    else:
        found = cofinancing("municipality", added, whole, rule("cofinancing_rate", rate))
    assert said(found) == expected


@pytest.mark.parametrize(
    ("amount", "limit", "small", "large"),
    [
        ("7500", "7500", "ok", "ok"),
        ("7499.99", "7500", "breach", "ok"),
        ("7500.01", "7500", "ok", "breach"),
        (None, "7500", "unknown", "unknown"),
        ("7500", None, "unknown", "unknown"),
    ],
)
def test_the_least_and_the_most_that_a_programme_pays_are_in_order_themselves(
    amount: str | None, limit: str | None, small: str, large: str
) -> None:
    given = None if amount is None else D(amount)
    least = not_too_small(given, rule("minimum_amount", limit))
    most = not_too_large(given, rule("maximum_amount", limit))
    assert (least.status, most.status) == (small, large)
    assert {least.reason, most.reason} == {Reason.no_amount if small == "unknown" else None}
    named = not_too_small(given, rule("minimum_amount", limit, scope="eligible_cost"))
    assert [one.inputs[0].name for one in (least, named)] == ["granted", "eligible_cost"]


@given(st.lists(MONEY, min_size=1, max_size=6), MONEY)
def test_sources_that_miss_the_total_by_a_cent_are_found(amounts: list[D], other: D) -> None:
    total = sum(amounts, D(0))
    assert uncovered(total, amounts).status is FigureStatus.ok
    assert said(uncovered(total + CENT, amounts))[:2] == ("0.01", "breach")
    found = uncovered(other, amounts)
    assert found.value == other - total
    assert (found.status is FigureStatus.ok) == (other == total)
    assert uncovered(total, [*amounts, None]).reason is Reason.no_amount
    assert uncovered(None, amounts).reason is Reason.no_amount


@given(MONEY, st.decimals(0, 100, places=3), st.decimals(0, 100, places=3))
def test_what_rounding_leaves_goes_to_the_source_that_is_named(total: D, eu: D, state: D) -> None:
    rates = {"eu": eu, "state": state, "own": D(0)}
    found = by_source(total, rates, "own")
    assert sum(found.values()) == total
    assert found["eu"] == cents(Fraction(total) * Fraction(eu) / 100)


def test_sixty_twenty_twenty_of_an_odd_amount() -> None:
    rates = {"eu": D(60), "state": D(20), "own": D(20)}
    assert by_source(D("100.03"), rates, "own") == {
        "eu": D("60.02"),
        "state": D("20.01"),
        "own": D("20.00"),
    }


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
