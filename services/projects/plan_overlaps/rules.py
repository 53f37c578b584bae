"""Which plans meet and which contradict one another: pure functions.

A plan for a town is one for each part of it: both meet in the part.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

from services.contracts.projects.measures import Measure
from services.contracts.projects.plan_overlaps import (
    Contradiction,
    OpposingMeasure,
    PlanInOverlap,
    PlanNotCompared,
    PlanOverlap,
    SharedPlace,
)
from services.contracts.projects.targets import AimDirection
from services.projects.area_trees.rules import Tree
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


def overlaps(
    plans: Sequence[StrategyRow], measures: Sequence[Measure], areas: Tree
) -> Iterator[PlanOverlap]:
    """Every two plans for the same people in the same area, or in an area and a part of it."""
    of_plan = _by_plan(measures)
    about = {plan.key: claims(plan, of_plan[plan.key]) for plan in plans}
    for first, second in combinations(plans, 2):
        places = list(_shared(about[first.key], about[second.key], areas))
        if places:
            yield PlanOverlap(
                plans=[PlanInOverlap(key=plan.key, title=plan.title) for plan in (first, second)],
                places=places,
            )


def not_compared(
    plans: Sequence[StrategyRow], measures: Sequence[Measure]
) -> Iterator[PlanNotCompared]:
    """Plans that say nowhere, or for nobody: not even for everybody everywhere."""
    of_plan = _by_plan(measures)
    for plan in plans:
        its = of_plan[plan.key]
        missing: list[Literal["areas", "target_groups"]] = []
        if not plan.areas and not any(one.areas for one in its):
            missing.append("areas")
        if not plan.target_groups and not any(one.target_groups for one in its):
            missing.append("target_groups")
        if missing:
            yield PlanNotCompared(key=plan.key, title=plan.title, missing=missing)


def _by_plan(measures: Sequence[Measure]) -> Mapping[str | None, list[Measure]]:
    found: dict[str | None, list[Measure]] = defaultdict(list)
    for one in measures:
        found[one.strategy].append(one)
    return found


def _shared(
    first: Mapping[Place, list[str]], second: Mapping[Place, list[str]], areas: Tree
) -> Iterator[SharedPlace]:
    """What both are about: the smaller area where one lies in the other."""
    for area, group in sorted({*first, *second}):
        named = [{place for place, people in plan if people == group} for plan in (first, second)]
        nearest = [areas.nearest(area, one) for one in named]
        if None in nearest:
            continue
        above = [one for one in areas.up(area) if one in named[0] | named[1]]
        measures = [
            key for plan in (first, second) for one in above for key in plan.get((one, group), ())
        ]
        yield SharedPlace(
            area=area,
            within=next((one for one in nearest if one != area), None),
            target_group=group,
            measures=list(dict.fromkeys(measures)),
        )


def contradictions(measures: Sequence[Measure], areas: Tree) -> Iterator[Contradiction]:
    """Figures that some measures are to raise and others to lower, there or around.

    What is to be kept contradicts neither: it may be kept against a change by something else.
    """
    moved: dict[tuple[str, str], dict[str, list[OpposingMeasure]]] = defaultdict(dict)
    for one in measures:
        for target in one.targets:
            if target.direction in _OPPOSITE:
                by_area = moved[target.indicator, target.breakdown]
                by_area.setdefault(target.area, []).append(
                    OpposingMeasure(
                        measure=one.key,
                        plan=one.strategy,
                        area=target.area,
                        direction=target.direction,
                    )
                )
    for (indicator, breakdown), by_area in sorted(moved.items()):
        for area in sorted(by_area):
            moving = [one for name in areas.up(area) for one in by_area.get(name, ())]
            if {one.direction for one in moving} == _OPPOSITE:
                yield Contradiction(
                    indicator=indicator, breakdown=breakdown, area=area, measures=moving
                )
