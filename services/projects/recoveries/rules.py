"""What a funder can want back, and what went back: pure functions over exact decimals."""

from collections.abc import Sequence
from decimal import Decimal

from services.contracts.projects.recoveries import (
    NewRecovery,
    NewRepayment,
    Recovery,
    RecoveryState,
    Repayment,
)
from services.kit.problems import Conflict

ZERO = Decimal("0.00")


def check_demands(demanded: Decimal, paid_out: Decimal) -> None:
    """Refuse (409) when more is demanded back than was ever paid out."""
    if demanded > paid_out:
        text = f"{demanded} would be demanded back; {paid_out} were paid out."
        raise Conflict(text, pointer="/amount", code="above_payouts")


def check_change(now: Recovery, new: NewRecovery) -> None:
    """Refuse (409) to change what was waived, and to demand less than went back already."""
    if now.state is RecoveryState.waived:
        raise Conflict("The recovery was waived.", code="state")
    if new.amount < now.repaid:
        text = f"{now.repaid} went back already."
        raise Conflict(text, pointer="/amount", code="below_repaid")


def check_open(now: Recovery) -> None:
    """Refuse (409) a step where nothing is demanded any more."""
    if now.state is not RecoveryState.demanded:
        raise Conflict(f"The recovery is {now.state}.", code="state")


def with_repayment(now: Recovery, new: NewRepayment) -> list[Repayment]:
    """The repayments with one more. Refuses (409) more than was demanded."""
    check_open(now)
    if new.amount > now.amount - now.repaid:
        text = f"{now.amount - now.repaid} are still demanded."
        raise Conflict(text, pointer="/amount", code="above_demanded")
    return [*now.repayments, Repayment.model_validate(new)]


def repaid(repayments: Sequence[Repayment]) -> Decimal:
    """What went back."""
    return sum((repayment.amount for repayment in repayments), ZERO)


def state_of(amount: Decimal, sent: Decimal) -> RecoveryState:
    """Repaid when everything went back."""
    return RecoveryState.repaid if sent == amount else RecoveryState.demanded
