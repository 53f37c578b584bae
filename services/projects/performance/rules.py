"""How far a project is: pure functions over exact decimals and days.

Regulation (EU) 2021/1057, Art. 17: outputs have the baseline 0, milestones and targets are
cumulative. Achievement is what was reached of the way from baseline to target, whatever its
direction; it may be more than 100 %, and without a baseline, a target or a way it is not known.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.computing import HUNDRED, Computation, known, ratio


class Wanted(StrEnum):
    """Which way is better (Richtung)."""

    increase = "increase"
    decrease = "decrease"


def total(values: Sequence[Decimal | None], *, cumulative: bool) -> Figure:
    """The actual value over periods: the last one where values are running totals, else the sum.

    A sum with a period that was not reported is not known.
    """
    reported = [value for value in values if value is not None]
    complete = cumulative or len(reported) == len(values)
    actual = Computation(
        "actual",
        Unit.number,
        "last(values)" if cumulative else "sum(values)",
        {"periods": len(values), "reported": len(reported)},
    )
    if not reported or not complete:
        return actual.lacks(Reason.no_actual)
    return actual.gives(reported[-1] if cumulative else known(reported))


def achievement(
    baseline: Decimal | None,
    target: Decimal | None,
    actual: Decimal | None,
    wanted: Wanted = Wanted.increase,
) -> Figure:
    """What was reached of the way from baseline to target, in per cent; never cut off at 100.

    A target on the wrong side of the baseline contradicts the direction and is for review.
    """
    reached = Computation(
        "achievement",
        Unit.percent,
        "(actual - baseline) / (target - baseline)",
        {"baseline": baseline, "target": target, "actual": actual, "wanted": wanted.value},
    )
    lacking = _lacking(baseline, target, actual)
    if lacking is not None or baseline is None or target is None or actual is None:
        return reached.lacks(lacking or Reason.no_actual)
    share = ratio((actual - baseline) * HUNDRED, target - baseline)
    if (target > baseline) != (wanted is Wanted.increase):
        return reached.gives(share, FigureStatus.review)
    return reached.gives(share, FigureStatus.ok if share >= 100 else FigureStatus.unknown)


def bounded(reached: Figure) -> Decimal | None:
    """For a progress bar: at least 0, at most 100 per cent; None stays None."""
    if not isinstance(reached.value, Decimal):
        return None
    return min(max(reached.value, Decimal(0)), HUNDRED)


def milestone(
    baseline: Decimal | None,
    aim: Decimal | None,
    actual: Decimal | None,
    aim_on: date | None,
    today: date,
    wanted: Wanted = Wanted.increase,
) -> Figure:
    """Is a milestone reached? Missed only after its day; before it, it is still open."""
    reached = Computation(
        "milestone",
        Unit.percent,
        "(actual - baseline) / (milestone - baseline)",
        {
            "baseline": baseline,
            "milestone": aim,
            "actual": actual,
            "milestone_on": aim_on,
            "today": today,
        },
    )
    if aim is None:
        return reached.lacks(Reason.no_milestone)
    if baseline is None or actual is None or aim == baseline:
        return reached.lacks(_lacking(baseline, aim, actual) or Reason.no_actual)
    there = actual >= aim if wanted is Wanted.increase else actual <= aim
    status = FigureStatus.ok
    if not there:
        over = aim_on is not None and today > aim_on
        status = FigureStatus.breach if over else FigureStatus.unknown
    return reached.gives(ratio((actual - baseline) * HUNDRED, aim - baseline), status)


def elapsed(starts_on: date | None, ends_on: date | None, today: date) -> Figure:
    """The share of the time that is over, in per cent, from 0 to 100."""
    gone = Computation(
        "elapsed",
        Unit.percent,
        "days until today / days from first to last",
        {"starts_on": starts_on, "ends_on": ends_on, "today": today},
    )
    if starts_on is None or ends_on is None:
        return gone.lacks(Reason.no_date)
    whole = (ends_on - starts_on).days + 1
    over = min(max((today - starts_on).days + 1, 0), whole)
    return gone.gives(Fraction(100 * over, whole))


def pace(reached: Figure, gone: Figure, tolerance: Rule | None) -> Figure:
    """Achievement by elapsed time: 1 is on time. Within the tolerance in order, within twice of it
    to be watched, below that too slow."""
    speed = Computation(
        "pace",
        Unit.ratio,
        "achievement / elapsed >= 1 - pace_tolerance",
        {"achievement": reached, "elapsed": gone, "pace_tolerance": tolerance},
    )
    for figure in (reached, gone):
        if not isinstance(figure.value, Decimal):
            return speed.lacks(figure.reason or Reason.no_actual)
    if gone.known == 0:
        return speed.lacks(Reason.not_started)
    value = ratio(reached.known, gone.known)
    if tolerance is None or tolerance.value is None:
        return speed.gives(value, FigureStatus.unknown)
    band = Fraction(tolerance.value) / 100
    return speed.gives(value, _light(value, 1 - band, 1 - 2 * band))


def _lacking(
    baseline: Decimal | None, target: Decimal | None, actual: Decimal | None
) -> Reason | None:
    if baseline is None:
        return Reason.no_baseline
    if target is None:
        return Reason.no_target
    if target == baseline:
        return Reason.target_is_baseline
    return Reason.no_actual if actual is None else None


def _light(value: Fraction, good: Fraction, bearable: Fraction) -> FigureStatus:
    if value >= good:
        return FigureStatus.ok
    return FigureStatus.warning if value >= bearable else FigureStatus.breach
