"""What fits into a grant: pure functions over exact decimals."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

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

    @property
    def free(self) -> Decimal | None:
        """What may still be awarded or kept; None when the grant is not known."""
        return None if self.amount is None else self.amount - self.onward - self.own_use

    @property
    def payable(self) -> Decimal | None:
        """What the funder may still pay out; None when the grant is not known."""
        return None if self.amount is None else self.amount - self.paid_out + self.recovered


def check(envelope: Envelope, pointer: str = "/amount") -> None:
    """Refuse (409) onward grants and own use that are together more than the grant. Nothing fits
    into a grant whose amount is unknown."""
    bound = envelope.onward + envelope.own_use
    if envelope.amount is None and bound > 0:
        _unknown(pointer)
    if envelope.amount is not None and bound > envelope.amount:
        text = (
            f"Onward grants of {envelope.onward} and own use of {envelope.own_use}"
            f" are more than the grant of {envelope.amount}."
        )
        raise Conflict(text, pointer=pointer, code="above_grant")


def check_paid(envelope: Envelope, pointer: str = "/amount") -> None:
    """Refuse (409) a payout above the grant, and to make a grant smaller by hand than what was paid
    out of it and has not gone back: only a notice of the funder does that, and from it follows that
    the rest has to be paid back (§ 49a VwVfG)."""
    if envelope.amount is None and envelope.paid_out > envelope.recovered:
        _unknown(pointer)
    if envelope.payable is not None and envelope.payable < 0:
        text = f"Payouts of {envelope.paid_out} are more than the grant of {envelope.amount}."
        raise Conflict(text, pointer=pointer, code="paid_above_grant")


def _unknown(pointer: str) -> NoReturn:
    text = "The amount of the grant is not known; nothing can be bound of it."
    raise Conflict(text, pointer=pointer, code="amount_unknown")
