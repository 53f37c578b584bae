"""The progress of an indicator over its periods: pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.contracts.projects.progress import (
    IndicatorProgress,
    MilestoneState,
    NoFigure,
    PeriodProgress,
    RollUp,
    RollUpState,
)
from services.contracts.projects.target_updates import NewTargetUpdate
from services.contracts.projects.targets import (
    AimDirection,
    Counting,
    MeasureKind,
    NewTargetIndicator,
    NewTargetPeriod,
    PeriodKind,
    TargetDimension,
)
from services.projects.progress.rules import (
    achievement,
    elapsed,
    expected,
    light,
    milestone,
    pace,
    per_cent,
    reason,
    roll_up,
    rounded,
)
from services.projects.protected_actuals.rules import Published, actual


@dataclass(frozen=True)
class Held:
    """A period, and the approved update that counts in it."""

    period: NewTargetPeriod
    locked: bool
    update: NewTargetUpdate | None
    people: bool = False
    """It counts people, for somebody who sees only what was published of them."""
    hidden: NoFigure | None = None
    """Why nothing of it is shown, where something may be there."""

    @property
    def actual(self) -> Decimal | None:
        """What was reached; None when nobody has approved anything."""
        return self.update.value if self.update else None


@dataclass(frozen=True)
class Whole:
    """What the periods come to together, and over which time."""

    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    actual_on: date | None
    starts_on: date | None = None
    ends_on: date | None = None
    missing: tuple[str, ...] = ()
    compared: bool = False
    """Only periods that are over are compared, each with what it should have brought."""


def as_published(
    indicator: NewTargetIndicator, held: Sequence[Held], published: Published | None, on: date
) -> list[Held]:
    """What was published of people takes the place of what was reported of them."""
    found = []
    for one in held:
        begins = None if indicator.counting is Counting.cumulative else one.period.starts_on
        told = actual(indicator, published, begins, one.period.ends_on, on)
        update = None
        if told.value is not None and told.on is not None:
            update = NewTargetUpdate(
                key=one.period.key, period=one.period.key, reported_on=told.on, value=told.value
            )
        found.append(Held(one.period, one.locked, update, people=True, hidden=told.reason))
    return found


def of_period(indicator: NewTargetIndicator, held: Held, on: date) -> PeriodProgress:
    """How one period went."""
    period, update = held.period, held.update
    reached = _why(
        achievement(indicator.direction, indicator.baseline, period.target, held.actual),
        held.hidden,
    )
    actual_on = update.reported_on if update else None
    state = milestone(
        indicator.direction,
        period.target,
        held.actual,
        indicator.tolerance,
        ends_on=period.ends_on,
        actual_on=actual_on,
        on=on,
    )
    return PeriodProgress(
        period=period.key,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        kind=period.kind,
        locked=held.locked,
        baseline=indicator.baseline,
        target=period.target,
        actual=held.actual,
        actual_on=actual_on,
        achievement=per_cent(reached),
        no_achievement=reason(reached),
        state=_stand(state, held.hidden),
        roll_ups=[
            _roll_up(dimension, held, indicator.measure) for dimension in indicator.dimensions
        ],
    )


def _roll_up(dimension: TargetDimension, held: Held, measure: MeasureKind) -> RollUp:
    """The parts of a dimension against the whole; counts of people are not published by parts."""
    told = held.update.parts if held.update else []
    found = roll_up(dimension, held.period.parts, told, held.actual, measure)
    if not held.people:
        return found
    return found.model_copy(update={"missing": [], "state": RollUpState.hidden})


def _why(reached: Decimal | NoFigure, hidden: NoFigure | None) -> Decimal | NoFigure:
    """What is hidden may have been told, so nobody says that it was not."""
    untold = reached in (NoFigure.no_actual, NoFigure.missing_periods)
    return hidden if hidden is not None and untold else reached


def _stand(state: MilestoneState, hidden: NoFigure | None) -> MilestoneState:
    untold = state in (MilestoneState.open, MilestoneState.unreported)
    return MilestoneState.hidden if hidden is not None and untold else state


def whole(indicator: NewTargetIndicator, held: Sequence[Held], on: date) -> Whole:
    """What the periods come to together.

    Of cumulative figures, and of shares, the latest counts against the last target. Numbers per
    period add up: from zero against all that is wanted; from another baseline, or when less is
    wanted, only periods that are over are compared, each with its own baseline and target.
    """
    missing = tuple(
        one.period.key
        for one in held
        if one.update is None and one.hidden is None and one.period.ends_on < on
    )
    if not held:
        return Whole(indicator.baseline, None, None, None)
    if indicator.counting is Counting.cumulative or indicator.measure is MeasureKind.percentage:
        return _latest(indicator, held, missing)
    grows_from_zero = indicator.direction is AimDirection.increase and not indicator.baseline
    return _added(indicator, held, on, missing, compared=not grows_from_zero)


def _latest(indicator: NewTargetIndicator, held: Sequence[Held], missing: tuple[str, ...]) -> Whole:
    aimed = [one.period for one in held if one.period.target is not None]
    last = max(aimed, key=lambda one: (one.kind is PeriodKind.target, one.ends_on), default=None)
    told = [one.update for one in held if one.update is not None]
    latest = max(told, key=lambda one: one.reported_on, default=None)
    return Whole(
        indicator.baseline,
        last.target if last else None,
        latest.value if latest else None,
        latest.reported_on if latest else None,
        min(one.period.starts_on for one in held),
        last.ends_on if last else max(one.period.ends_on for one in held),
        missing,
    )


def _added(
    indicator: NewTargetIndicator,
    held: Sequence[Held],
    on: date,
    missing: tuple[str, ...],
    *,
    compared: bool,
) -> Whole:
    taken = [one for one in held if one.period.ends_on <= on] if compared else list(held)
    told = [one for one in taken if one.update is not None]
    known = [one.actual for one in told if one.actual is not None]
    lacking = bool(missing) or (compared and len(told) < len(taken))
    lacking = lacking or any(one.hidden for one in taken)
    baseline = indicator.baseline
    return Whole(
        None if baseline is None else baseline * len(taken),
        _sum([one.period.target for one in taken]),
        sum(known, Decimal(0)) if known and not lacking else None,
        max((one.update.reported_on for one in told if one.update), default=None),
        min((one.period.starts_on for one in taken), default=None),
        max((one.period.ends_on for one in taken), default=None),
        missing,
        compared,
    )


def _sum(numbers: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in numbers if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None


def of_indicator(
    indicator: NewTargetIndicator, held: Sequence[Held], on: date
) -> IndicatorProgress:
    """How an indicator goes over all its periods, at the end of a day."""
    total = whole(indicator, held, on)
    reached = achievement(indicator.direction, total.baseline, total.target, total.actual)
    if reached is NoFigure.no_actual and total.missing:
        reached = NoFigure.missing_periods
    hidden = next((one.hidden for one in reversed(held) if one.hidden), None)
    reached = _why(reached, hidden)
    share = (
        elapsed(total.starts_on, total.ends_on, on)
        if total.starts_on is not None and total.ends_on is not None
        else None
    )
    speed = NoFigure.no_target if share is None else pace(reached, share)
    state = milestone(
        indicator.direction,
        total.target,
        total.actual,
        indicator.tolerance,
        ends_on=total.ends_on or on,
        actual_on=total.actual_on,
        on=on,
    )
    state = _stand(state, hidden)
    return IndicatorProgress(
        indicator=indicator.key,
        title=indicator.title,
        unit=indicator.unit,
        direction=indicator.direction,
        counting=indicator.counting,
        on=on,
        baseline=total.baseline,
        target=total.target,
        actual=total.actual,
        actual_on=total.actual_on,
        achievement=per_cent(reached),
        no_achievement=reason(reached),
        state=state,
        elapsed=None if share is None else per_cent(share),
        expected=(
            None
            if share is None
            else rounded(expected(indicator.direction, total.baseline, total.target, share))
        ),
        pace=None if isinstance(speed, NoFigure) else rounded(speed),
        no_pace=reason(speed),
        light=light(
            indicator.direction, state, total.target, total.actual, speed, indicator.tolerance
        ),
        missing_periods=list(total.missing),
        periods=[of_period(indicator, one, on) for one in held],
    )
