"""Achievement, pace and unit cost of the targets that a grant pays for: pure functions.

Nothing is computed twice: achievement and pace are those of the progress of the indicator.
Regulation (EU) 2021/1057, Art. 17: outputs have the baseline 0, milestones and targets are
cumulative.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Unit
from services.contracts.projects.progress import IndicatorProgress, Light, NoFigure
from services.projects.computing import Computation, law
from services.projects.unit_costs.rules import unit_cost

TARGETS = law("Art. 17 Verordnung (EU) 2021/1057", "Indikatoren des ESF+")
_LIT: Mapping[Light, FigureStatus] = {
    Light.green: FigureStatus.ok,
    Light.amber: FigureStatus.warning,
    Light.red: FigureStatus.breach,
    Light.grey: FigureStatus.unknown,
}
_WHY: Mapping[NoFigure, Reason] = {
    NoFigure.no_target: Reason.no_target,
    NoFigure.no_baseline: Reason.no_baseline,
    NoFigure.target_is_baseline: Reason.target_is_baseline,
    NoFigure.against_direction: Reason.against_direction,
    NoFigure.no_actual: Reason.no_actual,
    NoFigure.missing_periods: Reason.no_actual,
    NoFigure.protected: Reason.protected,
    NoFigure.not_published: Reason.no_actual,
    NoFigure.not_begun: Reason.not_started,
    NoFigure.to_be_kept: Reason.not_applicable,
}


def figures(
    progress: Sequence[IndicatorProgress], outputs: Collection[str], spent: Decimal
) -> list[Figure]:
    """Achievement and pace of every target, and what one of each output has cost; `outputs` are
    indicators that count what the money brings about."""
    return [figure for one in progress for figure in _of(one, one.indicator in outputs, spent)]


def _of(one: IndicatorProgress, output: bool, spent: Decimal) -> Iterator[Figure]:
    light = _LIT[one.light]
    achieved = Computation(
        "achievement",
        Unit.percent,
        "(actual - baseline) / (target - baseline)",
        {
            "baseline": (one.baseline, Unit.number),
            "target": (one.target, Unit.number),
            "actual": (one.actual, Unit.number),
            "direction": one.direction.value,
        },
        scope=one.indicator,
        law=[TARGETS],
    )
    reached = _told(achieved, one.achievement, one.no_achievement, light)
    yield reached
    speed = Computation(
        "pace",
        Unit.ratio,
        "achievement / elapsed",
        {"achievement": reached, "elapsed": (one.elapsed, Unit.percent)},
        scope=one.indicator,
    )
    yield _told(speed, one.pace, one.no_pace, light)
    if output:
        yield unit_cost(spent, one.actual).model_copy(update={"scope": one.indicator})


def _told(
    figure: Computation, value: Decimal | None, why: NoFigure | None, light: FigureStatus
) -> Figure:
    if value is not None:
        return figure.gives(value, light)
    status = light if light is not FigureStatus.ok else FigureStatus.unknown
    return figure.lacks(_WHY[why] if why else Reason.no_actual, status)
