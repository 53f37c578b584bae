"""What an outsider can infer from everything that is shown (Angreifersicht)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from services.indicators.disclosure.linked import situation
from services.indicators.disclosure.linked.figures import Figures, Place, Version
from services.indicators.disclosure.linked.intervals import Narrow, too_narrow
from services.indicators.disclosure.linked.relations import link
from services.indicators.disclosure.linked.situation import Cells, Known
from services.indicators.disclosure.linked.system import Rows


class Inferred(NamedTuple):
    """Between which values a hidden figure lies for an outsider; None: without bound."""

    place: Place
    reason: str
    low: float | None
    high: float | None
    demanded_low: float
    demanded_high: float
    from_reasons: bool
    """It takes the reasons and the shown zeros to infer it, not the figures alone."""


@dataclass(frozen=True)
class Findings:
    """How many figures were hidden and are secrets themselves, and which can be inferred."""

    hidden: int
    secrets: int
    problems: Sequence[Inferred]


def examine(
    figures: Figures,
    rates: Sequence[tuple[Version, Decimal]],
    dominated: Mapping[Place, float],
) -> Findings:
    """Infer what can be inferred from all shown versions of all releases together.

    Knows the raw figures only to tell which of them changed between releases (an outsider might
    know that) and what each rule demands; nothing of how it was chosen what to hide. `rates` are
    the shown versions of rates, with their digits; `dominated` amounts that dominance hides, and
    how far off an estimate must be.
    """
    linked = link(figures)
    if not linked.standing:
        return Findings(0, 0, [])
    cells, know = situation.cells(linked, figures), situation.known(linked, figures)
    hidden = ~linked.real | (~know.seen & ~linked.nothing)
    amounts = situation.amounts(linked, figures, dominated)
    nothing_free = np.zeros(len(hidden), bool)
    seen = situation.system(cells, know, hidden=hidden, free=nothing_free, amounts=amounts)
    seen = replace(seen, rows=_joined(seen.rows, _rate_rows(cells, rates)))
    problems: list[Inferred] = []
    for part in seen.parts():
        for found in too_narrow(part):
            problems.append(_inferred(cells, know, int(part.place[found.cell]), found))
    secrets = np.unique(seen.demands.cell)
    return Findings(int((hidden & linked.real).sum()), len(secrets), problems)


def _inferred(cells: Cells, know: Known, figure: int, found: Narrow) -> Inferred:
    value, indicator = float(cells.linked.value[figure]), int(cells.indicator[figure])
    scale = (cells.definitions[indicator].scale or 1.0) if indicator >= 0 else 1.0
    return Inferred(
        cells.linked.name(figure),
        know.reason[figure],
        None if np.isinf(found.low) else (value + found.low) * scale,
        None if np.isinf(found.high) else (value + found.high) * scale,
        (value + found.below) * scale,
        (value + found.above) * scale,
        found.told,
    )


def _rate_rows(cells: Cells, rates: Sequence[tuple[Version, Decimal]]) -> Rows:
    """What a shown rate tells of its parts: their quotient to within half a digit."""
    linked, found = cells.linked, set[tuple[int, int, float, float]]()
    places: dict[tuple[object, ...], list[int]] = {}
    for place, number in linked.number.items():
        places.setdefault((place.indicator, place.area, place.period_end, place.breakdown), [])
        places[place.indicator, place.area, place.period_end, place.breakdown].append(number)
    releases = sorted(linked.standing)
    own = dict(zip(linked.places.indicators, cells.definitions, strict=True))
    for version, shown in rates:
        rate, place = own[version.place.indicator], version.place
        exponent = int(shown.as_tuple().exponent)
        half = float(Decimal(1).scaleb(exponent) / 2 / rate.factor)
        quotient = float(shown / rate.factor)
        for release in situation.stood(releases, version):
            parts = []
            for key in (rate.numerator, rate.denominator):
                here = places.get((key, place.area, place.period_end, place.breakdown), [])
                parts.append([int(linked.standing[release][number]) for number in here[:1]])
            for numerator in parts[0]:
                for denominator in parts[1]:
                    if min(numerator, denominator) >= 0:
                        found.add((numerator, denominator, quotient, half))
    start, entries, factors, lower, upper = [0], [], [], [], []
    for numerator, denominator, quotient, half in sorted(found):
        above = linked.value[numerator] / cells.one[numerator]
        below = linked.value[denominator] / cells.one[denominator]
        for side in (-1, 1):
            factor = [1 / cells.one[numerator], -(quotient + side * half) / cells.one[denominator]]
            off = above - (quotient + side * half) * below
            entries += [numerator, denominator]
            factors += factor
            start.append(len(entries))
            lower.append(min(-off, 0.0) if side < 0 else -np.inf)
            upper.append(max(-off, 0.0) if side > 0 else np.inf)
    return Rows(
        np.array(start, np.int64),
        np.array(entries, np.int64),
        np.array(factors, np.float64),
        np.array(lower, np.float64),
        np.array(upper, np.float64),
    )


def _joined(one: Rows, other: Rows) -> Rows:
    return Rows(
        np.concatenate((one.start, one.start[-1] + other.start[1:])),
        np.concatenate((one.cell, other.cell)),
        np.concatenate((one.factor, other.factor)),
        np.concatenate((one.lower, other.lower)),
        np.concatenate((one.upper, other.upper)),
    )
