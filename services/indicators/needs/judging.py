"""Whether one condition holds in the areas of a level: pure functions."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from math import ceil

from services.contracts.indicators.coverage import NoRate
from services.contracts.indicators.needs import Outcome, WhyUnknown
from services.contracts.indicators.needs_conditions import (
    Comparison,
    Condition,
    CoverageGap,
    Extreme,
    InClass,
    InIndexClass,
    Threshold,
    TrendCondition,
)
from services.contracts.indicators.values import ValueStatus
from services.indicators.coverage.spreading import Cover
from services.indicators.maps.classes import class_of, limits_of
from services.indicators.needs.facts import Classed, Facts, Figure, Figures, Judgement
from services.indicators.periods import PeriodRefused, parse_period, previous

_CALCULATION = Context(prec=40)
_KEPT = Decimal("0.000001")
_HUNDRED = Decimal(100)
_SECRET = frozenset({ValueStatus.confidential, ValueStatus.unknown})


def judge(condition: Condition, level: str, facts: Facts) -> dict[str, Judgement]:
    """The judgement of each area of the level."""
    if isinstance(condition, CoverageGap):
        covers, open_ = facts.covered[condition.facility_kind, level]
        return {area: _coverage(condition, covers[area], open_) for area in facts.areas[level]}
    if isinstance(condition, InIndexClass):
        classes = facts.classed.get((condition.index, condition.part, level), {})
        return {area: _in_index(condition, classes.get(area)) for area in facts.areas[level]}
    here = _Here(condition.indicator, condition.breakdown, level, facts)
    match condition:
        case Threshold():
            return {area: _threshold(condition, area, here) for area in here.areas}
        case TrendCondition():
            return _trend(condition, here)
        case Extreme():
            place = _places(here, condition)
            wanted = condition.count or _share(condition.percent or _HUNDRED, len(place))
            return _ranked(here, place, lambda n: n <= wanted)
        case InClass():
            return _ranked(here, _classes(here, condition), lambda n: n in condition.classes)


class _Here:
    """The figures of the newest period, and the way to others."""

    def __init__(self, indicator: str, breakdown: str, level: str, facts: Facts) -> None:
        self.areas = facts.areas.get(level, {})
        self.period = facts.latest.get((indicator, breakdown, level))
        self._of = (indicator, breakdown)
        self._facts = facts
        self.figures = self.at(self.period)
        self.decimals = facts.decimals.get(indicator, 0)

    def at(self, period: str | None) -> Figures:
        return self._facts.figures.get((*self._of, period), {}) if period else {}

    def known(self) -> dict[str, Decimal]:
        """The values of the areas that have one."""
        found = ((area, self.figures.get(area)) for area in self.areas)
        return {area: one.value for area, one in found if one and one.value is not None}

    def first(self, area: str) -> tuple[Judgement, Decimal | None]:
        """What is to be told of the area's own figure; unknown without one."""
        figure = self.figures.get(area)
        if figure is None or figure.value is None:
            why = _why(figure, WhyUnknown.hidden, WhyUnknown.missing)
            status = figure.status if figure else None
            return Judgement(Outcome.unknown, why, self.period, None, status), None
        told = Judgement(Outcome.not_met, None, self.period, figure.value, figure.status)
        return told, figure.value


def _why(figure: Figure | None, hidden: WhyUnknown, missing: WhyUnknown) -> WhyUnknown:
    return hidden if figure is not None and figure.status in _SECRET else missing


def holds(value: Decimal, comparison: Comparison, number: Decimal, upper: Decimal | None) -> bool:
    """Whether the comparison is true."""
    match comparison:
        case Comparison.above:
            return value > number
        case Comparison.at_least:
            return value >= number
        case Comparison.below:
            return value < number
        case Comparison.at_most:
            return value <= number
        case Comparison.between:
            return number <= value and (upper is None or value <= upper)


def _outcome(true: bool) -> Outcome:
    return Outcome.met if true else Outcome.not_met


def _kept(value: Decimal) -> Decimal:
    """Six decimals, as evidence is kept; comparisons are made with all of them."""
    return value.quantize(_KEPT, ROUND_HALF_EVEN, _CALCULATION).normalize(_CALCULATION) + 0


def _threshold(condition: Threshold, area: str, here: _Here) -> Judgement:
    told, value = here.first(area)
    if condition.relative_to is None:
        if value is None:
            return told
        true = holds(value, condition.comparison, condition.value, condition.upper)
        return told._replace(outcome=_outcome(true))
    above = here.areas[area] if condition.relative_to == "parent" else condition.reference_area
    reference = here.figures.get(above) if above else None
    told = told._replace(
        reference_area=above,
        reference_period=here.period,
        reference_value=reference.value if reference else None,
    )
    if value is None:
        return told
    if reference is None or reference.value is None:
        why = _why(reference, WhyUnknown.reference_hidden, WhyUnknown.reference_missing)
        return told._replace(outcome=Outcome.unknown, reason=why)
    if not reference.value:
        return told._replace(outcome=Outcome.unknown, reason=WhyUnknown.base_is_zero)
    multiple = _CALCULATION.divide(value, reference.value)
    true = holds(multiple, condition.comparison, condition.value, condition.upper)
    return told._replace(outcome=_outcome(true), compared=_kept(multiple))


