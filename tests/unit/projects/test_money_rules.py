"""Expenditures and what the funder makes of them always add up: pure functions."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from services.contracts.projects.expenditures import (
    ExpenditurePart,
    ExpenditureState,
    NewExpenditure,
    NewVerification,
    ParkedRelease,
)
from services.kit.problems import Problem
from services.projects.expenditures.rules import divided, state_of
from services.projects.verifications.rules import released, verified

CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
SHARES = st.lists(st.integers(1, 10**6), max_size=5).filter(lambda parts: sum(parts) <= 10**6)
DAY = date(2025, 1, 31)


def spent(gross: Decimal, tax: Decimal, shares: list[int]) -> NewExpenditure:
    told: dict[str, Any] = {
        "key": "beleg",
        "project": "vorhaben",
        "purpose": "Moderation",
        "category": "external",
        "gross": gross,
        "recoverable_vat": tax,
        "shares": [
            {"grant": f"grant-{n}", "share": Decimal(share) / 10_000}
            for n, share in enumerate(shares)
        ],
    }
    return NewExpenditure.model_validate(told)


@given(CENTS, CENTS, SHARES)
def test_the_parts_and_the_own_money_make_what_is_eligible(
    gross: Decimal, tax: Decimal, shares: list[int]
) -> None:
    assume(gross > 0 and tax <= gross)
    eligible, parts, own = divided(spent(gross, tax, shares))
    assert eligible == gross - tax
    assert sum((part.amount for part in parts), own) == eligible
    assert own >= 0
    for part, share in zip(parts, shares, strict=True):
        exact = eligible * share / 10**6
        assert abs(part.amount - exact) < Decimal("0.01")


@given(CENTS, st.lists(st.tuples(CENTS, CENTS), max_size=6))
def test_accepted_reduced_and_parked_make_the_part_after_every_release(
    amount: Decimal, releases: list[tuple[Decimal, Decimal]]
) -> None:
    part = ExpenditurePart(grant="grant-0", amount=amount, claim=None, verification=None)
    parked = {"grant": "grant-0", "accepted": 0, "parked": amount, "reason": "fehlt"}
    first = NewVerification.model_validate({**parked, "verified_on": DAY})
    part = part.model_copy(update={"verification": verified(part, first)})
    for accepted, reduced in releases:
        told = {"grant": "grant-0", "accepted": accepted, "reduced": reduced, "reason": "x"}
        try:
            result = released(part, ParkedRelease.model_validate({**told, "released_on": DAY}))
        except Problem:
            continue
        assert result.accepted + result.reduced + result.parked == amount
        assert min(result.accepted, result.reduced, result.parked) >= 0
        part = part.model_copy(update={"verification": result})
    open_ = part.verification is not None and part.verification.parked > 0
    assert (state_of([part]) is ExpenditureState.verified) is not open_
