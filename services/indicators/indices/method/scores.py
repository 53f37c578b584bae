"""Making figures comparable, adding them up, and putting the results into classes.

Statistics, so plain floats; sums by `fsum`, which do not depend on the order of areas.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from math import fsum, sqrt
from typing import NamedTuple, TypeVar

from services.contracts.indicators.index_methods import (
    ClassBy,
    Combination,
    Direction,
    NormaliseWithin,
    Standardisation,
)
from services.contracts.indicators.indices import ClassLimit, NewIndex
from services.indicators.periods import parse_period

Place = tuple[date, str]
"""The last day of a period, and an area."""
FEWEST = 2
"""Of fewer areas none can be compared with another."""
_NOISE = 1e-12
P = TypeVar("P")


class Score(NamedTuple):
    """An area's standardised components, their weighted sum, and the index."""

    parts: tuple[float, ...]
    sum: float
    value: float


def weights_of(recipe: NewIndex) -> list[float]:
    """The weight of each component, negative where a high figure lowers the index."""
    signs = {Direction.raises: 1, Direction.lowers: -1}
    return [float(one.weight) * signs[one.direction] for one in recipe.components]


def scores(
    recipe: NewIndex, rows: Mapping[Place, Sequence[float]], weights: Sequence[float]
) -> dict[Place, Score]:
    """The scores of all places; none where fewer than two areas could be compared.

    `rows` holds the figures of the components in their order, `weights` as of `weights_of`.
    """
    parts: dict[Place, list[float]] = {place: [] for place in rows}
    for n in range(len(weights)):
        column = {place: row[n] for place, row in rows.items()}
        for place, score in _scaled(recipe, column, recipe.standardisation).items():
            parts[place].append(score)
    whole = {place: found for place, found in parts.items() if len(found) == len(weights)}
    sums = {place: combined(recipe, found, weights) for place, found in whole.items()}
    values = restandardised(recipe, sums, weights)
    return {
        place: Score(tuple(whole[place]), sums[place], value) for place, value in values.items()
    }


def combined(recipe: NewIndex, parts: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted sum or mean of standardised components."""
    total = fsum(part * weight for part, weight in zip(parts, weights, strict=True))
    if recipe.combination is Combination.mean:
        return total / (fsum(map(abs, weights)) or 1.0)
    return total


def restandardised(
    recipe: NewIndex, sums: Mapping[Place, float], weights: Sequence[float]
) -> dict[Place, float]:
    """The sums, standardised once more if the recipe says so.

    Components that cancel each other out leave nothing but rounding: all areas are then equal.
    """
    if not recipe.restandardise:
        return dict(sums)
    sample = recipe.standardisation is Standardisation.z_sample
    how = Standardisation.z_sample if sample else Standardisation.z_population
    size = 1.0 if recipe.combination is Combination.mean else fsum(map(abs, weights))
    return _scaled(recipe, sums, how, size)


def _scaled(
    recipe: NewIndex, column: Mapping[Place, float], how: Standardisation, size: float = 0.0
) -> dict[Place, float]:
    made: dict[Place, float] = {}
    for members, reference in scopes(recipe, column):
        if len(reference) >= FEWEST:
            scale = _SCALES[how]([column[place] for place in reference], size)
            made |= {place: scale(column[place]) for place in members}
    return made


def scopes(
    recipe: NewIndex, places: Iterable[Place]
) -> list[tuple[Collection[Place], Collection[Place]]]:
    """Places that are standardised together, each group with the places that set the scale."""
    all_places = sorted(places)
    if recipe.normalise_within is NormaliseWithin.pooled:
        return [(all_places, all_places)]
    periods: dict[date, list[Place]] = defaultdict(list)
    for place in all_places:
        periods[place[0]].append(place)
    if recipe.base_period is not None:
        return [(all_places, periods.get(parse_period(recipe.base_period).end, []))]
    return [(group, group) for group in periods.values()]


def spread(values: Sequence[float], size: float, *, sample: bool) -> tuple[float, float]:
    """Mean and standard deviation; 0 where the values differ by no more than rounding.

    `size` is how large the numbers were that the values were computed from.
    """
    mean = fsum(values) / len(values)
    squares = fsum((value - mean) ** 2 for value in values)
    deviation = sqrt(squares / (len(values) - sample))
    largest = max(size, *map(abs, values))
    return mean, deviation if deviation > _NOISE * largest else 0.0


def _by_population(values: Sequence[float], size: float) -> Callable[[float], float]:
    mean, deviation = spread(values, size, sample=False)
    return lambda value: (value - mean) / deviation if deviation else 0.0


def _by_sample(values: Sequence[float], size: float) -> Callable[[float], float]:
    mean, deviation = spread(values, size, sample=True)
    return lambda value: (value - mean) / deviation if deviation else 0.0


def _min_max(values: Sequence[float], _: float) -> Callable[[float], float]:
    low, high = min(values), max(values)
    return lambda value: (value - low) / (high - low) if high > low else 0.0


def _ranks(values: Sequence[float], _: float) -> Callable[[float], float]:
    """From 0 to 1; equal values share the mean of their ranks."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return lambda value: (
        (bisect_left(ordered, value) + bisect_right(ordered, value) - 1) / (2 * last)
    )


_SCALES: Mapping[Standardisation, Callable[[Sequence[float], float], Callable[[float], float]]] = {
    Standardisation.z_population: _by_population,
    Standardisation.z_sample: _by_sample,
    Standardisation.min_max: _min_max,
    Standardisation.ranks: _ranks,
}


def class_of(position: float, classes: Sequence[ClassLimit]) -> ClassLimit:
    """The class of an unrounded position: the first whose limit is not passed."""
    for one in classes[:-1]:
        assert one.up_to is not None
        limit = float(one.up_to)
        if position < limit or (one.including and position == limit):
            return one
    return classes[-1]


def classified(
    class_by: ClassBy, classes: Sequence[ClassLimit], values: Mapping[P, float]
) -> dict[P, ClassLimit]:
    """The class of each value among values of one period (and one level)."""
    if class_by is ClassBy.value:
        return {place: class_of(value, classes) for place, value in values.items()}
    ordered = sorted(values.values())
    return {
        place: class_of(bisect_right(ordered, value) / len(ordered), classes)
        for place, value in values.items()
    }
