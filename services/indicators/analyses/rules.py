"""What a figure says beside others: pure functions over published values."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import median
from typing import NamedTuple

from services.contracts.indicators.analyses import Verdict, WhyNot
from services.contracts.indicators.catalogue import Polarity
from services.contracts.indicators.values import ValueStatus

Z = 1.959963984540054
"""Quantile of the normal distribution that gives intervals of 95 per cent."""
FEW_CASES, FEW_PERSONS = 10, 100
FEWEST_AREAS = 10
"""Below it nothing can be said of how areas differ (rgeoda#54: negative rates with fewer)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is published of one figure; `rule` hid or rounded it, '' where none did."""

    value: float | None
    status: ValueStatus
    rule: str = ""
    provisional: bool = False


MISSING = Figure(None, ValueStatus.missing)


class Cases(NamedTuple):
    """So many cases of so many persons (or whatever the denominator counts)."""

    cases: float
    of: float

    @property
    def few(self) -> bool:
        """Whether a share of them says little: n, n*p or n*(1-p) is small."""
        return self.of < FEW_PERSONS or min(self.cases, self.of - self.cases) < FEW_CASES


class Span(NamedTuple):
    """From the lowest to the highest that it may be."""

    lower: float
    upper: float


def wilson(counted: Cases) -> Span:
    """The score interval of a share, of 95 per cent (Wilson 1927), from 0 to 1.

    Takes 0 <= cases <= of and of > 0. Never leaves 0 to 1, and holds the share itself.
    """
    share = counted.cases / counted.of
    weight = Z * Z / counted.of
    middle = (share + weight / 2) / (1 + weight)
    half = Z / (1 + weight) * sqrt(share * (1 - share) / counted.of + weight / (4 * counted.of))
    lower = 0.0 if counted.cases == 0 else max(0.0, middle - half)
    upper = 1.0 if counted.cases == counted.of else min(1.0, middle + half)
    return Span(min(lower, share), max(upper, share))


def cases_of(
    figure: Figure,
    kind: str,
    factor: float,
    numerator: Figure | None,
    denominator: Figure | None,
    units: tuple[int, int] = (1, 1),
) -> Cases | WhyNot:
    """The cases behind a published rate, or why its reliability cannot be told.

    Only published counts are used. `units` are the cases per unit of numerator and denominator.
    A rate that lies outside of the interval of its counts was computed from others.
    """
    if figure.value is None:
        return WhyNot.no_value
    if kind != "rate":
        return WhyNot.not_a_share
    if numerator is None or denominator is None:
        return WhyNot.no_counts
    if numerator.value is None or denominator.value is None:
        hidden = ValueStatus.confidential in (numerator.status, denominator.status)
        return WhyNot.counts_hidden if hidden else WhyNot.no_counts
    found = Cases(numerator.value * units[0], denominator.value * units[1])
    if found.of <= 0 or not 0 <= found.cases <= found.of:
        return WhyNot.not_a_share
    around = wilson(found)
    if not around.lower * factor <= figure.value <= around.upper * factor:
        return WhyNot.counts_differ
    return found


def smoothed(counted: Sequence[Cases | None]) -> list[float | None] | WhyNot:
    """Shares drawn towards the mean of all, the more the fewer persons they are of.

    Global empirical Bayes estimator (Marshall 1991). Where the areas differ no more than chance
    alone lets them, the variance between them is taken as 0 and each gets the mean. Needs at
    least ten areas.
    """
    known = [one for one in counted if one is not None]
    if len(known) < FEWEST_AREAS:
        return WhyNot.few_areas
    persons = fsum(one.of for one in known)
    mean = fsum(one.cases for one in known) / persons
    spread = fsum(one.of * (one.cases / one.of - mean) ** 2 for one in known) / persons
    between = max(0.0, spread - mean * len(known) / persons)
    return [None if one is None else _drawn(one, mean, between) for one in counted]


def _drawn(one: Cases, mean: float, between: float) -> float:
    chance = mean / one.of
    weight = between / (between + chance) if between + chance > 0 else 0.0
    return mean + weight * (one.cases / one.of - mean)


class Standing(NamedTuple):
    """The place of a value among others: how many are smaller, the same, larger."""

    below: int
    equal: int
    above: int

    @property
    def of(self) -> int:
        return self.below + self.equal + self.above

    @property
    def percentile(self) -> int:
        """Per cent of the values that are smaller, those that are the same counting half."""
        return round(100 * (self.below + self.equal / 2) / self.of)

    def rank(self, polarity: Polarity) -> int:
        """1 is the best, or the largest where no direction is better; ties share the better."""
        return 1 + (self.below if polarity is Polarity.lower_is_better else self.above)


def standings(values: Sequence[float | None]) -> list[Standing | None]:
    """The place of each value among those that are known."""
    ordered = sorted(value for value in values if value is not None)
    return [None if value is None else _standing(value, ordered) for value in values]


def _standing(value: float, ordered: Sequence[float]) -> Standing:
    below, upto = bisect_left(ordered, value), bisect_right(ordered, value)
    return Standing(below, upto - below, len(ordered) - upto)


def rank_spans(
    intervals: Sequence[Span | None], of: int, polarity: Polarity
) -> list[tuple[int, int] | None]:
    """From the best to the worst rank that each may have, among `of` values.

    An area is surely better placed only if its whole interval lies on the better side.
    """
    lowers = sorted(one.lower for one in intervals if one is not None)
    uppers = sorted(one.upper for one in intervals if one is not None)
    spans: list[tuple[int, int] | None] = []
    for one in intervals:
        if one is None:
            spans.append(None)
            continue
        below = bisect_left(uppers, one.lower)
        above = len(lowers) - bisect_right(lowers, one.upper)
        lower_first = polarity is Polarity.lower_is_better
        better, worse = (below, above) if lower_first else (above, below)
        spans.append((1 + better, of - worse))
    return spans


class Summary(NamedTuple):
    """What can be said of several areas together, from the values that are shown."""

    shown: int
    hidden: int
    without: int
    minimum: float | None
    maximum: float | None
    mean: float | None
    median: float | None
    sum: float | None


def summary(figures: Sequence[Figure], kind: str) -> Summary:
    """Number, range, unweighted mean and median; the sum of counts, if no area is without one."""
    values = [figure.value for figure in figures if figure.value is not None]
    hidden = sum(figure.status is ValueStatus.confidential for figure in figures)
    without = len(figures) - len(values) - hidden
    if not values:
        return Summary(0, hidden, without, None, None, None, None, None)
    complete = kind == "count" and len(values) == len(figures)
    total = _plain(sum(values)) if complete else None
    mean = fsum(values) / len(values)
    return Summary(
        len(values), hidden, without, min(values), max(values), mean, median(values), total
    )


def _plain(number: float) -> float:
    """0.1 + 0.2 as 0.3: sums carry no more digits than their parts."""
    return number if isinstance(number, int) else float(f"{number:.12g}")


def unassigned(total: Figure | None, parts: Summary, kind: str) -> float | WhyNot:
    """What is counted for the whole but for none of its parts (nicht zuordenbar).

    Only of counts, only if every part is shown: otherwise the difference would say what is hidden.
    """
    if kind != "count":
        return WhyNot.not_a_count
    if total is None or total.value is None:
        return WhyNot.no_value
    if parts.sum is None:
        return WhyNot.counts_hidden if parts.hidden else WhyNot.no_value
    rest = _plain(total.value - parts.sum)
    return rest if rest >= 0 else WhyNot.not_additive


def verdict(
    value: float | None,
    interval: Span | None,
    reference: float | None,
    kind: str,
    polarity: Polarity,
    decimals: int,
) -> Verdict | None:
    """How a value compares with that of a larger area.

    Similar is what cannot be told apart: the reference lies in the interval, or without one both
    read the same. Null for counts, which grow with the area, and where one of both is missing.
    """
    if value is None or reference is None or kind == "count":
        return None
    if interval is not None:
        alike = interval.lower <= reference <= interval.upper
    else:
        alike = round(value, decimals) == round(reference, decimals)
    if alike:
        return Verdict.similar
    higher = value > reference
    if polarity is Polarity.neutral:
        return Verdict.above if higher else Verdict.below
    return Verdict.better if higher is (polarity is Polarity.higher_is_better) else Verdict.worse
