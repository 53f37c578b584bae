"""What of counts may be published beside all that was published before: pure functions.

Whoever keeps what was published can subtract: 21 today and 20 in spring is somebody. And what was
hidden then follows if today others of the same counts are shown. So all editions are one table: a
count that has not changed is one cell of it, and what a count has changed by is another.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.participation import CellState
from services.projects.participation import rules as participation
from services.projects.participation.rules import GENDERS, TOTAL, Counts, Place, Span
from services.projects.recut_counts.rules import recut
from services.projects.suppression.rules import Sum
from services.projects.suppression.rules import hidden as suppressed


@dataclass(frozen=True)
class Edition:
    """What was counted, and what of it was not shown."""

    counts: Counts
    hidden: Collection[Place]


class _Cell(NamedTuple):
    """A count of a place, or what it has grown by since it was `less`."""

    place: Place
    number: int
    less: int | None = None

    @property
    def value(self) -> int:
        return self.number - (self.less or 0)


def hidden(counts: Counts, threshold: int, before: Sequence[Edition] = ()) -> set[Place]:
    """The counts that are not shown.

    Neither a small count nor a small change can be calculated from this and earlier editions. What
    was hidden once stays hidden while the count is the same; what was shown is shown.
    """
    cells: set[_Cell] = set()
    sums: set[Sum[_Cell]] = set()
    shown, kept = set[_Cell](), set[_Cell]()
    every = [participation.values_of(one.counts) for one in (*before, Edition(counts, ()))]
    besides, inside = recut(every)
    named = [
        {place: _Cell(place, value) for place, value in (values | more.values).items()}
        for values, more in zip(every, besides, strict=True)
    ]
    for values, more, its in zip(every, besides, named, strict=True):
        cells |= set(its.values())
        sums |= {
            Sum(its[one.total], tuple(its[part] for part in one.parts))
            for one in (*participation.sums_of(values), *more.sums)
        }
    for edition in before:
        values = participation.values_of(edition.counts)
        for place, value in values.items():
            if not place.rest:
                (kept if place in edition.hidden else shown).add(_Cell(place, value))
    longer = [tuple(named[at.edition][at.place] for at in pair) for pair in inside]
    for low, high in (*_again(cells), *(sorted(pair, key=_number) for pair in longer)):
        if 0 < high.number - low.number < threshold:
            change = high._replace(less=low.number)
            sums.add(Sum(high, (low, change)))
            cells.add(change)
    now = {
        _Cell(place, value)
        for place, value in participation.values_of(counts).items()
        if not place.rest
    }
    away = suppressed(
        {cell: cell.value for cell in cells},
        now - kept,
        sorted(sums, key=lambda one: (_preferred(one.total), *map(_preferred, one.parts))),
        threshold,
        _preferred,
        shown,
    )
    return {cell.place for cell in away | (now & kept - shown)}


def _again(cells: Collection[_Cell]) -> list[tuple[_Cell, _Cell]]:
    """Each place at two times, the lower count first; a large change tells of nobody."""
    of: dict[Place, list[_Cell]] = defaultdict(list)
    for cell in cells:
        of[cell.place].append(cell)
    return [pair for each in of.values() for pair in combinations(sorted(each, key=_number), 2)]


def _number(cell: _Cell) -> int:
    return cell.number


def _preferred(cell: _Cell) -> tuple[object, ...]:
    less = -1 if cell.less is None else cell.less
    return *participation.preferred(cell.place), cell.place.rest, cell.number, less


def kept(counts: Counts) -> list[dict[str, Any]]:
    """Counts as they are stored, always in the same order."""
    return [
        {"starts_on": span[0].isoformat(), "ends_on": span[1].isoformat(), "code": code.value}
        | dict(by)
        for (span, code), by in sorted(counts.items(), key=lambda one: str(one[0]))
        if span is not None
    ]


def edition(counts: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> Edition:
    """An edition as it was stored."""
    return Edition(
        {
            (_span(one), EsfCode(one["code"])): {gender: one.get(gender) for gender in GENDERS}
            for one in counts
        },
        {
            Place(_span(one), EsfCode(one["code"]), column)
            for one in rows
            for column in (*GENDERS, TOTAL)
            if one[column]["state"] == CellState.hidden
        },
    )


def _span(said: Mapping[str, Any]) -> Span:
    if said["starts_on"] is None:
        return None
    return date.fromisoformat(said["starts_on"]), date.fromisoformat(said["ends_on"])
