"""Why an area is in its class, and what would put it into another one: pure functions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum, isfinite, sqrt
from typing import Any

from services.contracts.indicators.index_methods import ClassBy, Combination
from services.contracts.indicators.index_results import (
    Explained,
    ExplainedComponent,
    LimitDistance,
    WeightFlip,
)
from services.contracts.indicators.indices import ClassLimit, NewIndex
from services.indicators.indices.method.results import DECIMALS, Result
from services.indicators.indices.method.scores import (
    Place,
    Score,
    class_of,
    classified,
    combined,
    restandardised,
    scopes,
    weights_of,
)

_HUNDREDTHS = 2
_NOISE = 1e-10
"""Where components cancel each other out, no more is left of their variance than rounding."""
_BEYOND = 1e-4
"""How far past a calculated limit the class is looked up, as a part of the weight."""


@dataclass(frozen=True)
class Half:
    """State or dynamics of one level: the limits of its classes and the scores of all places."""

    classes: Sequence[ClassLimit]
    scores: Mapping[Place, Score]


def half(results: Sequence[Result], name: str, classes: Sequence[ClassLimit]) -> Half:
    """The `status` or the `dynamics` of results of one level, from what was kept of them."""
    found = {}
    for one in results:
        parts = _read(one.parts)
        if name in parts:
            scores, total, value = parts[name]
            found[one.period_end, one.area] = Score(tuple(scores), total, value)
    return Half(classes, found)


def _read(parts: Any) -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(parts) if isinstance(parts, str) else parts or {}
    return read


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
        areas=len(_group(recipe, half, place)),
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


def _group(recipe: NewIndex, half: Half, place: Place) -> Sequence[Place]:
    """The places that set the scale for this one."""
    for members, reference in scopes(recipe, half.scores):
        if place in members:
            return list(reference)
    return []


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
        flip=_flip(recipe, half, place, n, mine),
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


def _flip(
    recipe: NewIndex, half: Half, place: Place, n: int, mine: ClassLimit
) -> WeightFlip | None:
    """The nearest weight of one component at which the class of a place changes.

    The index is then (a + w b) / sqrt(var(a + w b)), centred, of the other components' sum a and
    the component's own score b: its crossings with a limit are roots of a quadratic.
    """
    if recipe.class_by is not ClassBy.value:
        return None
    weights = weights_of(recipe)
    sign = 1.0 if weights[n] > 0 else -1.0
    now = abs(weights[n])
    line = _Line.of(recipe, half, place, n, weights, sign)
    found: list[tuple[float, float, str]] = []
    for limit in (float(one.up_to) for one in half.classes if one.up_to is not None):
        for weight in (*line.crossings(limit), *line.breaks()):
            if not isfinite(weight) or weight < 0:
                continue
            step = _BEYOND * max(weight, now, 1.0)
            for beside in (weight, weight - step, weight + step):
                value = line.value(beside) if beside >= 0 else None
                if value is not None and class_of(value, half.classes).code != mine.code:
                    code = class_of(value, half.classes).code
                    found.append((abs(weight - now), weight, code))
                    break
    if not found:
        return None
    change, weight, code = min(found)
    signed = change if weight >= now else -change
    return WeightFlip(weight=round(weight, 4), change=round(signed, 4), class_code=code)


@dataclass(frozen=True)
class _Line:
    """How the index of one place depends on the weight of one component.

    `a`, `b`: its own two parts; `var` = (var a, cov, var b) of the places that set the scale, None
    where sums are not standardised again; `rest` is the sum of the other weights for a mean.
    """

    a: float
    b: float
    var: tuple[float, float, float] | None
    rest: float | None

    @classmethod
    def of(
        cls,
        recipe: NewIndex,
        half: Half,
        place: Place,
        n: int,
        weights: Sequence[float],
        sign: float,
    ) -> "_Line":
        def others(at: Place) -> float:
            parts = half.scores[at].parts
            return fsum(
                p * w for k, (p, w) in enumerate(zip(parts, weights, strict=True)) if k != n
            )

        def own(at: Place) -> float:
            return sign * half.scores[at].parts[n]

        if not recipe.restandardise:
            mean = recipe.combination is Combination.mean
            rest = fsum(abs(w) for k, w in enumerate(weights) if k != n) if mean else None
            return cls(others(place), own(place), None, rest)
        group = _group(recipe, half, place)
        a, b = [others(at) for at in group], [own(at) for at in group]
        mean_a, mean_b = fsum(a) / len(group), fsum(b) / len(group)
        count = len(group) - (recipe.standardisation == "z_sample")
        pairs = [(x - mean_a, y - mean_b) for x, y in zip(a, b, strict=True)]
        var = (
            fsum(x * x for x, _ in pairs) / count,
            fsum(x * y for x, y in pairs) / count,
            fsum(y * y for _, y in pairs) / count,
        )
        return cls(others(place) - mean_a, own(place) - mean_b, var, None)

    def value(self, weight: float) -> float | None:
        total = self.a + weight * self.b
        if self.var is None:
            return total if self.rest is None else _ratio(total, self.rest + weight)
        va, cov, vb = self.var
        variance = va + 2 * weight * cov + weight * weight * vb
        alone = va + weight * weight * vb
        return total / sqrt(variance) if variance > _NOISE * alone else 0.0

    def crossings(self, limit: float) -> list[float]:
        if self.var is None:
            rest, slope = (0.0, 0.0) if self.rest is None else (limit * self.rest, limit)
            target = limit if self.rest is None else rest
            return _roots(0.0, self.b - slope, self.a - target)
        va, cov, vb = self.var
        square = limit * limit
        roots = _roots(
            self.b * self.b - square * vb,
            2 * (self.a * self.b - square * cov),
            self.a * self.a - square * va,
        )
        return [root for root in roots if (self.a + root * self.b) * limit >= 0]

    def breaks(self) -> list[float]:
        """Where the index may jump: left out altogether, or cancelled out by the others."""
        if self.var is None or not self.var[2]:
            return [0.0]
        return [0.0, -self.var[1] / self.var[2]]


def _ratio(above: float, below: float) -> float | None:
    return above / below if below else None


def _roots(square: float, linear: float, constant: float) -> list[float]:
    if abs(square) < 1e-15:
        return [-constant / linear] if linear else []
    inner = linear * linear - 4 * square * constant
    if inner < 0:
        return []
    root = sqrt(inner)
    return [(-linear - root) / (2 * square), (-linear + root) / (2 * square)]
