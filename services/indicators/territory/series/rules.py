"""From the territory of each time into that of one day: pure functions over crossings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from typing import NamedTuple

_CALCULATION = Context(prec=50)
Part = Decimal | None
"""A weight; None where nobody knows it."""
Onward = dict[str, dict[str, Part]]
"""Of each area the areas it leads to, with the part of it that does."""


class Step(NamedTuple):
    """What crosses from an area to another on a day: this part forwards, that part backwards."""

    day: date
    from_area: str
    to_area: str
    share: Part
    back: Part


class Path(NamedTuple):
    """Figures of periods that end in [since, until) lead from `source` to `target`.

    Areas that no path of a time names are the same in the territory asked for.
    """

    since: date
    until: date
    source: str
    target: str
    weight: Part


def paths(steps: Iterable[Step], territory: date) -> list[Path]:
    """Every path into the territory of a day, over all changes between.

    A figure is of the territory of the last day of its period. Older figures go forwards by the
    shares, newer ones backwards by `back`. The weight of a path over several changes is the
    product, that of several ways between two areas their sum: 1 means that nothing was divided.
    """
    changes: dict[date, list[Step]] = defaultdict(list)
    for step in steps:
        changes[step.day].append(step)
    days = sorted(changes)
    past = [day for day in days if day <= territory]
    future = [day for day in days if day > territory]
    found = []
    onward: Onward = {}
    for n in range(len(past) - 1, -1, -1):
        edges = [(s.from_area, s.to_area, s.share) for s in changes[past[n]]]
        onward = _led_on(edges, onward)
        found += _of_time(past[n - 1] if n else date.min, past[n], onward)
    onward = {}
    for n, day in enumerate(future):
        edges = [(s.to_area, s.from_area, s.back) for s in changes[day]]
        onward = _led_on(edges, onward)
        found += _of_time(day, future[n + 1] if n + 1 < len(future) else date.max, onward)
    return found


def _led_on(edges: Sequence[tuple[str, str, Part]], onward: Onward) -> Onward:
    """The crossings of one day, and from where they lead on to the territory asked for."""
    led: Onward = defaultdict(dict)
    begun = {there for _, there, _ in edges}
    for here, ways in onward.items():
        if here not in begun:
            led[here] = dict(ways)
    for here, there, part in edges:
        for end, further in onward.get(there, {there: Decimal(1)}).items():
            way = _product(part, further)
            known = led[here].get(end, Decimal(0))
            led[here][end] = None if way is None or known is None else _CALCULATION.add(known, way)
    return dict(led)


def _product(part: Part, further: Part) -> Part:
    if part is None or further is None:
        return None
    return _CALCULATION.multiply(part, further)


def _of_time(since: date, until: date, onward: Mapping[str, Mapping[str, Part]]) -> list[Path]:
    return [
        Path(since, until, source, target, weight)
        for source, ways in onward.items()
        for target, weight in ways.items()
    ]
