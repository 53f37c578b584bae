"""Which areas an index compares, and why it leaves out others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from services.contracts.indicators.indices import ExcludedAreas, ExcludedBelow, NewIndex
from services.contracts.indicators.values import ValueStatus
from services.indicators.periods import Period, PeriodRefused, parse_period, previous

Excluded = Literal["areas", "below", "missing", "hidden", "too_few"]


class Figure(NamedTuple):
    """A figure that an index may use; `status` is that of what is shown."""

    indicator: str
    area: str
    level: str
    period_end: date
    period: str
    breakdown: str
    value: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An area in a period: what goes into the index, or why the area is left out.

    `changes` are None where one of them is not known.
    """

    area: str
    period: Period
    status: tuple[float, ...] = ()
    changes: tuple[float, ...] | None = None
    excluded: Excluded | None = None
    reason: str | None = None
    weight: float | None = None

    @property
    def place(self) -> tuple[date, str]:
        return self.period.end, self.area


def named(recipe: NewIndex) -> list[str]:
    """Every indicator that the recipe needs figures of."""
    keys = [one.indicator for one in recipe.components]
    keys += [one.change for one in recipe.components if one.change is not None]
    keys += [one.indicator for one in recipe.exclusions if isinstance(one, ExcludedBelow)]
    keys += [recipe.aggregation.weight] if recipe.aggregation else []
    return list(dict.fromkeys(keys))


class _Figures:
    def __init__(self, figures: Iterable[Figure]) -> None:
        self.at: dict[tuple[str, str, str], dict[date, list[Figure]]] = defaultdict(dict)
        for one in figures:
            ends = self.at[one.indicator, one.breakdown, one.area]
            ends.setdefault(one.period_end, []).append(one)

    def find(self, indicator: str, breakdown: str, area: str, period: Period) -> Figure | None:
        """The figure of this period, or of another one that ends on the same day."""
        ends = self.at.get((indicator, breakdown, area))
        found = ends.get(period.end) if ends else None
        if not found or len(found) == 1:
            return found[0] if found else None
        return min(found, key=lambda one: (one.period != period.text, one.period))


def candidates(recipe: NewIndex, figures: Iterable[Figure]) -> list[Candidate]:
    """Every area of the level in every period for which its first component has figures."""
    all_figures = list(figures)
    of = _Figures(all_figures)
    return [
        _candidate(recipe, of, area, period, before)
        for period, areas in _places(recipe, all_figures)
        for before in [_before(recipe, period)]
        for area in sorted(areas)
    ]


def _places(recipe: NewIndex, figures: Iterable[Figure]) -> Iterator[tuple[Period, set[str]]]:
    parts = {(one.indicator, one.breakdown) for one in recipe.components}
    first = recipe.components[0].indicator, recipe.components[0].breakdown
    texts: dict[date, Counter[str]] = defaultdict(Counter)
    areas: dict[date, set[str]] = defaultdict(set)
    for one in figures:
        series = one.indicator, one.breakdown
        if one.level == recipe.level and series in parts:
            areas[one.period_end].add(one.area)
            if series == first:
                texts[one.period_end][one.period] += 1
    start = parse_period(recipe.first_period).start if recipe.first_period else date.min
    until = parse_period(recipe.last_period).end if recipe.last_period else date.max
    for end, found in sorted(texts.items()):
        period = parse_period(min(found, key=lambda text: (-found[text], text)))
        if start <= period.start and end <= until:
            yield period, areas[end]


def _candidate(
    recipe: NewIndex, of: _Figures, area: str, period: Period, before: Period | None
) -> Candidate:
    for exclusion in recipe.exclusions:
        why: Excluded | None = None
        if isinstance(exclusion, ExcludedAreas):
            always = not exclusion.periods or period.text in exclusion.periods
            why = "areas" if always and area in exclusion.areas else None
        else:
            why = _below(exclusion, of, area, period, before)
        if why is not None:
            return Candidate(area, period, excluded=why, reason=exclusion.reason)
    status: list[Decimal] = []
    for one in recipe.components:
        figure = of.find(one.indicator, one.breakdown, area, period)
        if figure is None or figure.value is None:
            hidden = figure is not None and figure.status == ValueStatus.confidential
            return Candidate(area, period, excluded="hidden" if hidden else "missing")
        status.append(figure.value)
    weight = None
    if recipe.aggregation is not None:
        weighing = of.find(recipe.aggregation.weight, "", area, period)
        weight = None if weighing is None or weighing.value is None else float(weighing.value)
    return Candidate(
        area,
        period,
        status=tuple(map(float, status)),
        changes=_changes(recipe, of, area, period, before),
        weight=weight,
    )


def _below(
    exclusion: ExcludedBelow, of: _Figures, area: str, period: Period, before: Period | None
) -> Excluded | None:
    looked = [period, before] if exclusion.also_before and before is not None else [period]
    for at in looked:
        figure = of.find(exclusion.indicator, exclusion.breakdown, area, at)
        if figure is None:
            continue
        if figure.value is not None and figure.value < exclusion.minimum:
            return "below"
        if figure.status == ValueStatus.confidential:
            return "hidden"
    return None


def _before(recipe: NewIndex, period: Period) -> Period | None:
    if recipe.dynamics is None:
        return None
    try:
        for _ in range(recipe.dynamics.periods):
            period = previous(period)
    except PeriodRefused:
        return None
    return period


def _changes(
    recipe: NewIndex, of: _Figures, area: str, period: Period, before: Period | None
) -> tuple[float, ...] | None:
    if recipe.dynamics is None:
        return None
    made: list[float] = []
    for one in recipe.components:
        if one.change is not None:
            now = of.find(one.change, one.breakdown, area, period)
            change = None if now is None else now.value
        else:
            change = _difference(of, one.indicator, one.breakdown, area, period, before)
        if change is None:
            return None
        made.append(float(change))
    return tuple(made)


def _difference(
    of: _Figures, indicator: str, breakdown: str, area: str, now: Period, before: Period | None
) -> Decimal | None:
    if before is None:
        return None
    figures = [of.find(indicator, breakdown, area, period) for period in (now, before)]
    values = [None if figure is None else figure.value for figure in figures]
    if values[0] is None or values[1] is None:
        return None
    return values[0] - values[1]


Uppers = Mapping[str, list[tuple[date, date | None, str | None]]]
"""Of each area its versions: first day, the day it ends, the area above."""


def above(area: str, on: date, versions: Uppers) -> Iterator[str]:
    """Every area that this one is part of on a day, from below."""
    seen = {area}
    while True:
        valid = (
            parent
            for start, end, parent in versions.get(area, [])
            if start <= on and (end is None or on < end)
        )
        parent = next(valid, None)
        if parent is None or parent in seen:
            return
        seen.add(parent)
        yield parent
        area = parent
