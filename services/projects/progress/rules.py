"""What was reached of what was wanted: pure functions over exact decimals.

Whatever cannot be said is a reason, never a zero, and nothing is cut off at 0 or 100 per cent.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from services.contracts.projects.progress import (
    Light,
    MilestoneState,
    NoFigure,
    PartProgress,
    RollUp,
    RollUpState,
)
from services.contracts.projects.targets import AimDirection, MeasureKind, Part, TargetDimension

_CALCULATION = Context(prec=60)
_HUNDREDTH = Decimal("0.01")
AT_RISK = 3
"""So many times the tolerance is still at risk; beyond, it is off track."""


def achievement(
    direction: AimDirection,
    baseline: Decimal | None,
    target: Decimal | None,
    actual: Decimal | None,
) -> Decimal | NoFigure:
    """(actual - baseline) / (target - baseline), 1 when the target is just reached.

    Right for what is to grow and for what is to fall. More than 1 when more was reached, below 0
    when it went the other way. What is to stay has no such share.
    """
    if target is None:
        return NoFigure.no_target
    if direction is AimDirection.maintain:
        return NoFigure.no_actual if actual is None else NoFigure.to_be_kept
    if baseline is None:
        return NoFigure.no_baseline
    if target == baseline:
        return NoFigure.target_is_baseline
    if (target < baseline) is (direction is AimDirection.increase):
        return NoFigure.against_direction
    if actual is None:
        return NoFigure.no_actual
    with localcontext(_CALCULATION):
        return (actual - baseline) / (target - baseline)


def elapsed(starts_on: date, ends_on: date, on: date) -> Decimal:
    """Share of the days that are over at the end of `on`, both ends counted: 0 to 1."""
    days = (ends_on - starts_on).days + 1
    over = min(max((on - starts_on).days + 1, 0), days)
    with localcontext(_CALCULATION):
        return Decimal(over) / days


def expected(
    direction: AimDirection, baseline: Decimal | None, target: Decimal | None, share: Decimal
) -> Decimal | None:
    """Where it should be after a share of the time, in a straight line; what is to stay, there."""
    if target is None or direction is AimDirection.maintain:
        return target
    if baseline is None:
        return None
    with localcontext(_CALCULATION):
        return baseline + (target - baseline) * share


def pace(reached: Decimal | NoFigure, share: Decimal) -> Decimal | NoFigure:
    """Achievement by elapsed time: 1 is just on time, below it is late."""
    if isinstance(reached, NoFigure):
        return reached
    if share == 0:
        return NoFigure.not_begun
    with localcontext(_CALCULATION):
        return reached / share


def off(target: Decimal, actual: Decimal, tolerance: Decimal, times: int = 1) -> bool:
    """Whether a value that is to stay is off its target by more than `times` the tolerance."""
    with localcontext(_CALCULATION):
        return abs(actual - target) * 100 > abs(target) * tolerance * times


def is_reached(
    direction: AimDirection, target: Decimal, actual: Decimal, tolerance: Decimal, *, over: bool
) -> bool:
    """Whether the target is reached; what is to stay is known when the time is `over`."""
    if direction is AimDirection.increase:
        return actual >= target
    if direction is AimDirection.decrease:
        return actual <= target
    return over and not off(target, actual, tolerance)


def milestone(
    direction: AimDirection,
    target: Decimal | None,
    actual: Decimal | None,
    tolerance: Decimal,
    *,
    ends_on: date,
    actual_on: date | None,
    on: date,
) -> MilestoneState:
    """How it stands with a target at the end of `on`.

    Missed is said only of what was told up to the end; else the end is not reported yet.
    """
    if target is None:
        return MilestoneState.none
    over = on >= ends_on
    if actual is not None and is_reached(direction, target, actual, tolerance, over=over):
        return MilestoneState.reached
    if on <= ends_on:
        return MilestoneState.open
    told = actual_on is not None and actual_on >= ends_on
    return MilestoneState.missed if told else MilestoneState.unreported


def light(
    direction: AimDirection,
    state: MilestoneState,
    target: Decimal | None,
    actual: Decimal | None,
    speed: Decimal | NoFigure,
    tolerance: Decimal,
) -> Light:
    """Green on time or reached, amber up to three times the tolerance behind, red beyond; grey
    when nobody can tell."""
    if state is MilestoneState.reached:
        return Light.green
    if state is MilestoneState.missed:
        return Light.red
    if state in (MilestoneState.none, MilestoneState.unreported, MilestoneState.hidden):
        return Light.grey
    if direction is AimDirection.maintain:
        if target is None or actual is None:
            return Light.grey
        if not off(target, actual, tolerance):
            return Light.green
        return Light.red if off(target, actual, tolerance, AT_RISK) else Light.amber
    return Light.grey if isinstance(speed, NoFigure) else light_of_pace(speed, tolerance)


def light_of_pace(speed: Decimal, tolerance: Decimal) -> Light:
    """Green within the tolerance behind, amber up to three times of it, red beyond."""
    with localcontext(_CALCULATION):
        behind = (1 - speed) * 100
    if behind <= tolerance:
        return Light.green
    return Light.amber if behind <= AT_RISK * tolerance else Light.red


def rolled_up(dimension: TargetDimension, parts: Sequence[Part]) -> Decimal | None:
    """The sum of all parts of a dimension; None while one of them is not known."""
    amounts = _amounts(dimension.key, parts)
    found = [amounts.get(value.key) for value in dimension.values]
    return None if None in found else sum((one for one in found if one is not None), Decimal(0))


def roll_up(
    dimension: TargetDimension,
    targets: Sequence[Part],
    parts: Sequence[Part],
    total: Decimal | None,
    measure: MeasureKind,
) -> RollUp:
    """The parts of a dimension against the whole; parts that are not known are named."""
    wanted, amounts = _amounts(dimension.key, targets), _amounts(dimension.key, parts)
    missing = [value.key for value in dimension.values if amounts.get(value.key) is None]
    whole = rolled_up(dimension, parts) if measure is MeasureKind.number else None
    difference = None if whole is None or total is None else whole - total
    if measure is not MeasureKind.number:
        state = RollUpState.not_additive
    elif difference is None:
        state = RollUpState.incomplete
    else:
        state = RollUpState.differs if difference else RollUpState.agrees
    return RollUp(
        dimension=dimension.key,
        parts=[
            PartProgress(
                value=value.key, target=wanted.get(value.key), actual=amounts.get(value.key)
            )
            for value in dimension.values
        ],
        sum=whole,
        missing=missing,
        difference=difference,
        state=state,
    )


def per_cent(share: Decimal | NoFigure) -> Decimal | None:
    """A share in per cent with two decimals; None for a reason."""
    return None if isinstance(share, NoFigure) else rounded(share * 100)


def rounded(number: Decimal | None) -> Decimal | None:
    """With two decimals, half away from zero."""
    if number is None:
        return None
    with localcontext(_CALCULATION):
        return number.quantize(_HUNDREDTH, ROUND_HALF_UP)


def reason(figure: Decimal | NoFigure) -> NoFigure | None:
    """Why there is no figure; None where there is one."""
    return figure if isinstance(figure, NoFigure) else None


def _amounts(dimension: str, parts: Sequence[Part]) -> dict[str, Decimal | None]:
    return {part.value: part.amount for part in parts if part.dimension == dimension}
