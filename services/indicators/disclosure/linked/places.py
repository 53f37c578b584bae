"""The places of figures as numbers, and the sums that they are part of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from services.indicators.deliveries.rules import attributes_of, canonical_breakdown
from services.indicators.disclosure.linked.figures import Place, Surroundings
from services.indicators.disclosure.linked.system import Floats, Integers, Mask
from services.indicators.periods import Frequency, Period, parse_period

_GROWTH = 3
_PARTS = {Frequency.half: 2, Frequency.third: 3, Frequency.quarter: 4, Frequency.month: 12}
_AREAS, _DIMENSIONS, _PERIODS, _SUMS, _GROUPS = 0, 4096, 8192, 8448, 12288


@dataclass(frozen=True)
class Sums:
    """Relations between places: each member times its factor adds up to the total.

    `exact`: believed only where the figures add up exactly, since nobody has said that they do.
    """

    total: Integers
    relation: Integers
    member: Integers
    factor: Floats
    exact: Mask


class Places:
    """Places as numbers: those of figures first as given, then margins that have no figure.

    A margin without a figure links figures all the same: men and women of all districts add up to
    the town even if no district says how many people live in it.
    """

    def __init__(self, given: Sequence[Place], around: Surroundings) -> None:
        self._around = around
        definitions = around.definitions
        self.rates = [key for key, one in definitions.items() if one.kind == "rate"]
        self.indicators = list(definitions)
        self.areas = sorted({place.area for place in given} | set(around.levels))
        self.periods = sorted({(place.period_end, place.period) for place in given})
        self.breakdowns = [""]
        self._margins(sorted({place.breakdown for place in given}))
        self._own = _numbers(self.indicators), _numbers(self.areas)
        self._other = _numbers(self.periods), _numbers(self.breakdowns)
        self.up = self._parents()
        self._level = self._levels()
        code = np.array([self._code_of(place) for place in given], np.int64)
        self.code = np.unique(self._with_margins(np.unique(code)))
        self.given = self.find(code)
        self.real = np.zeros(len(self.code), bool)
        self.real[self.given] = True

    def __len__(self) -> int:
        return len(self.code)

    def name(self, number: int) -> Place:
        """The place with this number."""
        indicator, period, breakdown, area = self._parts(self.code[number])
        end, text = self.periods[int(period)]
        key = self.indicators[int(indicator)]
        return Place(key, self.areas[int(area)], end, text, self.breakdowns[int(breakdown)])

    def indicator(self) -> Integers:
        """The number of the indicator of each place."""
        number: Integers = self._parts(self.code)[0]
        return number

    def find(self, code: Integers) -> Integers:
        """The number of each place; -1 for one that is not there."""
        number = np.minimum(np.searchsorted(self.code, code), len(self.code) - 1)
        found: Integers = np.where(self.code[number] == code, number, -1)
        return found

    def _code_of(self, place: Place) -> int:
        (indicators, areas), (periods, breakdowns) = self._own, self._other
        period = periods[place.period_end, place.period]
        breakdown = breakdowns[place.breakdown]
        return int(self._code(indicators[place.indicator], period, breakdown, areas[place.area]))

    def _code(self, indicator: object, period: object, breakdown: object, area: object) -> Integers:
        rest = np.asarray(indicator) * len(self.periods) + np.asarray(period)
        rest = rest * len(self.breakdowns) + np.asarray(breakdown)
        code: Integers = rest * len(self.areas) + np.asarray(area)
        return code

    def _parts(self, code: Integers) -> tuple[Integers, Integers, Integers, Integers]:
        rest, area = np.divmod(code, len(self.areas))
        rest, breakdown = np.divmod(rest, len(self.breakdowns))
        indicator, period = np.divmod(rest, len(self.periods))
        return indicator, period, breakdown, area

    def _margins(self, texts: Iterable[str]) -> None:
        """For each breakdown those with one dimension less, or with the attribute above."""
        self.dimensions: list[str] = []
        number = {"": 0}
        margins: list[list[tuple[int, int]]] = [[]]

        def enter(text: str) -> int:
            if text in number:
                return number[text]
            number[text] = len(self.breakdowns)
            self.breakdowns.append(text)
            margins.append([])
            own, attributes = number[text], attributes_of(text)
            for dimension, attribute in attributes.items():
                if dimension not in self.dimensions:
                    self.dimensions.append(dimension)
                above = self._around.attributes.get(dimension, {}).get(attribute) or ""
                margin = enter(canonical_breakdown({**attributes, dimension: above}))
                margins[own].append((self.dimensions.index(dimension), margin))
            return own

        for text in texts:
            enter(text)
        width = max(map(len, margins))
        self.margin = np.full((len(margins), width), -1)
        self.margin_of = np.zeros((len(margins), width), np.int64)
        for own, found in enumerate(margins):
            for place, (dimension, margin) in enumerate(found):
                self.margin[own, place], self.margin_of[own, place] = margin, dimension

    def _parents(self) -> Integers:
        """For each period and area the area above on the last day of the period; -1 for none."""
        areas = self._own[1]
        by_day: dict[date, Integers] = {}
        for day, _ in self.periods:
            if day not in by_day:
                tree = self._around.parents.get(day, {})
                above = [areas.get(tree.get(area) or "", -1) for area in self.areas]
                by_day[day] = np.array(above, np.int64)
        rows = [by_day[day] for day, _ in self.periods]
        return np.array(rows, np.int64).reshape(len(self.periods), len(self.areas))

    def _with_margins(self, code: Integers) -> Integers:
        most = _GROWTH * len(code) + 100_000
        for above in (self._breakdowns_above, self._areas_above):
            new = code
            while len(new):
                found = np.unique(np.concatenate([part for part, _, _ in above(new)] or [new]))
                new = np.setdiff1d(found, code, assume_unique=True)
                if len(code) + len(new) > most:
                    return code
                code = np.union1d(code, new)
        return code

    def _breakdowns_above(self, code: Integers) -> list[tuple[Integers, Integers, Integers]]:
        """Codes of margins, which of the given codes they belong to, and the group of relations."""
        indicator, period, breakdown, area = self._parts(code)
        made = []
        for column in range(self.margin.shape[1]):
            margin = self.margin[breakdown, column]
            here = np.flatnonzero(margin >= 0)
            above = self._code(indicator[here], period[here], margin[here], area[here])
            group = _DIMENSIONS + self.margin_of[breakdown[here], column]
            made.append((above, here, group))
        return made

    def _areas_above(self, code: Integers) -> list[tuple[Integers, Integers, Integers]]:
        indicator, period, breakdown, area = self._parts(code)
        parent = self.up[period, area] if len(code) else area
        here = np.flatnonzero(parent >= 0)
        above = self._code(indicator[here], period[here], breakdown[here], parent[here])
        return [(above, here, _AREAS + self._level[area[here]])]

    def _levels(self) -> Integers:
        names = [self._around.levels.get(area, "") for area in self.areas]
        number = _numbers(sorted(set(names)))
        return np.array([number[name] for name in names], np.int64)

    def sums(self) -> Sums:
        """Every sum that somebody may know of."""
        every = np.arange(len(self.code))
        found: list[tuple[Integers, Integers, Integers, Floats]] = []
        for above, here, group in (
            *self._areas_above(self.code),
            *self._breakdowns_above(self.code),
            *self._periods_above(),
        ):
            found.append((self.find(above), every[here], group, np.ones(len(here))))
        found += self._declared()
        total, member, group, factor = (
            np.concatenate([part[column] for part in found]) for column in range(4)
        )
        there = (total >= 0) & (member >= 0)
        keys, relation = np.unique(
            total[there] * _GROUPS + group[there].astype(np.int64), return_inverse=True
        )
        return Sums(
            total=keys // _GROUPS,
            relation=relation,
            member=member[there],
            factor=factor[there].astype(np.float64),
            exact=self._only_if_exact(keys),
        )

    def _only_if_exact(self, keys: Integers) -> Mask:
        """Sums over time count where figures add up, unless the indicator says that they do."""
        flows = np.array([self._flows(key) for key in self.indicators])
        of_periods = (keys % _GROUPS >= _PERIODS) & (keys % _GROUPS < _SUMS)
        exact: Mask = of_periods & ~flows[self.indicator()[keys // _GROUPS]]
        return exact

    def _flows(self, indicator: str) -> bool:
        definition = self._around.definitions.get(indicator)
        return definition is not None and definition.rule.adds_up_over_time

    def _periods_above(self) -> list[tuple[Integers, Integers, Integers]]:
        _, period, breakdown, area = self._parts(self.code)
        indicator = self.indicator()
        parsed = [parse_period(text) for _, text in self.periods]
        made = []
        for longer, whole in enumerate(parsed):
            for group, (frequency, _) in enumerate(_PARTS.items()):
                parts = [n for n, part in enumerate(parsed) if _is_part(part, whole, frequency)]
                if not _tile([parsed[n] for n in parts], whole):
                    continue
                here = np.flatnonzero(np.isin(period, parts))
                above = self._code(indicator[here], longer, breakdown[here], area[here])
                made.append((above, here, np.full(len(here), _PERIODS + group)))
        return made

    def _declared(self) -> list[tuple[Integers, Integers, Integers, Floats]]:
        """Sums that the catalogue states, and what a rate leaves on its other side."""
        made, definitions = [], self._around.definitions
        for total, definition in definitions.items():
            for number, parts in enumerate(definition.sums):
                for part, factor in parts.items():
                    if part in definitions:
                        made.append(self._between(total, part, _SUMS + number, factor))
        return made

    def _between(
        self, total: str, part: str, group: int, factor: float
    ) -> tuple[Integers, Integers, Integers, Floats]:
        numbers = self._own[0]
        indicator, period, breakdown, area = self._parts(self.code)
        here = np.flatnonzero(indicator == numbers[part])
        whole = self._of_the_day(numbers[total], period[here], breakdown[here], area[here])
        return whole, here, np.full(len(here), group), np.full(len(here), float(factor))

    def _of_the_day(
        self, indicator: int, period: Integers, breakdown: Integers, area: Integers
    ) -> Integers:
        """The place of the same period; else of the first that ends on the same day."""
        found = self.find(self._code(indicator, period, breakdown, area))
        same_day: dict[date, list[int]] = {}
        for number, (day, _) in enumerate(self.periods):
            same_day.setdefault(day, []).append(number)
        for number, (day, _) in enumerate(self.periods):
            for other in same_day[day]:
                lost = np.flatnonzero((found < 0) & (period == number))
                if len(lost):
                    code = self._code(indicator, other, breakdown[lost], area[lost])
                    found[lost] = self.find(code)
        return found

    def complements(self) -> list[tuple[str, Integers, Integers]]:
        """For each rate the places of its numerator and denominator that belong together."""
        made = []
        numbers = self._own[0]
        indicator, period, breakdown, area = self._parts(self.code)
        for key in self.rates:
            own = self._around.definitions[key]
            if own.numerator not in numbers or own.denominator not in numbers:
                continue
            here = np.flatnonzero(self.real & (indicator == numbers[own.numerator]))
            whole = self._of_the_day(
                numbers[own.denominator], period[here], breakdown[here], area[here]
            )
            both = whole >= 0
            made.append((key, here[both], whole[both]))
        return made


def _numbers(names: Iterable[object]) -> dict[object, int]:
    return {name: number for number, name in enumerate(names)}


def _is_part(part: Period, whole: Period, frequency: Frequency) -> bool:
    inside = part.start >= whole.start and part.end <= whole.end
    return part.frequency is frequency and inside and part.frequency is not whole.frequency


def _tile(parts: Sequence[Period], whole: Period) -> bool:
    """Do these periods follow one another from the first to the last day of the whole?"""
    ordered = sorted(parts)
    if len(ordered) < 2:
        return False
    edges = [ordered[0].start == whole.start, ordered[-1].end == whole.end]
    gaps = [(b.start - a.end).days == 1 for a, b in pairwise(ordered)]
    return all(edges + gaps)
