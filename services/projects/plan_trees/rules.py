"""How measures hang below a strategy: pure functions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from services.contracts.projects.goals import Goal
from services.contracts.projects.measures import Measure
from services.contracts.projects.plan_trees import (
    FieldInTree,
    GoalInTree,
    MeasureInTree,
    PlanningFieldInTree,
    RecommendationInTree,
    StrategyTree,
)
from services.contracts.shared.base import Language
from services.projects.fields_of_action.tables import FieldOfActionRow
from services.projects.strategies.tables import StrategyRow

Names = Mapping[str, Mapping[Language, str]]


def tree(
    strategy: StrategyRow,
    fields: Sequence[FieldOfActionRow],
    goals: Sequence[Goal],
    measures: Sequence[Measure],
    names: Names,
) -> StrategyTree:
    """Each measure once: below its recommendation, else its goal, else the strategy."""
    own = [one for one in measures if one.strategy == strategy.key]
    seen_goals, seen_fields = {goal.key for goal in goals}, {field.key for field in fields}
    by_goal = defaultdict(list)
    for one in own:
        by_goal[one.goal if one.goal in seen_goals else None].append(one)
    in_field = defaultdict(list)
    for goal in goals:
        place = goal.field_of_action if goal.field_of_action in seen_fields else None
        in_field[place].append(_goal(goal, by_goal[goal.key], names))
    return StrategyTree(
        key=strategy.key,
        title=strategy.title,
        kind=strategy.kind,
        state=strategy.state,
        fields_of_action=[
            FieldInTree(key=field.key, title=field.title, goals=in_field[field.key])
            for field in fields
        ],
        goals=in_field[None],
        measures=_measures(by_goal[None]),
        taken_up=_measures(one for one in measures if one.strategy != strategy.key),
        planning_fields=_planning_fields(strategy.planning_fields, measures),
        hidden_links=sum(one.hidden_links for one in goals)
        + sum(one.hidden_links for one in measures),
    )


def _goal(goal: Goal, measures: Sequence[Measure], names: Names) -> GoalInTree:
    """Recommendations that it names itself come first, then those that its measures answer."""
    answered = [one.recommendation for one in measures if one.recommendation is not None]
    keys = [key for key in dict.fromkeys([*goal.recommendations, *answered]) if key in names]
    return GoalInTree(
        key=goal.key,
        title=goal.title,
        recommendations=[
            RecommendationInTree(
                key=key,
                title=names[key],
                measures=_measures(one for one in measures if one.recommendation == key),
            )
            for key in keys
        ],
        measures=_measures(one for one in measures if one.recommendation not in keys),
    )


def _measures(measures: Iterable[Measure]) -> list[MeasureInTree]:
    return [MeasureInTree.model_validate(one) for one in measures]


def _planning_fields(
    covered: Sequence[str], measures: Sequence[Measure]
) -> list[PlanningFieldInTree]:
    found: dict[str, list[str]] = {key: [] for key in covered}
    for one in measures:
        for key in one.planning_fields:
            found.setdefault(key, []).append(one.key)
    return [
        PlanningFieldInTree(key=key, covered=key in covered, measures=keys)
        for key, keys in found.items()
    ]
