"""Shares from sizes: pure functions."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Any

_STEP = Decimal("0.000000000001")


def shares(sizes: Sequence[Decimal]) -> list[Decimal]:
    """The parts of a whole by size, with twelve decimals; together they are exactly 1.

    What rounding leaves goes to the largest. Where all sizes are zero there is nothing to divide
    by: the parts are equal.
    """
    total = sum(sizes)
    if not total:
        return shares([Decimal(1)] * len(sizes))
    parts = [(size / total).quantize(_STEP, ROUND_DOWN) for size in sizes]
    largest = max(range(len(sizes)), key=lambda n: sizes[n])
    parts[largest] += 1 - sum(parts)
    return parts


def overlaps(whole: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> list[Decimal]:
    """The surface that each of the shapes has in common with the whole (GeoJSON, WGS84).

    In square degrees, a degree of longitude shortened to the latitude of the whole: right as a
    proportion within one area. Slow for many positions.
    """
    from math import cos, radians

    from shapely import affinity
    from shapely.geometry import shape

    around = shape(whole)
    short = cos(radians(around.centroid.y))

    def flat(geometry: Any) -> Any:
        return affinity.scale(geometry, xfact=short, origin=(0, 0)).buffer(0)

    here = flat(around)
    return [Decimal(repr(here.intersection(flat(shape(part))).area)) for part in parts]
