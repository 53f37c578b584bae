"""A figure before and after a measure, against other areas, and what nobody can say: pure
functions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from services.contracts.indicators.observations import IndicatorInBrief
from services.contracts.indicators.values import ValueStatus
from services.contracts.projects.effects import (
    ComparedEffect,
    EffectNote,
    EffectOutcome,
    EffectUnknown,
    FigureRead,
    ReferenceKind,
    TargetEffect,
    TargetState,
)
from services.contracts.projects.measure_targets import MeasureTarget
from services.contracts.projects.targets import AimDirection
from services.projects.indicator_reading.rules import Figure, Place, Series
from services.projects.periods import Span, span

SMALL = 30
"""Counts below this vary by chance more than most measures can change them."""
_HIDDEN = {ValueStatus.confidential, ValueStatus.unknown, ValueStatus.unreliable}
_TENTH = Decimal("0.1")


Lookup = Callable[[str], Series]
"""Area -> its series of the figure in question."""


@dataclass(frozen=True)
class Periods:
    """Which two periods are compared; None where there is none, for that reason."""

    before: str | None
    after: str | None
    unknown: EffectUnknown | None = None


def periods(target: MeasureTarget, starts_on: date | None, series: Series) -> Periods:
    """The named baseline, or the last period that ended before the measure began, of several that
    end on the same day the longest (a quarter has its season); and the newest one of the same
    length that began with it or later."""
    spans = {name: found for name in series if (found := span(name)) is not None}
    if not spans:
        return Periods(target.baseline_period, None, EffectUnknown.not_published)
    before = target.baseline_period
    if before is None:
        if starts_on is None:
            return Periods(None, None, EffectUnknown.no_start)
        earlier = [name for name, found in spans.items() if found.end < starts_on]
        if not earlier:
            return Periods(None, None, EffectUnknown.before_missing)
        before = max(earlier, key=lambda name: (spans[name].end, -spans[name].start.toordinal()))
    base = span(before)
    later = [
        name
        for name, found in spans.items()
        if base is not None and _follows(found, base, starts_on)
    ]
    if not later:
        return Periods(before, None, EffectUnknown.too_early)
    return Periods(before, max(later, key=lambda name: spans[name].end))


def _follows(found: Span, base: Span, starts_on: date | None) -> bool:
    begun = starts_on is None or found.start >= starts_on
    return begun and found.kind == base.kind and found.start > base.end


def effect(
    target: MeasureTarget,
    starts_on: date | None,
    brief: IndicatorInBrief | None,
    lookup: Lookup,
    place: Place,
) -> TargetEffect:
    """What became of the target. What is hidden or missing makes it unknown, never zero."""
    series = lookup(target.area)
    asked = periods(target, starts_on, series)
    before, after = reading(series, asked.before), reading(series, asked.after)
    change = _change(before, after)
    progress = _progress(target, before, after)
    return TargetEffect(
        indicator=target.indicator,
        name=brief.name if brief else None,
        unit=brief.unit if brief else None,
        breakdown=target.breakdown,
        area=target.area,
        direction=target.direction,
        before=before,
        after=after,
        change=change,
        change_percent=_percent(change, before),
        outcome=outcome(target.direction, change),
        unknown=asked.unknown or _why(before, after),
        progress_percent=progress,
        target_state=_state(target, after, brief),
        compared=list(_compared(target, lookup, place.parent, asked, change, before)),
        territory=place.territory,
        crosswalks=list(place.crosswalks),
        notes=list(_notes(target, series, brief, before, after)),
    )


def reading(series: Series, period: str | None) -> FigureRead | None:
    """The figure of a period; one that was never delivered is missing."""
    if period is None:
        return None
    found = series.get(period, Figure(None, ValueStatus.missing))
    return FigureRead(period=period, value=found.value, status=found.status, reason=found.reason)


def outcome(direction: AimDirection, change: Decimal | None) -> EffectOutcome:
    """Where a change goes, seen from where it was to go."""
    if change is None:
        return EffectOutcome.unknown
    if change == 0:
        kept = direction is AimDirection.maintain
        return EffectOutcome.as_wanted if kept else EffectOutcome.unchanged
    wanted = AimDirection.increase if change > 0 else AimDirection.decrease
    return EffectOutcome.as_wanted if direction is wanted else EffectOutcome.against


def _compared(
    target: MeasureTarget,
    lookup: Lookup,
    parent: str | None,
    asked: Periods,
    change: Decimal | None,
    own: FigureRead | None,
) -> Iterator[ComparedEffect]:
    chosen = [(area, ReferenceKind.chosen) for area in target.compared_with if area != parent]
    above = [(parent, ReferenceKind.parent)] if parent is not None else []
    for area, kind in (*above, *chosen):
        series = lookup(area)
        before, after = reading(series, asked.before), reading(series, asked.after)
        theirs = _change(before, after)
        percent, own_percent = _percent(theirs, before), _percent(change, own)
        yield ComparedEffect(
            area=area,
            kind=kind,
            before=before,
            after=after,
            change=theirs,
            change_percent=percent,
            difference=None if change is None or theirs is None else change - theirs,
            difference_percent=(
                None if percent is None or own_percent is None else own_percent - percent
            ),
        )


def _change(before: FigureRead | None, after: FigureRead | None) -> Decimal | None:
    if before is None or after is None or before.value is None or after.value is None:
        return None
    return after.value - before.value


def _percent(change: Decimal | None, before: FigureRead | None) -> Decimal | None:
    if change is None or before is None or not before.value:
        return None
    return _rounded(change / abs(before.value) * 100)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(_TENTH, ROUND_HALF_UP) + 0


def _why(before: FigureRead | None, after: FigureRead | None) -> EffectUnknown | None:
    for read, hidden, missing in (
        (before, EffectUnknown.before_hidden, EffectUnknown.before_missing),
        (after, EffectUnknown.after_hidden, EffectUnknown.after_missing),
    ):
        if read is not None and read.value is None:
            return hidden if read.status in _HIDDEN else missing
    return None


def _base(target: MeasureTarget, before: FigureRead | None) -> Decimal | None:
    if target.baseline_value is not None:
        return target.baseline_value
    return before.value if before is not None else None


def _progress(
    target: MeasureTarget, before: FigureRead | None, after: FigureRead | None
) -> Decimal | None:
    base, goal = _base(target, before), target.target_value
    if base is None or goal is None or goal == base or after is None or after.value is None:
        return None
    return _rounded((after.value - base) / (goal - base) * 100)


def _state(
    target: MeasureTarget, after: FigureRead | None, brief: IndicatorInBrief | None
) -> TargetState | None:
    goal = target.target_value
    if goal is None:
        return None
    if after is None or after.value is None:
        return TargetState.unknown
    if _is_reached(target.direction, after.value, goal, brief.decimals if brief else 0):
        return TargetState.reached
    seen = span(after.period)
    over = target.due_on is not None and seen is not None and seen.end >= target.due_on
    return TargetState.missed if over else TargetState.not_yet


def _is_reached(direction: AimDirection, value: Decimal, goal: Decimal, decimals: int) -> bool:
    """What is to be kept is kept as it is printed."""
    if direction is AimDirection.increase:
        return value >= goal
    if direction is AimDirection.decrease:
        return value <= goal
    step = Decimal(1).scaleb(-decimals)
    return value.quantize(step, ROUND_HALF_UP) == goal.quantize(step, ROUND_HALF_UP)


def _notes(
    target: MeasureTarget,
    series: Series,
    brief: IndicatorInBrief | None,
    before: FigureRead | None,
    after: FigureRead | None,
) -> Iterator[EffectNote]:
    read: Sequence[FigureRead] = [one for one in (before, after) if one is not None]
    values = [one.value for one in read if one.value is not None]
    if brief and brief.kind == "count" and any(abs(v) < SMALL for v in values):
        yield EffectNote.small_numbers
    if any(series[one.period].provisional for one in read if one.period in series):
        yield EffectNote.provisional
    if any(series[one.period].estimated for one in read if one.period in series):
        yield EffectNote.estimated
    named, now = target.baseline_value, before.value if before is not None else None
    if named is not None and now is not None and named != now:
        yield EffectNote.baseline_revised
