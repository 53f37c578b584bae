"""Which counts of a table stay hidden: primary and secondary suppression, as pure functions.

A count below the threshold, but not zero, is sensitive. Other counts are hidden with it as long as
somebody who knows the sums and that no count is negative could calculate a sensitive one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any, Generic, TypeVar

C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[C]):
    """The total is what the parts add up to."""

    total: C
    parts: tuple[C, ...]


def hidden(
    values: Mapping[C, int],
    published: Collection[C],
    sums: Sequence[Sum[C]],
    threshold: int,
    preferred: Callable[[C], Any],
) -> set[C]:
    """The published cells that are not shown.

    `values` are all counts, also those that are never published but can be calculated, such as what
    a part leaves of its whole. `sums` hold exactly. What is hidden besides is chosen by
    `preferred`, zeros last.
    """
    shown = set(published)
    sensitive = {cell for cell, value in values.items() if 0 < value < threshold}
    away = sensitive & shown
    around: dict[C, set[C]] = defaultdict(set)
    for one in sums:
        for cell in (one.total, *one.parts):
            around[cell] |= {one.total, *one.parts}
    while True:
        unknown = away | (values.keys() - shown)
        told = known(values, unknown, sums) & sensitive
        more = set[C]()
        for cell in sorted(told, key=preferred):
            if more & around[cell]:
                continue
            choice = (around[cell] & shown) - away or shown - away
            if choice:
                more.add(min(choice, key=lambda one: (values[one] == 0, preferred(one))))
        if not more:
            return away
        away |= more


def known(values: Mapping[C, int], unknown: Collection[C], sums: Sequence[Sum[C]]) -> set[C]:
    """The unknown cells that can be calculated, exactly, from the others."""
    found: dict[C, int] = {}
    open_ = set(unknown)
    while True:
        rows = [row for one in sums if (row := _row(values, open_, one)) is not None]
        new = _solved(rows) | _bounded(open_, values, sums)
        if not new:
            return set(found)
        found |= {cell: values[cell] for cell in new}
        open_ -= new


Row = tuple[dict[C, Fraction], Fraction]


def _row(values: Mapping[C, int], unknown: Collection[C], one: Sum[C]) -> Row[C] | None:
    factors: dict[C, Fraction] = defaultdict(Fraction)
    rest = Fraction(0)
    for cell, factor in ((one.total, 1), *((part, -1) for part in one.parts)):
        if cell in unknown:
            factors[cell] += factor
        else:
            rest -= factor * values[cell]
    return (dict(factors), rest) if factors else None


def _solved(rows: Sequence[Row[C]]) -> set[C]:
    """What linear algebra determines: in reduced form, rows with one unknown."""
    reduced: dict[C, Row[C]] = {}
    for factors, rest in rows:
        here, value = dict(factors), rest
        for pivot in [cell for cell in here if cell in reduced]:
            here, value = _without(here, value, pivot, reduced[pivot])
        here = {cell: factor for cell, factor in here.items() if factor}
        if not here:
            continue
        pivot, factor = next(iter(here.items()))
        row = ({cell: f / factor for cell, f in here.items()}, value / factor)
        for other, (its, its_value) in list(reduced.items()):
            if pivot in its:
                reduced[other] = _without(its, its_value, pivot, row)
        reduced[pivot] = row
    return {pivot for pivot, (factors, _) in reduced.items() if len(factors) == 1}


def _without(factors: dict[C, Fraction], value: Fraction, pivot: C, row: Row[C]) -> Row[C]:
    times = factors.get(pivot, Fraction(0))
    if not times:
        return factors, value
    result = dict(factors)
    for cell, factor in row[0].items():
        result[cell] = result.get(cell, Fraction(0)) - times * factor
    return {cell: factor for cell, factor in result.items() if factor}, value - times * row[1]


def _bounded(unknown: Collection[C], values: Mapping[C, int], sums: Sequence[Sum[C]]) -> set[C]:
    """What follows because no count is negative: parts of nought are nought."""
    low: dict[C, float] = {c: 0 if c in unknown else values[c] for c in values}
    high: dict[C, float] = {c: inf if c in unknown else values[c] for c in values}
    moved = True
    while moved:
        moved = False
        for one in sums:
            least, most = sum(low[p] for p in one.parts), sum(high[p] for p in one.parts)
            moved |= _narrow(low, high, one.total, least, most)
            for part in one.parts:
                others_low = least - low[part]
                others_high = most - high[part] if most < inf else _others(high, one, part)
                moved |= _narrow(
                    low, high, part, low[one.total] - others_high, high[one.total] - others_low
                )
                least = sum(low[p] for p in one.parts)
                most = sum(high[p] for p in one.parts)
    return {cell for cell in unknown if low[cell] == high[cell]}


def _others(high: Mapping[C, float], one: Sum[C], part: C) -> float:
    return sum(high[other] for other in one.parts if other != part)


def _narrow(low: dict[C, float], high: dict[C, float], cell: C, least: float, most: float) -> bool:
    moved = least > low[cell] or most < high[cell]
    low[cell], high[cell] = max(low[cell], least), min(high[cell], most)
    return moved
