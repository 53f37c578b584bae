"""The numbers of a proof of use, from plain facts: every cent is somewhere, unknown is no zero."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.expenditures import Expenditure
from services.contracts.projects.figures import FigureStatus, Reason
from services.contracts.projects.grants import Financing
from services.contracts.projects.onward_grants import OnwardGrant
from services.contracts.projects.proofs_of_use import ProofCheckKind
from services.projects.drawdowns.rules import Flow
from services.projects.figures.rules import all_figures
from services.projects.grant_facts.parts import Source, Spending
from services.projects.grant_facts.rules import Facts
from services.projects.proof_drafts import rules
from services.projects.proof_drafts.rules import Named
from services.projects.proof_reports import rules as report
from tests.unit.projects.facts import EMPTY, FULL, START, at, granted_flat

D = Decimal
DAY = date(2025, 12, 31)
PAID = date(2024, 5, 28)
CENTS = st.integers(0, 10**9).map(lambda cents: D(cents) / 100)


def spending(
    key: str, amount: str, category: str = "staff", accepted: str | None = None
) -> Spending:
    return Spending(
        key=key,
        category=category,
        invoiced_on=PAID,
        paid_on=PAID,
        amount=D(amount),
        accepted=None if accepted is None else D(accepted),
        evidence=True,
    )


def paper(one: Spending) -> Expenditure:
    part = {"grant": "g", "amount": one.amount, "claim": None, "verification": None}
    return Expenditure.model_validate(
        {
            "id": "01a220b2-4189-7e32-b050-a8b53dab7433",
            "revision": 1,
            "created_at": "2024-06-01T00:00:00Z",
            "changed_at": "2024-06-01T00:00:00Z",
            "key": one.key,
            "project": "p-1",
            "purpose": "Zweck",
            "category": one.category,
            "gross": one.amount,
            "eligible": one.amount,
            "parts": [part],
            "own": "0.00",
            "state": "entered",
            "booking": None,
        }
    )


def spent(spendings: Sequence[Spending], facts: Facts = FULL) -> Facts:
    return at(DAY, replace(facts, spendings=spendings))


def named(facts: Facts) -> Named:
    return Named(all_figures(facts))


@given(payouts=st.lists(CENTS, max_size=5), planned=st.lists(CENTS, min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_what_came_is_divided_to_the_cent(payouts: list[Decimal], planned: list[Decimal]) -> None:
    kinds = ("eu", "federal", "state")
    facts = replace(
        EMPTY,
        sources=[Source(kind, None, amount) for kind, amount in zip(kinds, planned, strict=False)],
        payouts=[Flow(START, amount) for amount in payouts],
    )
    received = [one.received for one in rules.income(facts)]
    if not any(planned):
        assert set(received) == {None}
        return
    assert sum(amount for amount in received if amount is not None) == rules.kept(facts)
    assert all(amount is not None for amount in received)


def test_one_source_gets_all_and_a_share_of_the_unknown_is_unknown() -> None:
    came = [Flow(START, D("10.00"))]
    (one,) = rules.income(replace(EMPTY, sources=[Source("state", 2023, None)], payouts=came))
    assert (one.planned, one.received, one.divided, one.reason) == (None, D(10), False, None)
    both = [Source("eu", None, D(1)), Source("state", None, None), Source("own", None, D(2))]
    told = rules.income(replace(EMPTY, sources=both, payouts=came))
    assert [(line.received, line.reason) for line in told] == [
        (None, Reason.no_amount),
        (None, Reason.no_amount),
        (None, Reason.no_actual),
    ]


@pytest.mark.parametrize(
    ("financing", "cost", "came", "claim", "repay", "status"),
    [
        (Financing.share, "900000.00", "700000.00", "20000.00", "0.00", FigureStatus.ok),
        (Financing.share, "500000.00", "700000.00", "0.00", "300000.00", FigureStatus.ok),
        (Financing.fixed, "500000.00", "700000.00", "0.00", "200000.00", FigureStatus.review),
        (Financing.full, "720000.00", "720000.00", "0.00", "0.00", FigureStatus.ok),
    ],
)
def test_what_is_still_to_come_or_to_go_back(
    financing: Financing, cost: str, came: str, claim: str, repay: str, status: FigureStatus
) -> None:
    facts = replace(
        spent([spending("a", cost)]), financing=financing, payouts=[Flow(PAID, D(came))]
    )
    end = rules.settlement(facts, named(facts))
    assert (end.to_claim, end.to_repay) == (D(claim), D(repay))
    assert end.payable.status is status


def test_without_a_grant_nothing_is_to_claim_and_nothing_to_repay() -> None:
    end = rules.settlement(EMPTY, named(EMPTY))
    assert (end.granted, end.to_claim, end.to_repay) == (None, None, None)
    assert end.reason is Reason.no_amount


def test_a_line_tells_its_years_and_what_was_cut() -> None:
    facts = spent([spending("a", "100.00", accepted="60.00"), spending("b", "5.00", "other")])
    staff, travel, other = rules.expenditure(facts, named(facts))
    assert (staff.spent, staff.actual, staff.difference) == (D(100), D(60), D(-869940))
    assert [(year.year, year.planned, year.actual) for year in staff.years] == [
        (2023, D(290000), D(0)),
        (2024, D(290000), D(60)),
        (2025, D(290000), D(0)),
    ]
    assert (travel.actual, travel.planned) == (D(0), D(30000))
    assert (other.planned, other.difference) == (None, None)
    assert other.deviation.reason is Reason.no_plan


AMOUNTS = st.lists(
    st.tuples(CENTS, st.sampled_from(list(CostCategory)), st.integers(0, 100) | st.none()),
    max_size=8,
)


@given(AMOUNTS)
@settings(max_examples=40, deadline=None)
def test_receipts_always_make_the_expenditure(
    rows: list[tuple[Decimal, CostCategory, int | None]],
) -> None:
    spendings = [
        Spending(
            key=f"k-{n}",
            category=category,
            invoiced_on=PAID,
            paid_on=PAID,
            amount=amount,
            accepted=None if part is None else min(D(part), amount),
            evidence=True,
        )
        for n, (amount, category, part) in enumerate(rows)
        if amount
    ]
    facts = spent(spendings)
    receipts = rules.receipts(facts, {one.key: paper(one) for one in spendings}, {})
    lines = rules.expenditure(facts, named(facts))
    checked = report.checks(facts, named(facts), lines, receipts, [], [], [])
    sums = next(one for one in checked if one.key is ProofCheckKind.receipts)
    assert (sums.met, sums.difference) == (True, D(0))
    assert sum(one.counted for one in receipts) == sum(line.actual for line in lines)
    assert [one.number for one in receipts] == list(range(1, len(spendings) + 1))


def test_a_receipt_that_is_not_there_is_found_to_the_cent() -> None:
    spendings = [spending("b-1", "100.00"), spending("b-2", "0.01", "travel")]
    facts = spent(spendings)
    receipts = rules.receipts(facts, {"b-1": paper(spendings[0])}, {})
    lines = rules.expenditure(facts, named(facts))
    checked = report.checks(facts, named(facts), lines, receipts, [], [], [])
    sums = next(one for one in checked if one.key is ProofCheckKind.receipts)
    assert (sums.met, sums.about, sums.difference) == (False, ["travel"], D("-0.01"))


def test_nobody_waits_for_the_payment_of_what_a_flat_rate_covers() -> None:
    open_ = replace(spending("offen", "5.00", "travel"), paid_on=None)
    spendings = [spending("gehalt", "100.00"), spending("buero", "7.00", "office"), open_]
    for flat, waiting in (
        (None, ["offen"]),
        (granted_flat("indirect_rate", 15, "staff"), ["offen"]),
        (granted_flat("remaining_cost_rate", 40), []),
    ):
        facts = spent(
            spendings, replace(FULL, all_rules=[*([flat] if flat else []), *FULL.all_rules])
        )
        receipts = rules.receipts(facts, {one.key: paper(one) for one in spendings}, {})
        lines = rules.expenditure(facts, named(facts))
        checked = {
            one.key: one for one in report.checks(facts, named(facts), lines, receipts, [], [], [])
        }
        paid, sums = checked[ProofCheckKind.paid], checked[ProofCheckKind.receipts]
        assert (paid.met, paid.about) == (not waiting, waiting)
        assert (sums.met, sums.difference) == (True, D(0))


def test_of_money_passed_on_only_what_happened_by_the_day_counts() -> None:
    step = {"issued_on": "2024-01-10", "amount": "4000.00", "proof_due_on": "2025-03-31"}
    onward = OnwardGrant.model_validate(
        {
            **OnwardGrant.model_json_schema()["examples"][0],
            "id": "01a220b2-4189-7e32-b050-a8b53dab7433",
            "revision": 1,
            "created_at": "2024-06-01T00:00:00Z",
            "changed_at": "2024-06-01T00:00:00Z",
            "state": "closed",
            **dict.fromkeys(("bound", "awarded", "paid", "recovered", "repaid"), "0.00"),
            "to_recover": "0.00",
            "ended_on": None,
            "end_reason": None,
            "proof_due_on": None,
            "proof": {
                "received_on": "2025-03-20",
                "checked_on": "2025-05-04",
                "accepted": "3900.00",
            },
            "decisions": [],
            "notices": [step, {**step, "issued_on": "2024-09-01", "amount": "3000.00"}],
            "payouts": [{"paid_on": "2024-02-02", "amount": "2000.00"}],
            "recoveries": [],
            "repayments": [{"received_on": "2025-05-28", "amount": "100.00"}],
        }
    )

    def told(day: date) -> list[tuple[object, ...]]:
        return [
            (one.awarded, one.paid, one.repaid, one.proof_received_on, one.accepted)
            for one in rules.onward([onward], day, {})
        ]

    assert told(date(2024, 1, 9)) == []
    assert told(date(2024, 2, 1)) == [(D(4000), D(0), D(0), None, None)]
    received = date(2025, 3, 20)
    assert told(received) == [(D(3000), D(2000), D(0), received, None)]
    assert told(DAY) == [(D(3000), D(2000), D(100), received, D(3900))]
