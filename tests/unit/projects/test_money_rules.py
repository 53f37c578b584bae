"""Expenditures and what the funder makes of them always add up: pure functions."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.contracts.projects.expenditures import (
    ExpenditurePart,
    ExpenditureState,
    NewExpenditure,
    NewVerification,
    ParkedRelease,
    Verification,
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


def told(parked: int | None, claim: str | None = None) -> ExpenditurePart:
    result = None
    if parked is not None:
        sent = {"accepted": 10 - parked, "reduced": 0, "parked": parked, "reason": "fehlt"}
        result = Verification.model_validate({**sent, "verified_on": DAY})
    return ExpenditurePart(grant="grant-0", amount=Decimal(10), claim=claim, verification=result)


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ([], "entered"),
        ([told(None)], "entered"),
        ([told(None), told(None, "abruf")], "claimed"),
        ([told(None), told(0)], "claimed"),
        ([told(0), told(None)], "claimed"),
        ([told(0), told(4)], "claimed"),
        ([told(4), told(0)], "claimed"),
        ([told(0), told(0, "abruf")], "verified"),
    ],
)
def test_an_expenditure_is_verified_when_every_part_is_decided(
    parts: list[ExpenditurePart], state: str
) -> None:
    assert state_of(parts) is ExpenditureState(state)


@pytest.mark.parametrize(
    ("parked", "release", "code"),
    [
        (None, {"accepted": 1}, "nothing_parked"),
        (0, {"accepted": 1}, "nothing_parked"),
        (4, {"accepted": 0}, "above_parked"),
        (4, {"accepted": 4, "reduced": "0.01", "reason": "x"}, "above_parked"),
        (4, {"accepted": 3, "reduced": 1}, "missing"),
        (4, {"accepted": 4}, None),
        (4, {"reduced": 4, "reason": "doppelt"}, None),
        (4, {"accepted": 1}, None),
    ],
)
def test_no_more_than_is_parked_is_released_and_cuts_have_a_reason(
    parked: int | None, release: dict[str, Any], code: str | None
) -> None:
    sent = {"grant": "grant-0", "accepted": 0, "reduced": 0, **release, "released_on": DAY}
    part, asked = told(parked), ParkedRelease.model_validate(sent)
    if code is not None:
        with pytest.raises(Problem) as refused:
            released(part, asked)
        assert [fault.code for fault in refused.value.faults] == [code]
        return
    found = released(part, asked)
    assert found.accepted + found.reduced + found.parked == 10
    assert found.reason == release.get("reason", "fehlt"), (
        "the reason for parking stands until then"
    )


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ({"accepted": 10}, None),
        ({"accepted": 9, "reduced": 1, "reason": "x"}, None),
        ({"accepted": 9}, "not_the_part"),
        ({"accepted": 9, "reduced": 2, "reason": "x"}, "not_the_part"),
        ({"accepted": 11}, "not_the_part"),
        ({"accepted": 9, "reduced": 1}, "missing"),
        ({"accepted": 9, "parked": 1}, "missing"),
    ],
)
def test_a_result_makes_the_part_and_says_why_less_is_accepted(
    result: dict[str, Any], code: str | None
) -> None:
    sent = {"grant": "grant-0", "reduced": 0, "parked": 0, **result, "verified_on": DAY}
    asked = NewVerification.model_validate(sent)
    if code is None:
        assert verified(told(None), asked).accepted == result["accepted"]
        return
    with pytest.raises(Problem) as refused:
        verified(told(None), asked)
    assert [fault.code for fault in refused.value.faults] == [code]
