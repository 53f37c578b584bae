"""What fits into a grant: pure functions over exact decimals."""

from dataclasses import dataclass
from decimal import Decimal

from services.kit.problems import Conflict

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Envelope:
    """A grant and what is bound of it. An unknown amount is None: nothing fits into it."""

    amount: Decimal | None
    onward: Decimal = ZERO
    """Awarded to others, after reductions (Weiterleitungen)."""
    own_use: Decimal = ZERO
    """What the grantee keeps for its own work (Eigenverwendung)."""
    paid_out: Decimal = ZERO
    """What the funder has paid out to the grantee (Auszahlungen)."""
    recovered: Decimal = ZERO
    """What of it went back to the funder (Rückzahlungen)."""
    demanded: Decimal = ZERO
    """What the funder wants back of it, whether it went back yet or not (Rückforderungen)."""

    @property
    def free(self) -> Decimal | None:
        """What may still be awarded or kept; None when the grant is not known."""
        return None if self.amount is None else self.amount - self.onward - self.own_use

    @property
    def payable(self) -> Decimal | None:
        """What the funder may still pay out; None when the grant is not known."""
        return None if self.amount is None else self.amount - self.paid_out + self.recovered


def check(envelope: Envelope, pointer: str = "/amount") -> None:
    """Refuse (409) what is more than the grant: onward grants and own use together, and payouts
    of the funder less what it wants back, so that a revocation can be entered as soon as the money
    is demanded. Nothing fits into a grant whose amount is unknown."""
    bound, drawn = envelope.onward + envelope.own_use, envelope.paid_out - envelope.demanded
    if envelope.amount is None:
        if bound > 0 or drawn > 0:
            text = "The amount of the grant is not known; nothing can be bound of it."
            raise Conflict(text, pointer=pointer, code="amount_unknown")
        return
    if bound > envelope.amount:
        text = (
            f"Onward grants of {envelope.onward} and own use of {envelope.own_use}"
            f" are more than the grant of {envelope.amount}."
        )
        raise Conflict(text, pointer=pointer, code="above_grant")
    if drawn > envelope.amount:
        text = f"Payouts of {drawn} are more than the grant of {envelope.amount}."
        raise Conflict(text, pointer=pointer, code="paid_above_grant")


def check_paid(envelope: Envelope, pointer: str = "/amount") -> None:
    """Refuse (409) a payout above the grant: for new money a demand alone frees nothing."""
    if envelope.payable is not None and envelope.payable < 0:
        text = f"Payouts of {envelope.paid_out} are more than the grant of {envelope.amount}."
        raise Conflict(text, pointer=pointer, code="paid_above_grant")
