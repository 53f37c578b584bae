"""Why an area is in its class, and what would put it into another one: pure functions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.contracts.indicators.index_methods import ClassBy
from services.contracts.indicators.index_results import (
    Explained,
    ExplainedComponent,
    LimitDistance,
)
from services.contracts.indicators.indices import ClassLimit, NewIndex
from services.indicators.indices.method.flipping import flip
from services.indicators.indices.method.halves import Half, group
from services.indicators.indices.method.results import DECIMALS
from services.indicators.indices.method.scores import (
    Place,
    classified,
    combined,
    restandardised,
    weights_of,
)

_HUNDREDTHS = 2


def explained(
    recipe: NewIndex,
    half: Half,
    place: Place,
    figures: Sequence[Decimal | None],
    names: Mapping[str, Any],
) -> Explained | None:
    """How the value of a place comes about; None where it has none.

    `figures` are those shown of the components, `names` those of indicators that may be seen.
    """
    score = half.scores.get(place)
    if score is None:
        return None
    mine = _own(recipe, half, {at: one.value for at, one in half.scores.items()}, place)
    below, above = _limits(recipe, half, place, mine)
    return Explained(
        value=round(score.value, DECIMALS),
        class_code=mine.code,
        label=mine.label,
        sum=round(score.sum, DECIMALS),
        areas=len(group(recipe, half, place)),
        components=[
            _component(recipe, half, place, n, figure, names, mine)
            for n, figure in enumerate(figures)
        ],
        below=below,
        above=above,
    )


def _own(recipe: NewIndex, half: Half, values: Mapping[Place, float], place: Place) -> ClassLimit:
    period = {at: value for at, value in values.items() if at[0] == place[0]}
    return classified(recipe.class_by, half.classes, period)[place]


def _component(
    recipe: NewIndex,
    half: Half,
    place: Place,
    n: int,
    figure: Decimal | None,
    names: Mapping[str, Any],
    mine: ClassLimit,
) -> ExplainedComponent:
    one, weights = recipe.components[n], weights_of(recipe)
    seen = one.indicator in names
    score = half.scores[place].parts[n]
    without = _without(recipe, half, place, n, weights)
    return ExplainedComponent(
        indicator=one.indicator,
        name=names.get(one.indicator),
        breakdown=one.breakdown,
        figure=figure if seen else None,
        direction=one.direction,
        weight=float(one.weight),
        score=round(score, _HUNDREDTHS),
        contribution=round(score * weights[n], _HUNDREDTHS),
        value_without=None if without is None else round(without[0], DECIMALS),
        class_without=None if without is None else without[1].code,
        flip=flip(recipe, half, place, n, mine),
    )


def _without(
    recipe: NewIndex, half: Half, place: Place, n: int, weights: Sequence[float]
) -> tuple[float, ClassLimit] | None:
    if len(weights) == 1:
        return None
    left = [weight for k, weight in enumerate(weights) if k != n]
    sums = {
        at: combined(recipe, [part for k, part in enumerate(one.parts) if k != n], left)
        for at, one in half.scores.items()
    }
    values = restandardised(recipe, sums, left)
    return (values[place], _own(recipe, half, values, place)) if place in values else None


def _limits(
    recipe: NewIndex, half: Half, place: Place, mine: ClassLimit
) -> tuple[LimitDistance | None, LimitDistance | None]:
    value = half.scores[place].value
    at = half.classes.index(mine)
    if recipe.class_by is ClassBy.value:
        limits = [float(one.up_to) for one in half.classes if one.up_to is not None]
        low = limits[at - 1] if at > 0 else None
        high = limits[at] if at < len(limits) else None
    else:
        period = {p: one.value for p, one in half.scores.items() if p[0] == place[0]}
        classes = classified(recipe.class_by, half.classes, period)
        codes = [one.code for one in half.classes]
        of = {p: codes.index(one.code) for p, one in classes.items()}
        low = max((v for p, v in period.items() if of[p] == at - 1), default=None)
        high = min((v for p, v in period.items() if of[p] == at + 1), default=None)
    return (
        _distance(half.classes, at - 1, low, value),
        _distance(half.classes, at + 1, high, value),
    )


def _distance(
    classes: Sequence[ClassLimit], at: int, limit: float | None, value: float
) -> LimitDistance | None:
    if limit is None:
        return None
    return LimitDistance(
        class_code=classes[at].code,
        limit=round(limit, DECIMALS),
        distance=round(abs(value - limit), DECIMALS),
    )
