"""Classes of a choropleth map: where one colour ends and the next begins."""

from bisect import bisect_left
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from math import ceil, fsum
from statistics import pstdev

from services.contracts.indicators.maps import ClassMethod
from services.kit.problems import Invalid

FEWEST, MOST = 2, 9
_MOST_DECIMALS = 9


def given_limits(text: str, parameter: str = "limits") -> tuple[float, ...]:
    """Limits between classes, such as "5,10,20": rising numbers, one to eight of them."""
    try:
        limits = tuple(float(part) for part in text.split(","))
    except ValueError:
        raise _refused(parameter, "Write limits like 5,10,20.") from None
    if not FEWEST <= len(limits) + 1 <= MOST:
        raise _refused(parameter, f"{MOST - 1} limits are the most.")
    if not all(abs(limit) < 1e15 for limit in limits):
        raise _refused(parameter, "A limit must be a number below 10^15.")
    if any(first >= second for first, second in pairwise(limits)):
        raise _refused(parameter, "Each limit must be larger than the one before.")
    return limits


def _refused(parameter: str, why: str) -> Invalid:
    return Invalid(why, parameter=parameter, code="limits")


def limits_of(
    values: Sequence[float], method: ClassMethod, classes: int, decimals: int
) -> list[float]:
    """The limits between at most so many classes; a value on a limit is in the class below it.

    Equal values are always in one class, whatever their order. Where there are fewer distinct
    values than classes each value is a class. Limits are rounded, to as many decimals as the
    values are shown with if that is enough to keep the classes, so that a legend is exact.
    """
    ordered = sorted(values)
    distinct = sorted(set(ordered))
    if method is ClassMethod.standard_deviation:
        return _rounded(_by_deviation(ordered, classes), decimals)
    if len(distinct) <= classes:
        return [_between(a, b, decimals) for a, b in pairwise(distinct)]
    if method is ClassMethod.equal_interval:
        width = distinct[-1] - distinct[0]
        return _rounded([distinct[0] + width * n / classes for n in range(1, classes)], decimals)
    last = _last_of_quantiles(ordered, classes)
    if method is ClassMethod.jenks:
        import jenkspy

        last = jenkspy.jenks_breaks(ordered, n_classes=classes)[1:-1]
    kept = sorted({value for value in last if value < distinct[-1]})
    following = [distinct[bisect_left(distinct, value) + 1] for value in kept]
    return [_between(a, b, decimals) for a, b in zip(kept, following, strict=True)]


def class_of(value: float, limits: Sequence[float]) -> int:
    """The class of a value, counted from 1."""
    return bisect_left(limits, value) + 1


def _last_of_quantiles(ordered: Sequence[float], classes: int) -> list[float]:
    return [ordered[ceil(n * len(ordered) / classes) - 1] for n in range(1, classes)]


def _by_deviation(ordered: Sequence[float], classes: int) -> list[float]:
    """Whole deviations around the mean, half ones where the middle class lies around it."""
    mean, deviation = fsum(ordered) / len(ordered), pstdev(ordered)
    return [mean + (n - classes / 2) * deviation for n in range(1, classes)] if deviation else []


def _between(low: float, high: float, decimals: int) -> float:
    """The shortest number from `low` on that is below `high`."""
    exact = Decimal(str(low))
    for places in range(decimals, _MOST_DECIMALS + 1):
        limit = exact.quantize(Decimal(1).scaleb(-places), ROUND_CEILING)
        if limit < Decimal(str(high)):
            return float(limit)
    return low


def _rounded(limits: Sequence[float], decimals: int) -> list[float]:
    for places in range(decimals, _MOST_DECIMALS + 1):
        step = Decimal(1).scaleb(-places)
        found = [float(Decimal(str(n)).quantize(step, ROUND_HALF_EVEN)) for n in limits]
        if len(set(found)) == len(limits):
            return found
    return sorted(set(limits))


def decimals_of(limits: Sequence[float], decimals: int) -> int:
    """As many decimals as it takes to write all limits."""
    written = (Decimal(str(limit)).normalize().as_tuple().exponent for limit in limits)
    return max([decimals, *(-int(exponent) for exponent in written)])


def outward(lowest: float, highest: float, decimals: int) -> tuple[float, float]:
    """The range of values, rounded so that it still holds all of them."""
    step = Decimal(1).scaleb(-decimals)
    low = Decimal(str(lowest)).quantize(step, ROUND_FLOOR)
    return float(low), float(Decimal(str(highest)).quantize(step, ROUND_CEILING))
