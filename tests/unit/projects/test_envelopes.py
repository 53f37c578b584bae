"""What fits into a grant, to the cent."""

from decimal import Decimal

import pytest

from services.kit.problems import Conflict
from services.projects.envelopes.rules import Envelope, check, check_paid

GRANT = Decimal("108016.32")
CENT = Decimal("0.01")


@pytest.mark.parametrize(
    "envelope",
    [
        Envelope(None),
        Envelope(GRANT),
        Envelope(GRANT, onward=GRANT),
        Envelope(GRANT, onward=GRANT - 100, own_use=Decimal(100)),
        Envelope(GRANT, paid_out=GRANT),
        Envelope(GRANT, paid_out=GRANT + 5),
    ],
)
def test_what_is_within_the_grant_fits(envelope: Envelope) -> None:
    check(envelope)


@pytest.mark.parametrize(
    ("envelope", "code"),
    [
        (Envelope(GRANT, onward=GRANT, own_use=CENT), "above_grant"),
        (Envelope(GRANT, onward=GRANT + CENT), "above_grant"),
        (Envelope(None, onward=CENT), "amount_unknown"),
    ],
)
def test_a_cent_more_does_not(envelope: Envelope, code: str) -> None:
    with pytest.raises(Conflict) as refused:
        check(envelope)
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize(
    ("envelope", "code"),
    [
        (Envelope(GRANT, paid_out=GRANT + CENT), "paid_above_grant"),
        (Envelope(GRANT, paid_out=GRANT + 5, recovered=Decimal("4.99")), "paid_above_grant"),
        (Envelope(None, paid_out=CENT), "amount_unknown"),
    ],
)
def test_for_new_money_only_what_went_back_is_free(envelope: Envelope, code: str) -> None:
    with pytest.raises(Conflict) as refused:
        check_paid(envelope)
    assert [fault.code for fault in refused.value.faults] == [code]
    check_paid(Envelope(GRANT, paid_out=GRANT + 5, recovered=Decimal(5)))


def test_what_is_left_is_unknown_while_the_grant_is() -> None:
    assert Envelope(None).free is None
    assert Envelope(None).payable is None
    assert Envelope(GRANT, onward=Decimal(16), own_use=Decimal("0.32")).free == Decimal(108000)
    assert Envelope(GRANT, paid_out=GRANT, recovered=CENT).payable == CENT
