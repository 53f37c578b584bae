"""First in, first out and interest against a simulation that moves one cent at a time."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.figures import Clause, FigureStatus, Rule, Unit
from services.projects.allocation.rules import cents
from services.projects.drawdowns.rules import (
    Flow,
    interest,
    match,
    next_claim,
    remaining,
    spend_by,
    unspent_after_deadline,
    unspent_cash,
    without_reversals,
)
from services.projects.rule_packs.packs.programmes import PACKS
from tests.unit.projects.rulebook import rule, said

D = Decimal
START = date(2023, 1, 1)
FLOWS = st.lists(
    st.tuples(st.integers(0, 900), st.integers(1, 40)).map(
        lambda pair: Flow(START + timedelta(days=pair[0]), D(pair[1]) / 100)
    ),
    max_size=6,
)
TODAY = st.integers(0, 1000).map(lambda n: START + timedelta(days=n))
MARGIN = rule("interest_margin", 5)
RATES = [
    rule("base_rate", "1.62", starts_on=START, ends_on=date(2023, 6, 30)),
    rule("base_rate", "3.12", starts_on=date(2023, 7, 1), ends_on=date(2023, 12, 31)),
    rule("base_rate", "3.62", starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 30)),
    rule("base_rate", "-0.88", starts_on=date(2024, 7, 1)),
]


def within(count: int, unit: Unit = Unit.months) -> Rule:
    return rule("spend_within", count, unit)


def begins(text: str) -> Rule:
    return rule("interest_from", unit=Unit.text, text=text)


def single_cents(flows: list[Flow], today: date) -> list[date]:
    """The day of every single cent, in order."""
    inside = sorted((flow for flow in flows if flow.day <= today), key=lambda flow: flow.day)
    return [flow.day for flow in inside for _ in range(int(flow.amount * 100))]


def walk(payouts: list[Flow], payments: list[Flow], today: date) -> list[tuple[date, date | None]]:
    """Of every cent paid out: its day, and the day of its use."""
    used = single_cents(payments, today)
    found: list[tuple[date, date | None]] = []
    for place, day in enumerate(single_cents(payouts, today)):
        found.append((day, max(day, used[place]) if place < len(used) else None))
    return found


def base_rate(day: date) -> Decimal:
    """Of one day, as the Bundesbank's table says it."""
    if day < date(2023, 7, 1):
        return D("1.62")
    if day.year == 2023:
        return D("3.12")
    return D("3.62") if day < date(2024, 7, 1) else D("-0.88")


@given(FLOWS, FLOWS)
def test_payouts_are_used_in_the_order_in_which_they_came(
    payouts: list[Flow], payments: list[Flow]
) -> None:
    found = match(payouts, payments)
    by_cent = [(use.paid_out, use.used) for use in found for _ in range(int(use.amount * 100))]
    assert by_cent == walk(payouts, payments, date.max)
    assert sum(use.amount for use in found) == sum(flow.amount for flow in payouts)


@settings(deadline=None)  # the first look at a calendar loads it
@given(FLOWS, FLOWS, TODAY, st.integers(1, 3))
def test_what_is_late_agrees_with_every_single_cent(
    payouts: list[Flow], payments: list[Flow], today: date, months: int
) -> None:
    found = unspent_after_deadline(payouts, payments, within(months), "TH", today)
    late = 0
    for day, used in walk(payouts, payments, today):
        end = spend_by(day, within(months), "TH")
        assert end is not None
        late += used is None and end < today
    assert found.value == D(late) / 100
    assert (found.status is FigureStatus.breach) == (late > 0)


@settings(deadline=None, max_examples=30)  # the first look at a calendar loads it
@given(FLOWS, FLOWS, TODAY, st.integers(1, 3), st.sampled_from(["payout", "deadline"]))
def test_interest_agrees_with_every_cent_on_every_day(
    payouts: list[Flow], payments: list[Flow], today: date, months: int, start: str
) -> None:
    found = interest(payouts, payments, within(months), MARGIN, RATES, begins(start), "TH", today)
    total = Fraction(0)
    for paid_out, used in walk(payouts, payments, today):
        end = spend_by(paid_out, within(months), "TH")
        assert end is not None
        if (used or today) <= end:
            continue
        day = paid_out if start == "payout" else end
        while day < (used or today):
            day += timedelta(days=1)
            base = base_rate(day)
            total += Fraction(1, 100) * Fraction(base + 5) / 100 / 365
    assert found.value == cents(total)


def test_interest_of_a_real_late_use() -> None:
    payouts = [Flow(date(2024, 1, 15), D("36500"))]
    payments = [Flow(date(2024, 4, 14), D("36500"))]
    owed = interest(
        payouts, payments, within(2), MARGIN, RATES, begins("deadline"), "TH", date(2024, 12, 31)
    )
    assert said(owed) == ("258.60", "warning", None)
    assert any("49a" in clause.text for clause in owed.clauses)
    in_time = interest(
        payouts,
        [Flow(date(2024, 3, 15), D("36500"))],
        within(2),
        MARGIN,
        RATES,
        begins("deadline"),
        "TH",
        date(2024, 12, 31),
    )
    assert said(in_time) == ("0.00", "ok", None)


