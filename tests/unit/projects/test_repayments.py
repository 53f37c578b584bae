"""What has to go back to the funder, and its interest, to the cent and the day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.figures import Rule
from services.projects.allocation.rules import cents
from services.projects.drawdowns.rules import Flow
from services.projects.repayments.rules import (
    Demand,
    Grants,
    over_time,
    owed_back,
    repayment,
    repayment_interest,
    undemanded,
)
from tests.unit.projects.rulebook import rule, said

D = Decimal
FIRST = date(2024, 1, 1)
RATES = [
    rule("base_rate", "3.62", starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 30)),
    rule("base_rate", "3.37", starts_on=date(2024, 7, 1), ends_on=date(2025, 12, 31)),
]
MARGIN = rule("interest_margin", 5)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def demand(amount: int, due: int | None = None, *repaid: tuple[int, int]) -> Demand:
    flows = [Flow(day(n), D(money)) for n, money in repaid]
    return Demand("rf", D(amount), FIRST, None if due is None else day(due), flows)


def test_what_was_paid_beyond_the_grant_is_owed_whether_it_is_demanded_or_not() -> None:
    assert said(repayment(D(50), D(80), [], FIRST)) == ("30.00", "warning", None)
    assert said(repayment(D(50), D(80), [demand(20)], FIRST)) == ("30.00", "warning", None)
    assert undemanded(D(50), D(80), [demand(20)]) == 10
    assert said(repayment(D(50), D(80), [demand(30, None, (1, 30))], FIRST))[:2] == ("0.00", "ok")
    assert said(repayment(D(80), D(80), [demand(5)], FIRST))[0] == "5.00"
    assert said(repayment(D(80), D(80), [], FIRST)) == ("0.00", "ok", None)
    assert said(repayment(None, D(80), [], FIRST)) == (None, "unknown", "no_amount")


def test_a_demand_is_overdue_after_its_day_and_gone_when_it_is_waived() -> None:
    late = demand(30, 10, (5, 10))
    assert said(repayment(D(50), D(80), [late], day(10))) == ("20.00", "warning", None)
    assert said(repayment(D(50), D(80), [late], day(11))) == ("20.00", "breach", None)
    waived = replace(late, waived_on=day(11))
    assert said(repayment(D(50), D(80), [waived], day(11))) == ("0.00", "ok", None)


def test_interest_runs_by_the_rate_of_each_day_and_is_unknown_without_one() -> None:
    came = [Flow(day(-300), D(80))]
    half_year = ([Grants(date(2024, 6, 20), D(50))], came, [], MARGIN, RATES)
    found = repayment_interest(*half_year, date(2024, 7, 10))
    exact = 30 * (10 * Fraction("8.62") + 10 * Fraction("8.37")) / 36500
    assert found.value == cents(exact)
    names = {one.name: one.value for one in found.inputs if "rate" in one.name}
    assert names == {"base_rate.2024-01-01": D("3.62"), "base_rate.2024-07-01": D("3.37")}
    none = repayment_interest([Grants(FIRST, D(80))], came, [], None, [], date(2026, 1, 1))
    assert said(none) == ("0.00", "ok", None), "nothing is owed, whatever the rates"
    unknown = repayment_interest([Grants(FIRST, None)], came, [], MARGIN, RATES, FIRST)
    assert said(unknown) == (None, "unknown", "no_amount")


def test_interest_is_a_warning_from_the_first_cent_and_unknown_without_its_margin() -> None:
    came, grants = [Flow(day(-300), D(80))], [Grants(FIRST, D(50)), Grants(day(400), D(20))]
    found = repayment_interest(grants, came, [], MARGIN, RATES, day(1))
    assert said(found) == ("0.01", "warning", None)
    granted = [one.name for one in found.inputs if one.name.startswith("granted")]
    assert granted == ["granted.2024-01-01"], "a notice that does not hold yet is no input"
    on_its_day = repayment_interest(grants, came, [], MARGIN, RATES, FIRST)
    assert said(on_its_day) == ("0.00", "ok", None)
    assert "granted.2024-01-01" in {one.name for one in on_its_day.inputs}
    for margin in (None, rule("interest_margin")):
        unknown = repayment_interest(grants, came, [], margin, RATES, day(1))
        assert said(unknown) == (None, "unknown", "no_rule")
    assert said(repayment_interest([], came, [], MARGIN, RATES, day(1)))[2] == "no_amount"


def test_a_grant_that_nobody_knows_demands_nothing_by_itself() -> None:
    assert undemanded(None, D(80), []) == 0
    assert said(repayment(None, D(0), [demand(5)], FIRST)) == ("5.00", "warning", None)


def test_repaid_in_parts_bears_interest_on_what_was_still_out_by_the_rate_of_each_day() -> None:
    """A hundred euros beyond the grant, forty back in spring, the rest after the base rate fell."""
    came, grants = [Flow(day(-300), D(180))], [Grants(FIRST, D(80))]
    spring, autumn = (date(2024, 3, 31) - FIRST).days, (date(2024, 9, 30) - FIRST).days
    back = demand(100, None, (spring, 40), (autumn, 60))
    found = repayment_interest(grants, came, [back], MARGIN, RATES, date(2024, 12, 31))
    # 90 days of 100 and 91 of 60 at 8.62 per cent, 92 of 60 at 8.37; nothing after it went back
    exact = (100 * 90 + 60 * 91) * Fraction("8.62") + 60 * 92 * Fraction("8.37")
    assert found.value == cents(exact / 36500)


def test_what_the_funder_does_without_bears_interest_no_more() -> None:
    came, grants = [Flow(day(-300), D(80))], [Grants(day(0), D(50))]
    given = Demand("rf", D(30), day(0), day(40), [Flow(day(10), D(12))], waived_on=day(20))
    found = repayment_interest(grants, came, [given], MARGIN, RATES, day(110))
    # thirty for ten days, and the eighteen that did not go back for ten more
    assert found.value == cents((30 * 10 + 18 * 10) * Fraction("8.62") / 36500)


def test_the_last_base_rate_does_not_go_on_and_the_gap_is_named() -> None:
    """The shipped rates end with 2025; on the last of them the figure is known, and not a day
    later."""
    came = [Flow(day(-300), D(80))]
    given = ([Grants(FIRST, D(50))], came, [], MARGIN, RATES)
    assert repayment_interest(*given, date(2025, 12, 31)).value is not None
    late = repayment_interest(*given, date(2026, 3, 31))
    assert said(late) == (None, "unknown", "unknown_rate")
    gap = {one.name: one.value for one in late.inputs if one.name.startswith("unknown")}
    assert gap == {
        "unknown_rate.first": date(2026, 1, 1),
        "unknown_rate.last": date(2026, 3, 31),
    }


def test_each_of_two_revocations_runs_from_its_own_day() -> None:
    came = [Flow(day(-300), D(100))]
    grants = over_time([(1, day(-365), D(100)), (2, day(0), D(70)), (3, day(100), D(20))])
    found = repayment_interest(grants, came, [], MARGIN, RATES, day(110))
    # thirty for 110 days and another fifty for the last ten of them
    exact = (30 * 110 + 50 * 10) * Fraction("8.62") / 36500
    assert found.value == cents(exact)
    inputs = {one.name: one.value for one in found.inputs}
    assert inputs["since"] == day(0)
    told = {name: value for name, value in inputs.items() if name.startswith("amount.")}
    assert (
        sum(
            Fraction(value) * (date.fromisoformat(name[18:]) - date.fromisoformat(name[7:17])).days
            for name, value in told.items()
        )
        == 30 * 110 + 50 * 10
    ), told
    assert inputs[f"granted.{day(0)}"] == 70
    assert inputs[f"granted.{day(100)}"] == 20
    raised = over_time([(1, day(-365), D(100)), (2, day(0), D(70)), (3, day(0), D(100))])
    assert repayment_interest(raised, came, [], MARGIN, RATES, day(110)).value == 0


MONEY = st.integers(1, 10**6).map(lambda n: D(n) / 100)
PAYOUTS = st.lists(st.tuples(st.integers(0, 300), MONEY), max_size=4)
NOTICES = st.lists(st.tuples(st.integers(0, 400), st.none() | MONEY), min_size=1, max_size=4)


def simulated(
    notices: list[tuple[int, D | None]], flows: list[tuple[int, D]], today: int, rates: list[Rule]
) -> Fraction:
    """Day by day: what is out beyond what is granted at the end of a day bears interest the next
    day. What is granted is what the newest notice says of those that hold."""
    total = Fraction(0)
    for number in range(today):
        holding = [amount for since, amount in notices if since <= number]
        if not holding or (granted := holding[-1]) is None:
            continue
        beyond = sum((money for n, money in flows if n <= number), D(0)) - granted
        rate = next(r for r in rates if (r.starts_on or FIRST) <= day(number + 1) <= r.ends_on)
        total += Fraction(max(beyond, D(0))) * Fraction(rate.value + 5) / 36500
    return total


@settings(deadline=None)
@given(NOTICES, PAYOUTS, PAYOUTS, st.integers(0, 500))
def test_interest_agrees_with_counting_day_by_day(
    notices: list[tuple[int, D | None]],
    paid: list[tuple[int, D]],
    back: list[tuple[int, D]],
    today: int,
) -> None:
    """However many notices revoke and raise, in whatever order they take effect."""
    payouts = [Flow(day(n), money) for n, money in paid if n <= today]
    repaid = [Flow(day(n), money) for n, money in back if n <= today]
    of_it = Demand("rf", sum((f.amount for f in repaid), D(1)), FIRST, None, repaid)
    grants = over_time([(n, day(since), money) for n, (since, money) in enumerate(notices)])
    found = repayment_interest(grants, payouts, [of_it], MARGIN, RATES, day(today))
    if grants[-1].amount is None:
        assert found.reason == "no_amount"
        return
    flows = [(n, money) for n, money in paid if n <= today]
    flows += [(n, -money) for n, money in back if n <= today]
    assert found.value == cents(simulated(notices, flows, today, RATES))


@given(NOTICES, PAYOUTS, PAYOUTS, st.integers(0, 450))
def test_what_is_owed_back_adds_up_to_what_is_beyond_the_grant_on_each_day(
    notices: list[tuple[int, D | None]],
    paid: list[tuple[int, D]],
    back: list[tuple[int, D]],
    today: int,
) -> None:
    grants = over_time([(n, day(since), money) for n, (since, money) in enumerate(notices)])
    flows = [[Flow(day(n), money) for n, money in each] for each in (paid, back)]
    owed = sum((flow.amount for flow in owed_back(grants, *flows) if flow.day <= day(today)), D(0))
    holding = [amount for since, amount in notices if since <= today]
    out = sum((money for n, money in paid if n <= today), D(0))
    out -= sum((money for n, money in back if n <= today), D(0))
    granted = holding[-1] if holding else None
    assert owed == (D(0) if granted is None else max(out - granted, D(0)))
