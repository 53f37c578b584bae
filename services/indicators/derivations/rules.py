"""What is computed from what, in which order, and what comes out: pure functions."""

import json
from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from typing import Any, NamedTuple

from services.contracts.indicators.formulas import (
    FormulaSample,
    Lineage,
    LineageStep,
    NewFormulaCheck,
)
from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.rules import attributes_of, canonical_breakdown
from services.indicators.derivations.language.evaluation import Absent, Cell, evaluate
from services.indicators.derivations.language.parser import parse
from services.indicators.derivations.language.syntax import (
    Call,
    FormulaRefused,
    Node,
    Reference,
    indicators,
    leading,
    quotient,
    references,
)
from services.indicators.derivations.language.units import Unit, alike, unit_of
from services.indicators.derivations.language.units import unit as unit_in
from services.indicators.periods import Period, PeriodRefused, parse_period, previous
from services.kit.problems import Invalid

MOST_SAMPLES = 200


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


def definition(
    key: str,
    formula: str | None,
    numerator: str | None,
    denominator: str | None,
    factor: Decimal | None,
    lag: int,
) -> Definition | None:
    """How an indicator is computed: by its formula, or as the quotient of its parts."""
    if formula is not None:
        return Definition(key, parse(formula), lag)
    if numerator is None or denominator is None:
        return None
    parts = (Reference(numerator, None, 0, 1), Reference(denominator, None, 0, 1))
    return Definition(key, Call("per", parts, factor or Decimal(1), 1), lag)


class Cycle(ValueError):
    """Indicators that would be computed from themselves; `keys` goes round once."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(" -> ".join(keys))
        self.keys = keys


def generations(inputs: Mapping[str, Collection[str]]) -> Iterator[tuple[str, ...]]:
    """The keys of `inputs` in groups: each is computed from figures of groups before it only."""
    sorter = TopologicalSorter(inputs)
    try:
        sorter.prepare()
    except CycleError as error:
        raise Cycle(error.args[1][::-1]) from None
    while sorter.is_active():
        ready = sorter.get_ready()
        if computed := tuple(sorted(key for key in ready if key in inputs)):
            yield computed
        sorter.done(*ready)


class Known(NamedTuple):
    """What of another indicator decides whether a formula over it makes sense."""

    unit: Unit | None
    how: Definition | None
    of_index: bool = False


def check(how: Definition, unit: Unit | None, known: Mapping[str, Known]) -> Unit:
    """The unit of the formula's figures.

    Refuses (FormulaRefused) what does not exist, what does not go together, a result of another
    unit than the declared one, and (Cycle) an indicator that is computed from itself.
    """
    for reference in references(how.formula):
        if reference.indicator not in known:
            detail = f"there is no indicator {reference.indicator!r}"
            raise FormulaRefused(detail, reference.at, "unknown")
        if known[reference.indicator].of_index:
            detail = f"{reference.indicator} is an index, and indices are computed last"
            raise FormulaRefused(detail, reference.at, "index")
    if leading(how.formula) is None:
        detail = "at least one indicator of the present period is needed"
        raise FormulaRefused(detail, 1, "present")
    inputs = {key: found.how.inputs for key, found in known.items() if found.how is not None}
    inputs[how.key] = how.inputs
    list(generations(inputs))
    found = unit_in(how.formula, {key: one.unit for key, one in known.items()})
    if unit is not None and not alike(unit, found):
        raise FormulaRefused(f"this gives {found}, and the unit is {unit}", 1, "unit")
    return found


def checked(new: NewFormulaCheck, known: Mapping[str, Known]) -> tuple[Definition, Unit]:
    """A formula that is only tried out, and its unit; refuses it like one that is to be stored."""
    try:
        how = Definition("", parse(new.formula), new.denominator_lag)
        unit = unit_of(new.unit["de"]) if new.unit is not None else None
        return how, check(how, unit, known)
    except FormulaRefused as refused:
        raise Invalid(str(refused), pointer="/formula", code=refused.code) from None


def lineage(key: str, steps: Mapping[str, LineageStep], indices: Sequence[str]) -> Lineage:
    """What the indicator is computed from and what is computed from it, nearest first."""
    uses: dict[str, list[str]] = defaultdict(list)
    for step in steps.values():
        for named in step.computed_from:
            uses[named].append(step.indicator)
    own = steps[key]
    return Lineage(
        indicator=key,
        formula=own.formula,
        computed_from=own.computed_from,
        sources=_reached(key, lambda at: steps[at].computed_from, steps),
        uses=_reached(key, lambda at: uses[at], steps),
        indices=list(indices),
    )


def _reached(
    key: str, onward: Callable[[str], Iterable[str]], steps: Mapping[str, LineageStep]
) -> list[LineageStep]:
    away, now = {key: 0}, [key]
    while now:
        found = {there for at in now for there in onward(at) if there in steps} - away.keys()
        away |= dict.fromkeys(found, away[now[0]] + 1)
        now = sorted(found)
    ordered = sorted(away.items(), key=lambda item: (item[1], item[0]))
    return [steps[at].model_copy(update={"steps": n}) for at, n in ordered if n]


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


def samples(
    definition: Definition, given: Sequence[Given], period: str | None
) -> list[FormulaSample]:
    """Some figures of the formula, the newest first; `given` is sorted by area."""
    made = [
        figure
        for _, of_area in groupby(given, key=lambda figure: figure.area)
        for figure in computed(definition, of_area)
        if period is None or figure.period == period
    ]
    made.sort(key=lambda figure: (figure.area, figure.breakdown))
    made.sort(key=lambda figure: figure.period_end, reverse=True)
    return [
        FormulaSample.model_validate(
            {**figure._asdict(), "basis": json.loads(figure.basis or "{}")}
        )
        for figure in made[:MOST_SAMPLES]
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
