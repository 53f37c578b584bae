"""Who pays what of an operation: a pure function over exact decimals."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from services.projects.allocation.rules import CENT, split

_HUNDRED = Decimal(100)
_ROUNDED = Decimal("0.005")
"""Rates are published to the hundredth of a percent; one may be off by half of that."""


class Shares(NamedTuple):
    """What the Union pays and what others pay; together the total, to the cent."""

    rate: Decimal | None
    union_share: Decimal | None
    national_share: Decimal | None
    shares_computed: bool


def shares(total: Decimal, rate: Decimal | None, union: Decimal | None) -> Shares:
    """What a list says of the shares, and what follows from it.

    An amount that is told is kept: rates are often those of a whole priority axis. Without it the
    rate gives it, to the cent and by largest remainder, so that both shares are the total. Without
    both nothing is known; null is not zero.
    """
    if union is not None:
        if rate is None and total:
            rate = (union * _HUNDRED / total).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        return Shares(rate, union, total - union, shares_computed=False)
    if rate is None:
        return Shares(None, None, None, shares_computed=False)
    union, national = split(total, [rate, _HUNDRED - rate])
    return Shares(rate, union, national, shares_computed=True)


def contradicts(total: Decimal, rate: Decimal, union: Decimal) -> bool:
    """Whether an amount that is told cannot be this rate of the total, however both were rounded:
    more than half a hundredth of a percent and a cent away from it."""
    return abs(union * _HUNDRED - total * rate) > total * _ROUNDED + CENT * _HUNDRED
