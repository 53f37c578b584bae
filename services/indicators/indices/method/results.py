"""What an index says of each area: pure functions over candidates."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import fsum
from typing import Any, NamedTuple

from services.contracts.indicators.indices import ClassLimit, NewIndex
from services.indicators.indices.method.candidates import (
    Candidate,
    Excluded,
    Uppers,
    above,
    candidates,
)
from services.indicators.indices.method.scores import (
    Place,
    Score,
    classified,
    restandardised,
    scores,
    weights_of,
)
from services.indicators.periods import Period

DECIMALS = 3
"""Decimals of an index as it is shown; classes are those of the unrounded value."""


class Result(NamedTuple):
    """What stands in the table of results; `parts` is what an explanation needs."""

    area: str
    level: str
    period_end: date
    period: str
    period_start: date
    value: Decimal | None = None
    class_code: str | None = None
    dynamics: Decimal | None = None
    dynamics_class: str | None = None
    group_code: str | None = None
    excluded: Excluded | None = None
    reason: str | None = None
    parts: str | None = None


class _Half(NamedTuple):
    """State or dynamics of one level: scores and classes."""

    scores: Mapping[Place, Score]
    classes: Mapping[Place, ClassLimit]


_NONE = _Half({}, {})


def results(
    recipe: NewIndex,
    figures: Iterable[Any],
    levels: Mapping[str, str],
    versions: Uppers,
    weights: Sequence[float] | None = None,
) -> list[Result]:
    """The results of all areas in all periods, and of their upper areas if the recipe says so.

    `levels` gives the level of each area, `versions` the tree of areas. `weights` other than the
    recipe's are for previews.
    """
    found = candidates(recipe, figures)
    heavy = weights_of(recipe) if weights is None else list(weights)
    usable = {one.place: one for one in found if one.excluded is None}
    status = scores(recipe, {place: one.status for place, one in usable.items()}, heavy)
    changes = {p: one.changes for p, one in usable.items() if one.changes and p in status}
    dynamics = scores(recipe, changes, heavy) if recipe.dynamics else {}
    halves = _halves(recipe, status, dynamics)
    made = [_result(one.area, recipe.level, one.period, halves, one) for one in found]
    if recipe.aggregation is None:
        return made
    for level in recipe.aggregation.levels:
        made += _upper(recipe, level, usable, levels, versions, (status, dynamics))
    return made


def _halves(
    recipe: NewIndex, status: Mapping[Place, Score], dynamics: Mapping[Place, Score]
) -> tuple[_Half, _Half]:
    state = _Half(status, _classes(recipe, recipe.classes, status))
    if recipe.dynamics is None:
        return state, _NONE
    return state, _Half(dynamics, _classes(recipe, recipe.dynamics.classes, dynamics))


def _classes(
    recipe: NewIndex, limits: Sequence[ClassLimit], found: Mapping[Place, Score]
) -> dict[Place, ClassLimit]:
    periods: dict[date, dict[Place, float]] = defaultdict(dict)
    for place, score in found.items():
        periods[place[0]][place] = score.value
    made: dict[Place, ClassLimit] = {}
    for values in periods.values():
        made |= classified(recipe.class_by, limits, values)
    return made


def _result(
    area: str,
    level: str,
    period: Period,
    halves: tuple[_Half, _Half],
    candidate: Candidate | None = None,
) -> Result:
    place = period.end, area
    result = Result(area, level, period.end, period.text, period.start)
    if candidate is not None and candidate.excluded is not None:
        return result._replace(excluded=candidate.excluded, reason=candidate.reason)
    state, dynamics = (half.scores.get(place) for half in halves)
    if state is None:
        return result._replace(excluded="too_few")
    class_code = halves[0].classes[place].code
    result = result._replace(value=shown(state.value), class_code=class_code)
    parts = {"status": state}
    if dynamics is not None:
        parts["dynamics"] = dynamics
        change_class = halves[1].classes[place].code
        result = result._replace(
            dynamics=shown(dynamics.value),
            dynamics_class=change_class,
            group_code=class_code + change_class,
        )
    return result._replace(parts=json.dumps(parts))


def shown(value: float) -> Decimal:
    """An index as it is shown."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-DECIMALS)) + 0


def _upper(
    recipe: NewIndex,
    level: str,
    usable: Mapping[Place, Candidate],
    levels: Mapping[str, str],
    versions: Uppers,
    below: tuple[Mapping[Place, Score], Mapping[Place, Score]],
) -> list[Result]:
    members: dict[tuple[Period, str], list[Candidate]] = defaultdict(list)
    for one in usable.values():
        if one.weight:
            for key in above(one.area, one.period.end, versions):
                if levels.get(key) == level:
                    members[one.period, key].append(one)
    status, dynamics = (_weighted(recipe, members, half) for half in below)
    halves = _halves(recipe, status, dynamics)
    return [_result(key, level, period, halves) for period, key in sorted(members)]


def _weighted(
    recipe: NewIndex,
    members: Mapping[tuple[Period, str], Sequence[Candidate]],
    below: Mapping[Place, Score],
) -> dict[Place, Score]:
    parts: dict[Place, tuple[float, ...]] = {}
    sums: dict[Place, float] = {}
    for (period, key), found in members.items():
        pairs = [(below[one.place], one.weight or 0.0) for one in found if one.place in below]
        total = fsum(weight for _, weight in pairs)
        if not total:
            continue
        place = period.end, key
        columns = zip(*(score.parts for score, _ in pairs), strict=True)
        parts[place] = tuple(
            fsum(p * w for p, (_, w) in zip(column, pairs, strict=True)) / total
            for column in columns
        )
        sums[place] = fsum(score.sum * weight for score, weight in pairs) / total
    values = restandardised(recipe, sums, weights_of(recipe))
    return {place: Score(parts[place], sums[place], value) for place, value in values.items()}
