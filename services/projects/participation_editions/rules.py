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
from services.projects.span_cuts.rules import Dated, otherwise
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
    for values, cuts in zip(every, _cuts(every), strict=True):
        told = participation.sums_of(values) + cuts
        whole = values | {one.total: sum(values[part] for part in one.parts) for one in cuts}
        named = {place: _Cell(place, value) for place, value in whole.items()}
        cells |= set(named.values())
        sums |= {Sum(named[one.total], tuple(named[part] for part in one.parts)) for one in told}
    for edition in before:
        values = participation.values_of(edition.counts)
        for place, value in values.items():
            if place.rest is None:
                (kept if place in edition.hidden else shown).add(_Cell(place, value))
    for change in _small_changes(cells, threshold):
        assert change.less is not None
        sums.add(Sum(change._replace(less=None), (_Cell(change.place, change.less), change)))
        cells.add(change)
    now = {
        _Cell(place, value)
        for place, value in participation.values_of(counts).items()
        if place.rest is None
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


def _cuts(every: Sequence[Mapping[Place, int]]) -> list[list[Sum[Place]]]:
    """By edition the sums of spans that another edition tells as one, or in other parts."""
    found: list[list[Sum[Place]]] = [[] for _ in every]
    spans: dict[tuple[EsfCode, str], list[set[Dated]]] = defaultdict(lambda: [set() for _ in every])
    for number, values in enumerate(every):
        for span, code, gender, rest in values:
            if span is not None and rest is None:
                spans[code, gender][number].add(span)
    for (code, gender), cut in spans.items():
        for sums, times in zip(found, otherwise(cut), strict=True):
            sums += [
                Sum(Place(time, code, gender), tuple(Place(one, code, gender) for one in parts))
                for time, parts in times.items()
            ]
    return found


def _small_changes(cells: Collection[_Cell], threshold: int) -> list[_Cell]:
    """Changes that are none of many; a large one tells of nobody, and nothing follows from it."""
    values: dict[Place, list[int]] = {}
    for cell in cells:
        values.setdefault(cell.place, []).append(cell.number)
    return [
        _Cell(place, high, low)
        for place, each in values.items()
        for low, high in combinations(sorted(each), 2)
        if high - low < threshold
    ]


def _preferred(cell: _Cell) -> tuple[object, ...]:
    less = -1 if cell.less is None else cell.less
    return *participation.preferred(cell.place), cell.place.rest or "", cell.number, less


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