def test_the_last_day_is_in_time_and_the_next_one_is_not() -> None:
    came = [Flow(date(2024, 1, 15), D(80)), Flow(date(2024, 3, 25), D(7))]

    def late(today: date) -> tuple[object, object]:
        found = unspent_after_deadline(came, [], within(2), "TH", today)
        return found.value, {one.name: one.value for one in found.inputs}["next_spend_by"]

    assert late(date(2024, 3, 15)) == (D(0), date(2024, 3, 15))
    assert late(date(2024, 3, 16)) == (D(80), None), "what comes in ten days is not there yet"
    assert late(date(2024, 3, 25)) == (D(80), date(2024, 5, 27))


@pytest.mark.parametrize("begin", ["payout", "deadline"])
def test_what_is_used_on_the_last_day_bears_no_interest(begin: str) -> None:
    came, last = [Flow(date(2024, 1, 15), D(36500))], date(2024, 3, 15)

    def owed(day: date) -> object:
        used = [Flow(day, D(36500))]
        return interest(came, used, within(2), MARGIN, RATES, begins(begin), "TH", day).value

    assert owed(last) == 0
    days = 1 if begin == "deadline" else 61
    assert owed(last + timedelta(days=1)) == cents(Fraction(days) * Fraction("8.62"))


@pytest.mark.parametrize(
    ("paid_out", "rule_", "last"),
    [
        (date(2024, 1, 15), within(2), "2024-03-15"),
        (date(2023, 12, 31), within(2), "2024-02-29"),
        (date(2024, 1, 15), within(6, Unit.weeks), "2024-02-26"),
        (date(2024, 7, 20), within(2), "2024-09-23"),
        (date(2024, 2, 29), within(2), "2024-04-29"),
    ],
)
def test_money_must_be_used_by_a_working_day(paid_out: date, rule_: Rule, last: str) -> None:
    assert str(spend_by(paid_out, rule_, "TH")) == last


def test_what_was_paid_in_advance_uses_a_payout_on_its_own_day() -> None:
    (use,) = match([Flow(date(2024, 5, 2), D(10))], [Flow(date(2024, 3, 1), D(25))])
    assert use.used == date(2024, 5, 2)


def test_without_rules_interest_and_lateness_are_not_known() -> None:
    flows = [Flow(date(2023, 1, 2), D(5))]
    today = date(2024, 1, 1)
    assert said(unspent_after_deadline(flows, [], None, "TH", today))[2] == "no_rule"
    for lacking in ("within", "margin", "rates", "begins"):
        found = interest(
            flows,
            [],
            None if lacking == "within" else within(2),
            None if lacking == "margin" else MARGIN,
            [] if lacking == "rates" else RATES,
            None if lacking == "begins" else begins("payout"),
            "TH",
            today,
        )
        why = "unknown_rate" if lacking == "rates" else "no_rule"
        assert said(found) == (None, "unknown", why), lacking


@given(FLOWS, FLOWS, TODAY)
def test_cash_at_hand_is_what_was_drawn_and_not_used(
    payouts: list[Flow], payments: list[Flow], today: date
) -> None:
    drawn, used = len(single_cents(payouts, today)), len(single_cents(payments, today))
    assert unspent_cash(payouts, payments, today).value == D(max(drawn - used, 0)) / 100


@pytest.mark.parametrize(
    ("due", "share", "cash", "granted", "paid", "expected"),
    [
        (["1000", "500"], "80", "0", "10000", "0", ("1200.00", "ok", None)),
        (["1000"], "80", "300", "10000", "0", ("500.00", "ok", None)),
        (["1000"], "80", "900", "10000", "0", ("0.00", "ok", None)),
        (["1000"], "80", "0", "10000", "9500", ("500.00", "ok", None)),
        (["1000"], "80", "0", "10000", "10500", ("0.00", "ok", None)),
        (["0.01"], "60", "0", "10000", "0", ("0.01", "ok", None)),
        ([None], "80", "0", "10000", "0", (None, "unknown", "no_amount")),
        (["1000"], None, "0", "10000", "0", (None, "unknown", "no_amount")),
        (["1000"], "80", "0", None, "0", (None, "unknown", "no_amount")),
    ],
)
def test_the_next_claim_is_the_share_of_what_is_due_less_cash_and_within_the_grant(
    due: list[str | None],
    share: str | None,
    cash: str,
    granted: str | None,
    paid: str,
    expected: tuple[str, str, str],
) -> None:
    day = date(2024, 1, 1)
    at_hand = unspent_cash([Flow(day, D(cash))], [], day)
    left = remaining(None if granted is None else D(granted), D(paid))
    amounts = [None if amount is None else D(amount) for amount in due]
    found = next_claim(amounts, None if share is None else D(share), at_hand, left, within(2))
    assert said(found) == expected


