"""How closely an outsider can infer hidden figures (Unsicherheitsintervalle)."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from services.indicators.disclosure.linked.hiding import cover
from services.indicators.disclosure.linked.system import EPSILON, System

_FAR = 1e7
"""As far as intervals are looked at."""
_MOST = 500


class Narrow(NamedTuple):
    """A hidden cell and its possible deviations, infinite for none known, and the demanded ones.

    `told`: it takes the reasons and the shown zeros to infer it, not the figures alone.
    """

    cell: int
    low: float
    high: float
    below: float
    above: float
    told: bool


def too_narrow(part: System) -> Iterator[Narrow]:
    """The cells of which an outsider knows more than is allowed, as they are hidden now.

    For somebody who draws conclusions from reasons and shown zeros an interval may be shifted, as
    long as it is as wide as what the rule hides: of two cases in two streets of which each has
    somebody nobody takes one for possible. Most demands are proven to be met many at a time; only
    for the others intervals are calculated.
    """
    search = cover(part, part.hidden, np.zeros(len(part), bool), 0)
    for cell in search.asked()[:_MOST].tolist():
        for told in (False, True):
            here = (part.demands.cell == cell) & (part.demands.told == told)
            reach = part.demands.reach[here]
            if not len(reach):
                continue
            below, above = float(min([0.0, *reach])), float(max([0.0, *reach]))
            down, up = part.bounds(part.hidden, told=told)
            search.program.within(np.maximum(down, -_FAR), np.minimum(up, _FAR))
            low = float(search.program.furthest(cell, -1)[cell])
            high = float(search.program.furthest(cell, 1)[cell])
            inside = low <= below + EPSILON and high >= above - EPSILON
            if inside or (told and high - low >= above - below - EPSILON):
                continue
            low = -np.inf if low <= -_FAR / 2 else low
            high = np.inf if high >= _FAR / 2 else high
            yield Narrow(cell, low, high, below, above, told)
            break
