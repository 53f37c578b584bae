"""What was kept of the state or the dynamics of one level: pure functions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.contracts.indicators.indices import ClassLimit, NewIndex
from services.indicators.indices.method.results import Result
from services.indicators.indices.method.scores import Place, Score, scopes


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


def group(recipe: NewIndex, half: Half, place: Place) -> Sequence[Place]:
    """The places that set the scale for this one."""
    for members, reference in scopes(recipe, half.scores):
        if place in members:
            return list(reference)
    return []