def earlier(period: str, periods: int) -> str | None:
    """The period so many of its own length before; None before the first that can be written."""
    found = parse_period(period)
    try:
        for _ in range(periods):
            found = previous(found)
    except PeriodRefused:
        return None
    return found.text


def _trend(condition: TrendCondition, here: _Here) -> dict[str, Judgement]:
    before = earlier(here.period, condition.periods) if here.period else None
    figures = here.at(before)
    return {area: _change(condition, area, here, before, figures) for area in here.areas}


def _change(
    condition: TrendCondition, area: str, here: _Here, before: str | None, figures: Figures
) -> Judgement:
    told, value = here.first(area)
    old = figures.get(area)
    told = told._replace(reference_period=before, reference_value=old.value if old else None)
    if value is None:
        return told
    if old is None or old.value is None:
        why = _why(old, WhyUnknown.earlier_hidden, WhyUnknown.earlier_missing)
        return told._replace(outcome=Outcome.unknown, reason=why)
    change = _CALCULATION.subtract(value, old.value)
    if condition.measure == "growth":
        if not old.value:
            return told._replace(outcome=Outcome.unknown, reason=WhyUnknown.base_is_zero)
        change = _CALCULATION.divide(change * _HUNDRED, abs(old.value))
    true = holds(change, condition.comparison, condition.value, condition.upper)
    return told._replace(outcome=_outcome(true), compared=_kept(change))


def _share(percent: Decimal, of: int) -> int:
    return ceil(percent * of / _HUNDRED)


def _places(here: _Here, condition: Extreme) -> dict[str, int]:
    """The place of each area that has a figure: 1 for the most extreme, ties share one."""
    known = here.known()
    ordered = sorted(known.values(), reverse=condition.end == "highest")
    first: dict[Decimal, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return {area: first[value] for area, value in known.items()}


def _classes(here: _Here, condition: InClass) -> dict[str, int]:
    """As on a map, which has its figures as floats."""
    known = {area: float(value) for area, value in here.known().items()}
    limits = [float(limit) for limit in condition.limits]
    if condition.number is not None and known:
        values = list(known.values())
        limits = limits_of(values, condition.by, condition.number, here.decimals)
    return {area: class_of(value, limits) for area, value in known.items()}


def _ranked(
    here: _Here, number_of: Mapping[str, int], wanted: Callable[[int], bool]
) -> dict[str, Judgement]:
    made = {}
    for area in here.areas:
        told, _ = here.first(area)
        if area in number_of:
            number = number_of[area]
            told = told._replace(outcome=_outcome(wanted(number)), compared=Decimal(number))
        made[area] = told
    return made


_LEFT_OUT = {
    "hidden": WhyUnknown.hidden,
    "areas": WhyUnknown.left_out,
    "below": WhyUnknown.left_out,
}


def _in_index(condition: InIndexClass, found: Classed | None) -> Judgement:
    if found is None:
        return Judgement(Outcome.unknown, WhyUnknown.missing)
    if found.code is None:
        why = _LEFT_OUT.get(found.excluded or "", WhyUnknown.missing)
        return Judgement(Outcome.unknown, why, found.period)
    true = found.code in condition.index_classes
    return Judgement(_outcome(true), period=found.period, index_class=found.code)


_NOT_KNOWN = {
    NoRate.need_hidden: WhyUnknown.hidden,
    NoRate.too_few_in_need: WhyUnknown.hidden,
    NoRate.places_unknown: WhyUnknown.places_unknown,
    NoRate.areas_unknown: WhyUnknown.places_unknown,
}


def _coverage(condition: CoverageGap, cover: Cover, open_: int) -> Judgement:
    parts = []
    if condition.places_below is not None:
        parts.append(_too_few(cover, condition.places_below))
    if condition.farther_than is not None:
        parts.append(_too_far(cover, condition.farther_than, open_))
    outcomes = [outcome for outcome, _ in parts]
    best = next((o for o in (Outcome.met, Outcome.unknown) if o in outcomes), Outcome.not_met)
    reason = next((why for outcome, why in parts if outcome is best and why), None)
    return Judgement(
        best,
        reason,
        places=cover.sum.places if cover.sum else None,
        places_per_100=cover.rate.value,
        metres=cover.nearest.metres,
        value=cover.need.value if cover.need else None,
        status=cover.need.status if cover.need else None,
    )


def _too_few(cover: Cover, limit: Decimal) -> tuple[Outcome, WhyUnknown | None]:
    value, reason = cover.rate
    if value is not None:
        return _outcome(value < limit), None
    if reason is NoRate.nobody_in_need:
        return Outcome.not_met, None
    return Outcome.unknown, _NOT_KNOWN.get(reason or NoRate.need_missing, WhyUnknown.missing)


def _too_far(cover: Cover, limit: int, open_: int) -> tuple[Outcome, WhyUnknown | None]:
    if cover.nearest.metres is not None:
        return _outcome(cover.nearest.metres > limit), None
    if not open_:
        return Outcome.met, None
    return Outcome.unknown, WhyUnknown.distance_unknown
