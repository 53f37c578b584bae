"""Bounds of unknown counts, drawn closer until nothing moves: pure functions."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from math import inf

from services.projects.sum_algebra.rules import Sum

ROUNDS = 25
"""So often bounds are drawn closer: what nought or a total fixes is fixed after a few."""


def bounded(unknown: Collection[int], values: Sequence[int], sums: Sequence[Sum]) -> list[int]:
    """What follows because no count is negative: parts of nought are nought."""
    low: list[float] = list(values)
    high: list[float] = list(values)
    for cell in unknown:
        low[cell], high[cell] = 0, inf
    around: dict[int, list[int]] = defaultdict(list)
    waiting: set[int] = set()
    for number, (total, parts) in enumerate(sums):
        for cell in (total, *parts):
            if low[cell] != high[cell]:
                around[cell].append(number)
                waiting.add(number)
    for _ in range(ROUNDS):
        moved = [cell for number in sorted(waiting) for cell in _narrowed(low, high, sums[number])]
        if not moved:
            break
        waiting = {number for cell in moved for number in around[cell]}
    return [cell for cell in unknown if low[cell] == high[cell]]


def _narrowed(low: list[float], high: list[float], one: Sum) -> list[int]:
    """Draw the bounds of a sum's cells closer; which of them have moved."""
    total, parts = one
    found = []
    least, most, endless = 0.0, 0.0, 0
    for part in parts:
        least += low[part]
        if high[part] == inf:
            endless += 1
        else:
            most += high[part]
    if low[total] != high[total] and _narrow(low, high, total, least, inf if endless else most):
        found.append(total)
    for part in parts:
        was_low, was_high = low[part], high[part]
        if was_low == was_high:
            continue
        free = was_high == inf
        others_high = inf if endless > free else most - (0 if free else was_high)
        others_low = least - was_low
        if _narrow(low, high, part, low[total] - others_high, high[total] - others_low):
            found.append(part)
            least = others_low + low[part]
            if high[part] < inf:
                endless -= free
                most += high[part] - (0 if free else was_high)
    return found


def _narrow(low: list[float], high: list[float], cell: int, least: float, most: float) -> bool:
    moved = False
    if least > low[cell]:
        low[cell], moved = least, True
    if most < high[cell]:
        high[cell], moved = most, True
    return moved
