"""Each step of money passed on, to the cent and in its order."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.projects.onward_grants import (
    OnwardDecision,
    OnwardNotice,
    OnwardPayout,
    OnwardRecovery,
    OnwardRepayment,
    OnwardState,
)
from services.kit.problems import Conflict
from services.projects.onward_steps import rules
from services.projects.onward_steps.rules import Standing

D = Decimal
DAY = date(2025, 1, 31)
APPLIED, APPROVED, GRANTED, CLOSED = (
    OnwardState(state) for state in ("applied", "approved", "granted", "closed")
)


def stands(state: OnwardState, **money: str) -> Standing:
    return Standing(state, **{name: D(amount) for name, amount in money.items()})


def decided(amount: str | None) -> OnwardDecision:
    outcome = "refusal" if amount is None else "approval"
    told = {"decided_on": DAY, "outcome": outcome, "amount": amount, "deciding_body": "kreistag"}
    return OnwardDecision.model_validate({**told, "reason": {"de": "Mittel reichen nicht"}})


def noticed(amount: str) -> OnwardNotice:
    return OnwardNotice.model_validate({"issued_on": DAY, "amount": amount})


def payout(amount: str) -> OnwardPayout:
    return OnwardPayout.model_validate({"paid_on": DAY, "amount": amount})


def demanded(amount: str, **more: Any) -> OnwardRecovery:
    told = {"demanded_on": DAY, "amount": amount, "reason": {"de": "nicht verwendet"}, **more}
    return OnwardRecovery.model_validate(told)


def back(amount: str) -> OnwardRepayment:
    return OnwardRepayment.model_validate({"received_on": DAY, "amount": amount})


def refused(code: str, step: Any, *said: Any, **more: Any) -> str:
    """The words of the refusal."""
    with pytest.raises(Conflict) as found:
        step(*said, **more)
    assert [fault.code for fault in found.value.faults] == [code]
    return found.value.faults[0].detail


def test_at_most_what_was_applied_for_is_approved_and_more_only_of_what_was_approved() -> None:
    approved = rules.decide(stands(APPLIED), decided("100.00"), D(100))
    assert (approved.state, approved.bound, approved.awarded) == (APPROVED, D(100), D(0))
    refused("above_application", rules.decide, stands(APPLIED), decided("100.01"), D(100))
    more = stands(GRANTED, bound="60", awarded="60", paid="20")
    again = rules.decide(more, decided("100"), D(100))
    assert (again.state, again.bound, again.awarded) == (GRANTED, D(100), D(60))
    assert rules.decide(more, decided("60"), D(100)).bound == D(60)
    refused("below_award", rules.decide, more, decided("59.99"), D(100))
    for state in (CLOSED, OnwardState.refused, OnwardState.withdrawn):
        refused("state", rules.decide, stands(state), decided("1"), D(100))
    assert rules.decide(stands(APPLIED), decided(None), D(100)).state is OnwardState.refused
    refused("state", rules.decide, stands(APPROVED), decided(None), D(100))


def test_a_notice_awards_no_more_than_was_decided_and_no_less_than_is_out() -> None:
    decided_on = stands(APPROVED, bound="100")
    found = rules.notify(decided_on, noticed("100"))
    assert (found.state, found.bound, found.awarded) == (GRANTED, D(100), D(100))
    refused("above_decision", rules.notify, decided_on, noticed("100.01"))
    out = stands(GRANTED, bound="100", awarded="100", paid="70", recovered="20")
    assert out.out == D(50)
    less = rules.notify(out, noticed("50"))
    assert (less.bound, less.awarded) == (D(50), D(50)), "the rest is free again"
    refused("below_paid", rules.notify, out, noticed("49.99"))
    for state in (APPLIED, CLOSED):
        refused("state", rules.notify, stands(state, bound="100"), noticed("1"))


def test_what_was_demanded_back_and_is_still_awarded_is_paid_again_and_no_cent_more() -> None:
    held = stands(GRANTED, bound="100", awarded="100", paid="70", recovered="20")
    assert rules.pay(held, payout("50")).paid == D(120)
    told = refused("above_award", rules.pay, held, payout("50.01"))
    assert told == "Of 100 awarded 50 is left."
    refused("state", rules.pay, stands(APPROVED, bound="100"), payout("1"))
    refused("state", rules.pay, stands(CLOSED, awarded="100"), payout("1"))


def test_a_demand_makes_the_award_smaller_unless_it_is_paid_again() -> None:
    held = stands(GRANTED, bound="100", awarded="90", paid="70")
    less = rules.demand(held, demanded("70", reduces_award=True))
    assert (less.recovered, less.awarded, less.bound) == (D(70), D(20), D(30))
    same = rules.demand(held, demanded("70", reduces_award=False))
    assert (same.recovered, same.awarded, same.bound) == (D(70), D(90), D(100))
    refused("above_paid", rules.demand, held, demanded("70.01"))
    closed = rules.demand(stands(CLOSED, bound="70", awarded="70", paid="70"), demanded("5"))
    assert closed.state is CLOSED
    refused("state", rules.demand, stands(APPROVED, paid="70"), demanded("1"))


def test_no_more_comes_back_than_was_demanded() -> None:
    owed = stands(GRANTED, paid="70", recovered="20", repaid="5")
    assert rules.repay(owed, back("15")).repaid == D(20)
    told = refused("above_demand", rules.repay, owed, back("15.01"))
    assert told == "Of 20 demanded 15 is open."


def test_it_is_closed_when_the_proof_is_checked_and_everything_is_back() -> None:
    held = stands(GRANTED, bound="100", awarded="90", paid="70", recovered="20", repaid="20")
    found = rules.close(held, checked=True, to_recover=D(0))
    assert (found.state, found.bound, found.awarded) == (CLOSED, D(50), D(50))
    refused("unchecked", rules.close, held, checked=False, to_recover=D(0))
    refused("to_recover", rules.close, held, checked=True, to_recover=D("0.01"))
    open_ = stands(GRANTED, paid="70", recovered="20", repaid="19.99")
    told = refused("not_repaid", rules.close, open_, checked=True, to_recover=D(0))
    assert told == "0.01 has not come back."
    cent = stands(GRANTED, bound="1", awarded="1", paid="0.01")
    refused("unchecked", rules.close, cent, checked=False, to_recover=D(0))
    unpaid = stands(GRANTED, bound="100", awarded="100")
    assert rules.close(unpaid, checked=False, to_recover=D(0)).bound == D(0), "nothing to prove"
    refused("state", rules.close, stands(APPROVED), checked=True, to_recover=D(0))


def test_nobody_withdraws_with_the_money() -> None:
    for state in (APPLIED, APPROVED, GRANTED):
        found = rules.withdraw(stands(state, bound="10", awarded="10"))
        assert (found.state, found.bound, found.awarded) == (OnwardState.withdrawn, D(0), D(0))
    refused("paid", rules.withdraw, stands(GRANTED, paid="10", recovered="9.99"))
    assert rules.withdraw(stands(GRANTED, paid="10", recovered="10")).bound == D(0)
    for state in (CLOSED, OnwardState.refused, OnwardState.withdrawn):
        refused("state", rules.withdraw, stands(state))
