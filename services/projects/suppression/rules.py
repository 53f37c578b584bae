"""Which counts of a table stay hidden: primary and secondary suppression, as pure functions.

A count below the threshold, but not zero, is sensitive. Other counts are hidden with it as long as
somebody who knows the sums and that no count is negative could calculate a sensitive one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import inf
from typing import Any, Generic, TypeVar

C = TypeVar("C", bound=Hashable)
TURNS = 30
"""So often one cell is chosen for each that is told; then all that surround it, so that it ends."""
ROUNDS = 25
"""So often bounds are drawn closer: what nought or a total fixes is fixed after a few."""


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
    told_before: Collection[C] = (),
) -> set[C]:
    """The published cells that are not shown.

    `values` are all counts, also those that are never published but can be calculated, such as what
    a part leaves of its whole. `sums` hold exactly. What is hidden besides is chosen by
    `preferred`, zeros last. What was `told_before` cannot be hidden any more, nor what follows from
    it alone.
    """
    past = set(told_before)
    shown = set(published) - past
    sensitive = {cell for cell, value in values.items() if 0 < value < threshold} - past
    if past:
        open_: set[C] = {cell for cell in values if cell not in past}
        follows = known(values, open_, sums)
        sensitive -= follows
    away = sensitive & shown
    around: dict[C, set[C]] = defaultdict(set)
    for one in sums:
        for cell in (one.total, *one.parts):
            around[cell] |= {one.total, *one.parts}
    for turn in count():
        unknown = away | (values.keys() - shown - past)
        told = known(values, unknown, sums) & sensitive
        more = set[C]()
        for cell in sorted(told, key=preferred):
            near = (around[cell] & shown) - away
            choice = near or shown - away
            if near and turn >= TURNS:
                more |= near
            elif choice:
                more.add(min(choice, key=lambda one: (values[one] == 0, preferred(one))))
        if not more:
            return away
        away |= more
    raise AssertionError("it counts on until nothing more is told")


def known(values: Mapping[C, int], unknown: Collection[C], sums: Sequence[Sum[C]]) -> set[C]:
    """The unknown cells that can be calculated, exactly, from the others."""
    found: dict[C, int] = {}
    open_ = set(unknown)
    while True:
        near = [one for one in sums if _touches(one, open_)]
        new = _solved([_row(open_, one) for one in near]) or _bounded(open_, values, near)
        if not new:
            return set(found)
        found |= {cell: values[cell] for cell in new}
        open_ -= new


_PRIME = 2**61 - 1
"""Whole numbers modulo a large prime instead of fractions: which cells a system of ones and minus
ones determines is the same, and they do not grow."""
Row = dict[C, int]


def _touches(one: Sum[C], unknown: Collection[C]) -> bool:
    return one.total in unknown or any(part in unknown for part in one.parts)


def _row(unknown: Collection[C], one: Sum[C]) -> Row[C]:
    row: Row[C] = {part: _PRIME - 1 for part in one.parts if part in unknown}
    return row | ({one.total: 1} if one.total in unknown else {})


def _solved(rows: Sequence[Row[C]]) -> set[C]:
    """What linear algebra determines: in reduced form, rows with one unknown.

    Short rows first, and of a row the cell that stands in the fewest: so rows stay short.
    """
    often = Counter(cell for row in rows for cell in row)
    reduced: dict[C, Row[C]] = {}
    for given in sorted(rows, key=len):
        row = dict(given)
        for pivot in [cell for cell in row if cell in reduced]:
            _subtract(row, row[pivot], reduced[pivot])
        if not row:
            continue
        pivot = min(row, key=lambda cell: often[cell])
        inverse = pow(row[pivot], -1, _PRIME)
        row = {cell: factor * inverse % _PRIME for cell, factor in row.items()}
        for other in reduced.values():
            if pivot in other:
                _subtract(other, other[pivot], row)
        reduced[pivot] = row
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


def _subtract(row: Row[C], times: int, other: Row[C]) -> None:
    for cell, factor in other.items():
        left = (row.get(cell, 0) - times * factor) % _PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _bounded(unknown: Collection[C], values: Mapping[C, int], sums: Sequence[Sum[C]]) -> set[C]:
    """What follows because no count is negative: parts of nought are nought."""
    low: dict[C, float] = {c: 0 if c in unknown else values[c] for c in values}
    high: dict[C, float] = {c: inf if c in unknown else values[c] for c in values}
    for _ in range(ROUNDS):
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
        if not moved:
            break
    return {cell for cell in unknown if low[cell] == high[cell]}


def _others(high: Mapping[C, float], one: Sum[C], part: C) -> float:
    return sum(high[other] for other in one.parts if other != part)


def _narrow(low: dict[C, float], high: dict[C, float], cell: C, least: float, most: float) -> bool:
    moved = least > low[cell] or most < high[cell]
    low[cell], high[cell] = max(low[cell], least), min(high[cell], most)
    return moved