def test_staff_and_what_was_paid_in_advance_are_claimed_whole_and_unknown_pay_is_no_zero() -> None:
    """Contracts cost the grant its part already, so that the share is of invoices only."""
    day = date(2024, 1, 1)
    at_hand, left = unspent_cash([Flow(day, D(100))], [], day), remaining(D(10000), D(0))

    def claim(advanced: str, staff: str | None) -> tuple[object, object, object]:
        pay = None if staff is None else D(staff)
        return said(next_claim([D(1000)], D(80), at_hand, left, within(2), D(advanced), pay))

    assert claim("0", "300") == ("1000.00", "ok", None)
    assert claim("150", "300") == ("1150.00", "ok", None)
    assert claim("150", None) == (None, "unknown", "no_pay")


def test_more_paid_out_than_granted_is_a_breach() -> None:
    assert said(remaining(D(100), D("100.01"))) == ("-0.01", "breach", None)
    assert said(remaining(D(100), D(100))) == ("0.00", "ok", None)
    assert said(remaining(D(100), None))[2] == "no_amount"


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(-50, 50)), max_size=12))
def test_a_reversal_undoes_what_was_paid_before_it_and_no_cent_more(
    said_by: list[tuple[int, int]],
) -> None:
    flows = [Flow(date(2024, 1, 1) + timedelta(days=n), D(amount)) for n, amount in said_by]
    kept = without_reversals(flows)
    total = sum(flow.amount for flow in flows)
    assert sum(flow.amount for flow in kept) == total
    assert all((flow.amount < 0) == (total < 0) for flow in kept)
    assert sorted(kept, key=lambda flow: flow.day) == kept


def test_money_of_a_payment_that_was_reversed_is_unused_again() -> None:
    day = date(2024, 1, 1)
    paid = [Flow(day, D(60)), Flow(day + timedelta(days=9), D(40))]
    gone = Flow(day + timedelta(days=20), D(-50))
    assert without_reversals([*paid, gone]) == [Flow(day, D(50))]
    assert without_reversals(paid) == paid


def test_late_money_and_its_interest_can_be_reckoned_up_from_what_is_told() -> None:
    """Neither said once which payout was late, nor how much of it for how many days."""
    came = [Flow(date(2024, 1, 2), D(100000)), Flow(date(2024, 1, 15), D(5000))]
    used = [Flow(date(2024, 1, 20), D(40000)), Flow(date(2024, 4, 1), D(25000))]
    today = date(2024, 6, 30)
    told = interest(came, used, within(2), MARGIN, RATES, begins("deadline"), "TH", today)
    amounts = {
        one.name.removeprefix("amount."): one.value
        for one in told.inputs
        if one.name.startswith("amount.")
    }
    assert amounts == {
        "2024-03-04/2024-04-01": D(25000),
        "2024-03-04/2024-06-30": D(35000),
        "2024-03-15/2024-06-30": D(5000),
    }
    sums = [
        (amount, (date.fromisoformat(name[11:]) - date.fromisoformat(name[:10])).days)
        for name, amount in amounts.items()
    ]
    rate = D("3.62") + 5
    assert told.value == cents(sum(Fraction(a * d) * Fraction(rate) / 36500 for a, d in sums))
    late = unspent_after_deadline(came, used, within(2), "TH", today)
    owing = {one.name: one.value for one in late.inputs if one.name.startswith("payout.")}
    assert owing == {"payout.2024-01-02": D(35000), "payout.2024-01-15": D(5000)}
    assert late.value == D("40000.00")


def test_of_very_many_late_amounts_their_sum_is_told() -> None:
    came = [Flow(date(2024, 1, 2), D(3000))]
    used = [Flow(date(2024, 4, 1) + timedelta(days=n), D(100)) for n in range(30)]
    told = interest(
        came, used, within(2), MARGIN, RATES, begins("deadline"), "TH", date(2024, 6, 1)
    )
    inputs = {one.name: one.value for one in told.inputs}
    assert (inputs["amounts"], inputs["amount"]) == (D(30), D(3000))
    assert not [name for name in inputs if name.startswith("amount.")]


def test_every_base_rate_that_took_part_is_named_whether_it_was_checked_or_not() -> None:
    """Also when the money was used long ago and nobody knows the rate of today."""
    packed = [
        Rule(
            **entry.model_dump(include=set(Rule.model_fields) - {"clause"}),
            clause=Clause(text=entry.clause, source=entry.source, verified=entry.verified),
        )
        for entry in PACKS["sozialstrategierichtlinie-2-1"].rules("strategie")
        if entry.parameter == "base_rate"
    ]
    came, used = [Flow(date(2023, 1, 10), D(1000))], [Flow(date(2024, 2, 1), D(1000))]
    found = interest(
        came, used, within(2), MARGIN, packed, begins("deadline"), "TH", date(2027, 1, 1)
    )
    assert found.status == "warning"
    rates = [one.name for one in found.inputs if one.name.startswith("base_rate")]
    assert rates == [f"base_rate.{day}" for day in ("2023-01-01", "2023-07-01", "2024-01-01")]
    clause = next(one for one in found.clauses if one.text == "§ 247 BGB")
    assert (clause.verified, clause.source) == (False, "Deutsche Bundesbank")
