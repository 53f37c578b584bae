"""Parts that always make the whole: a pure function."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def split(total: Decimal, weights: Sequence[Decimal], unit: Decimal = CENT) -> list[Decimal]:
    """Divide `total` by `weights` so that the parts make exactly the total.

    Largest remainder (Hare/Niemeyer): every part is its exact share, rounded down to `unit`; what
    is left goes, unit by unit, to the largest remainders, the earlier of equal ones first. A total
    below zero, such as a credit note, is divided like the same amount above zero.

    Refuses (ValueError) a total that is no multiple of the unit, weights below zero, and weights
    that are all zero, because nobody could say then whose the money is.
    """
    whole = total / unit
    if unit <= 0 or whole != whole.to_integral_value():
        raise ValueError(f"{total} is not a multiple of {unit}")
    if any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("weights are not below zero, and one of them is above")
    if total < 0:
        return [-part for part in split(-total, weights, unit)]
    units, over = int(whole), sum(map(Fraction, weights))
    exact = [units * Fraction(weight) / over for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: units - sum(parts)]:
        parts[i] += 1
    return [part * unit for part in parts]


def cents(amount: Decimal | Fraction) -> Decimal:
    """An amount rounded half up to the cent, as offices do (kaufmännisch)."""
    numerator, denominator = amount.as_integer_ratio()  # integers: many thousand in an answer
    away = (abs(numerator) * 200 + denominator) // (2 * denominator)
    return Decimal(away if numerator >= 0 else -away).scaleb(-2)
