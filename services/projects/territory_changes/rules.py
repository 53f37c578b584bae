"""By which changes of the territory figures were led to some areas, and until when that holds."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from pydantic import BaseModel

from services.contracts.projects.effects import CrosswalkRead


class Crossed(BaseModel):
    """What goes from one area to another."""

    from_area: str
    to_area: str


class Change(BaseModel):
    """What is needed of a change of the territory (Gebietsänderung)."""

    key: str
    revision: int
    valid_from: date
    crossings: list[Crossed]


class Led(NamedTuple):
    """The changes behind the figures of some areas; and the day of the next one that is known."""

    by: list[CrosswalkRead]
    until: date | None


def led(changes: Iterable[Change], areas: Collection[str], territory: date, on: date) -> Led:
    """What led figures of every time to these areas in the territory of a day, as of `on`.

    Figures of before go forwards over all changes until then, newer ones backwards. A change that
    is known and not yet there leads nothing; the figures hold until its day.
    """
    known = sorted(changes, key=lambda one: (one.valid_from, one.key))
    past = [one for one in known if one.valid_from <= territory]
    since = [one for one in known if territory < one.valid_from <= on]
    reached = set(areas)
    found = list(_met(reversed(past), set(areas), backwards=True))
    found += _met(since, reached, backwards=False)
    found.sort(key=lambda one: (one.valid_from, one.key))
    ahead = (one.valid_from for one in known if one.valid_from > on and _touches(one, reached))
    by = [CrosswalkRead(crosswalk=one.key, revision=one.revision) for one in found]
    return Led(by, min(ahead, default=None))


def _met(changes: Iterable[Change], reached: set[str], *, backwards: bool) -> Iterator[Change]:
    """Those that touch what was reached; what they lead on to is reached as well."""
    for _, day in groupby(changes, key=lambda one: one.valid_from):
        further: set[str] = set()
        for one in day:
            ends = [(c.to_area, c.from_area) for c in one.crossings]
            ends = ends if backwards else [(there, here) for here, there in ends]
            ways = {there for here, there in ends if here in reached}
            if ways:
                further |= ways
                yield one
        reached |= further


def _touches(change: Change, areas: Collection[str]) -> bool:
    return any(c.from_area in areas or c.to_area in areas for c in change.crossings)
