"""Which plans meet and which contradict one another: pure functions.

Areas are compared by key: a plan for a city and one for a part of it do not meet by that alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from services.contracts.projects.measures import Measure
from services.contracts.projects.plan_overlaps import (
    Contradiction,
    OpposingMeasure,
    PlanInOverlap,
    PlanOverlap,
    SharedPlace,
)
from services.contracts.projects.targets import AimDirection
from services.projects.strategies.tables import StrategyRow

Place = tuple[str, str]
"""An area and a target group."""
_OPPOSITE = {AimDirection.increase, AimDirection.decrease}


def claims(plan: StrategyRow, measures: Sequence[Measure]) -> dict[Place, list[str]]:
    """What a plan is about, and by which measures: its own scope, and that of each measure.

    A measure that names no area or no target group is for those of its plan.
    """
    found: dict[Place, list[str]] = {
        (area, group): [] for area in plan.areas for group in plan.target_groups
    }
    for one in measures:
        for area in one.areas or plan.areas:
            for group in one.target_groups or plan.target_groups:
                found.setdefault((area, group), []).append(one.key)
    return found


def overlaps(plans: Sequence[StrategyRow], measures: Sequence[Measure]) -> Iterator[PlanOverlap]:
    """Every two plans that are for the same target group in the same area."""
    of_plan = defaultdict(list)
    for one in measures:
        of_plan[one.strategy].append(one)
    about: Mapping[str, dict[Place, list[str]]] = {
        plan.key: claims(plan, of_plan[plan.key]) for plan in plans
    }
    for first, second in combinations(plans, 2):
        shared = sorted(about[first.key].keys() & about[second.key].keys())
        if shared:
            yield PlanOverlap(
                plans=[PlanInOverlap(key=plan.key, title=plan.title) for plan in (first, second)],
                places=[
                    SharedPlace(
                        area=area,
                        target_group=group,
                        measures=[
                            *about[first.key][area, group],
                            *about[second.key][area, group],
                        ],
                    )
                    for area, group in shared
                ],
            )


def contradictions(measures: Sequence[Measure]) -> Iterator[Contradiction]:
    """Figures that some measures are to raise and others to lower.

    What is to be kept contradicts neither: it may be kept against a change by something else.
    """
    moved = defaultdict(list)
    for one in measures:
        for target in one.targets:
            if target.direction in _OPPOSITE:
                place = (target.indicator, target.breakdown, target.area)
                moved[place].append(
                    OpposingMeasure(measure=one.key, plan=one.strategy, direction=target.direction)
                )
    for (indicator, breakdown, area), moving in sorted(moved.items()):
        if {one.direction for one in moving} == _OPPOSITE:
            yield Contradiction(
                indicator=indicator, breakdown=breakdown, area=area, measures=moving
            )
