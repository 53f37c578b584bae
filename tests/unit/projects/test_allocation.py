"""Money is divided to the cent, and every cent is somebody's."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.allocation.rules import CENT, cents, split

MONEY = st.decimals(-(10**9), 10**9, places=2)
WEIGHTS = st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=12).filter(any)


@given(MONEY, WEIGHTS)
def test_parts_always_make_the_whole(total: Decimal, weights: list[Decimal]) -> None:
    parts = split(total, weights)
    assert len(parts) == len(weights)
    assert sum(parts) == total


@given(MONEY, WEIGHTS)
def test_no_part_is_a_cent_away_from_its_exact_share(
    total: Decimal, weights: list[Decimal]
) -> None:
    over = sum(map(Fraction, weights))
    for part, weight in zip(split(total, weights), weights, strict=True):
        assert abs(Fraction(part) - Fraction(total) * Fraction(weight) / over) < Fraction(CENT)


@given(MONEY, WEIGHTS)
def test_who_has_no_weight_gets_nothing(total: Decimal, weights: list[Decimal]) -> None:
    parts = split(total, [*weights, Decimal(0)])
    assert parts[-1] == 0
    assert parts[:-1] == split(total, weights)


@given(st.integers(-(10**6), 10**6), WEIGHTS)
def test_other_units_are_kept_whole(total: int, weights: list[Decimal]) -> None:
    parts = split(Decimal(total), weights, Decimal(1))
    assert sum(parts) == total
    assert all(part == part.to_integral_value() for part in parts)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        ("100", ["1", "1", "1"], ["33.34", "33.33", "33.33"]),
        ("0.01", ["1", "1"], ["0.01", "0.00"]),
        ("135020.40", ["80", "20"], ["108016.32", "27004.08"]),
        ("146839.75", ["80", "20"], ["117471.80", "29367.95"]),
        ("-100", ["1", "2"], ["-33.33", "-66.67"]),
        ("0", ["1", "2"], ["0.00", "0.00"]),
    ],
)
def test_real_amounts_are_divided(total: str, weights: list[str], parts: list[str]) -> None:
    assert split(Decimal(total), list(map(Decimal, weights))) == list(map(Decimal, parts))


@pytest.mark.parametrize(
    ("total", "weights"), [("1.001", ["1"]), ("1", ["0"]), ("1", []), ("1", ["2", "-1"])]
)
def test_what_cannot_be_divided_is_refused(total: str, weights: list[str]) -> None:
    with pytest.raises(ValueError, match=r"multiple|weights"):
        split(Decimal(total), list(map(Decimal, weights)))


@given(st.decimals(-(10**9), 10**9, places=6))
def test_cents_are_rounded_half_up_as_decimals_are(amount: Decimal) -> None:
    assert cents(amount) == amount.quantize(CENT, ROUND_HALF_UP)
    assert cents(Fraction(amount)) == cents(amount)
