"""At which weight of one component an area would change its class: pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt

from services.contracts.indicators.index_methods import ClassBy, Combination
from services.contracts.indicators.index_results import WeightFlip
from services.contracts.indicators.indices import ClassLimit, NewIndex
from services.indicators.indices.method.halves import Half, group
from services.indicators.indices.method.scores import Place, class_of, weights_of

_NOISE = 1e-10
"""Where components cancel each other out, no more is left of their variance than rounding."""
_BEYOND = 1e-4
"""How far past a calculated limit the class is looked up, as a part of the weight."""


def flip(recipe: NewIndex, half: Half, place: Place, n: int, mine: ClassLimit) -> WeightFlip | None:
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
        places = group(recipe, half, place)
        a, b = [others(at) for at in places], [own(at) for at in places]
        mean_a, mean_b = fsum(a) / len(places), fsum(b) / len(places)
        count = len(places) - (recipe.standardisation == "z_sample")
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
