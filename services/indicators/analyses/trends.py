"""Where a series is going: robust, and silent where chance could have done the same."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from math import erfc, factorial, sqrt
from statistics import median
from typing import NamedTuple

from services.contracts.indicators.analyses import TrendCertainty, TrendDirection

MOST_PERIODS = 24
FEWEST = 3
CLEAR, WEAK = 0.05, 0.1
_YEAR = 365.2425


class Trend(NamedTuple):
    """Direction, how sure it is, median change per year, change from the first to the last."""

    direction: TrendDirection
    certainty: TrendCertainty | None
    per_year: float | None
    change: float | None
    values: int


def trend(points: Sequence[tuple[date, float]], decimals: int) -> Trend:
    """The trend of values by the day on which their period ends, in the order of time.

    Direction and certainty by the test of Mann and Kendall (exact without ties), the change per
    year as the median of all slopes (Theil and Sen). Three values never make a trend, four only a
    weak one. The change per year has one decimal more than the values are shown with.
    """
    count = len(points)
    if count < FEWEST:
        return Trend(TrendDirection.unknown, None, None, None, count)
    values = [value for _, value in points]
    change = round(values[-1] - values[0], decimals)
    slopes = [
        (later - earlier) / ((until - since).days / _YEAR)
        for place, (since, earlier) in enumerate(points)
        for until, later in points[place + 1 :]
    ]
    per_year = round(median(slopes), decimals + 1)
    score = sum((slope > 0) - (slope < 0) for slope in slopes)
    if not any(slopes):
        return Trend(TrendDirection.steady, None, 0.0, 0.0, count)
    chance = _by_chance(score, values)
    if chance >= WEAK:
        return Trend(TrendDirection.unclear, None, per_year, change, count)
    certainty = TrendCertainty.clear if chance < CLEAR else TrendCertainty.weak
    direction = TrendDirection.rising if score > 0 else TrendDirection.falling
    return Trend(direction, certainty, per_year, change, count)


def _by_chance(score: int, values: Sequence[float]) -> float:
    """How likely values in any order score at least as far from 0, both sides."""
    count, ties = len(values), [n for n in Counter(values).values() if n > 1]
    if not ties:
        return _exactly(abs(score), count)
    variance = count * (count - 1) * (2 * count + 5)
    variance -= sum(n * (n - 1) * (2 * n + 5) for n in ties)
    return erfc(max(0, abs(score) - 1) / sqrt(variance / 18) / sqrt(2))


@lru_cache(maxsize=512)
def _exactly(score: int, count: int) -> float:
    if score <= 0:
        return 1.0
    # Orders by their number of inversions (Mahonian numbers); score = pairs - 2 * inversions.
    orders = [1]
    for length in range(2, count + 1):
        grown = [0] * (len(orders) + length - 1)
        for inversions, number in enumerate(orders):
            for more in range(length):
                grown[inversions + more] += number
        orders = grown
    pairs = count * (count - 1) // 2
    as_far = sum(n for inversions, n in enumerate(orders) if pairs - 2 * inversions >= score)
    return min(1.0, 2 * as_far / factorial(count))
