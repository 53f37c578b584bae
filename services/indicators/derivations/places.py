"""The figures of a formula in one area: which belong together, and what comes of them."""

import json
from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.rules import attributes_of, canonical_breakdown
from services.indicators.derivations.language.evaluation import Absent, Cell, evaluate
from services.indicators.derivations.language.syntax import (
    Node,
    Reference,
    indicators,
    leading,
    quotient,
)
from services.indicators.periods import Period, PeriodRefused, parse_period, previous


@dataclass(frozen=True)
class Definition:
    """How the figures of an indicator are computed.

    `lag` is how many months older a reporting date below the line may be than the period.
    """

    key: str
    formula: Node
    lag: int = 0

    @property
    def inputs(self) -> list[str]:
        return indicators(self.formula)


class Given(NamedTuple):
    """A figure that formulas may use."""

    indicator: str
    area: str
    period_end: date
    period: str
    breakdown: str
    period_start: date
    value: Decimal | None
    status: str
    provisional: bool


class Made(NamedTuple):
    """A figure of a formula, as the table `moving` takes it; `gone` takes one back."""

    indicator: str
    area: str
    period_end: date
    period: str
    breakdown: str
    period_start: date
    value: Decimal | None
    status: str
    delivery: str
    gone: bool
    provisional: bool
    basis: str | None


def computed(definition: Definition, given: Iterable[Given]) -> list[Made]:
    """The figures of the formula in one area, from all figures of its inputs there.

    There is a result for every period and breakdown of the leading reference at which all the
    others have a figure too, be it one without a value. Figures of the indicator itself that are
    not among the results are taken back.
    """
    area = _Area(definition.lag)
    own: dict[tuple[date, str, str], Given] = {}
    for figure in given:
        if figure.indicator == definition.key:
            own[figure.period_end, figure.period, figure.breakdown] = figure
        else:
            area.add(figure)
    made = list(_results(definition, area))
    kept = {(m.period_end, m.period, m.breakdown) for m in made}
    return made + [
        Made(*figure[:8], "", True, False, None)
        for place, figure in own.items()
        if place not in kept
    ]


def _results(definition: Definition, area: "_Area") -> Iterator[Made]:
    first = leading(definition.formula)
    if first is None:
        return
    parts = quotient(definition.formula)
    for figure in area.figures[first.indicator]:
        breakdown = _remaining(figure.breakdown, first.breakdown)
        if breakdown is None:
            continue
        used: dict[Reference, list[Given]] = defaultdict(list)

        def look(
            reference: Reference,
            shift: int,
            below: bool,
            place: tuple[str, str] = (figure.period, breakdown),
            used: dict[Reference, list[Given]] = used,
        ) -> Cell:
            found, older = area.find(reference, *place, shift, below)
            used[reference].append(found)
            return Cell(found.value, ValueStatus(found.status), found.provisional or older)

        try:
            cell = evaluate(definition.formula, look)
        except Absent:
            continue
        yield Made(
            definition.key,
            figure.area,
            figure.period_end,
            figure.period,
            breakdown,
            figure.period_start,
            cell.value,
            str(cell.status),
            "",
            False,
            cell.provisional,
            json.dumps(_basis(parts, used)),
        )


def _basis(
    parts: tuple[Reference, Reference] | None, used: Mapping[Reference, Sequence[Given]]
) -> dict[str, Any]:
    if parts is not None:
        above, below = (_place(used[part][0]) for part in parts)
        return {"numerator": above, "denominator": below}
    figures = dict.fromkeys(figure for found in used.values() for figure in found)
    return {"inputs": [_place(figure) for figure in figures]}


def _place(figure: Given) -> dict[str, str]:
    return {
        "indicator": figure.indicator,
        "period": figure.period,
        "breakdown": figure.breakdown,
    }


class _Area:
    """All figures of one area that a formula may use."""

    def __init__(self, lag: int) -> None:
        self.lag = lag
        self.figures: dict[str, list[Given]] = defaultdict(list)
        self.ends: dict[tuple[str, str], dict[date, list[Given]]] = defaultdict(dict)
        self.days: dict[tuple[str, str], list[date]] = {}

    def add(self, figure: Given) -> None:
        self.figures[figure.indicator].append(figure)
        at = self.ends[figure.indicator, figure.breakdown]
        at.setdefault(figure.period_end, []).append(figure)

    def find(
        self, reference: Reference, text: str, breakdown: str, shift: int, below: bool
    ) -> tuple[Given, bool]:
        """The figure asked for, and whether it is older than its period; Absent if there is none.

        Of the same period; else one of which either is the reporting date that ends the other;
        below a line also another period that ends on that day, or an earlier reporting date.
        """
        period, chosen = _back(text, shift), _chosen(breakdown, reference.breakdown)
        if period is None or chosen is None:
            raise Absent
        series = reference.indicator, chosen
        same_end = self.ends[series].get(period.end, [])
        for figure in same_end:
            if figure.period == period.text:
                return figure, False
        fits = [f for f in same_end if below or period.start == period.end or _is_day(f)]
        if fits:
            return min(fits, key=lambda figure: figure.period), False
        if below and self.lag:
            return self._earlier(series, period.end), True
        raise Absent

    def _earlier(self, series: tuple[str, str], end: date) -> Given:
        if series not in self.days:
            days = {
                f.period_end for found in self.ends[series].values() for f in found if _is_day(f)
            }
            self.days[series] = sorted(days)
        days_ = self.days[series]
        place = bisect_left(days_, end) - 1
        if place < 0 or days_[place] < _months_before(end, self.lag):
            raise Absent
        return next(figure for figure in self.ends[series][days_[place]] if _is_day(figure))


def _is_day(figure: Given) -> bool:
    return figure.period_start == figure.period_end


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def _back(text: str, shift: int) -> Period | None:
    """So many periods before the one of this text; None before the calendar of figures begins."""
    period = parse_period(text)
    try:
        for _ in range(-shift):
            period = previous(period)
    except PeriodRefused:
        return None
    return period


@lru_cache(maxsize=4096)
def _chosen(breakdown: str, choice: str | None) -> str | None:
    """The breakdown with what a reference adds; None where the two contradict each other."""
    if choice is None:
        return breakdown
    if choice == "":
        return ""
    now, added = attributes_of(breakdown), attributes_of(choice)
    if any(now.get(code, attribute) != attribute for code, attribute in added.items()):
        return None
    return canonical_breakdown(now | added)


@lru_cache(maxsize=4096)
def _remaining(breakdown: str, choice: str | None) -> str | None:
    """The breakdown without what the leading reference adds; None where it is another one."""
    if choice is None:
        return breakdown
    if choice == "":
        return "" if breakdown == "" else None
    now, added = attributes_of(breakdown), attributes_of(choice)
    if not added.items() <= now.items():
        return None
    return canonical_breakdown({code: now[code] for code in now.keys() - added.keys()})
