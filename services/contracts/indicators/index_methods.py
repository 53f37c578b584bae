"""By which methods an index is made (Verfahren der Indexbildung)."""

from enum import StrEnum


class Direction(StrEnum):
    """Whether a high figure of a component raises or lowers the index."""

    raises = "raises"
    lowers = "lowers"


class Standardisation(StrEnum):
    """How the figures of different components are made comparable."""

    z_population = "z_population"
    z_sample = "z_sample"
    min_max = "min_max"
    ranks = "ranks"


class NormaliseWithin(StrEnum):
    """Within which figures: each period by itself, all periods together, or as in one period.

    Each period by itself says how areas stand to each other; it forbids to read a value over time.
    """

    period = "period"
    pooled = "pooled"
    base_period = "base_period"


class Combination(StrEnum):
    """Whether the weighted components are added or averaged."""

    sum = "sum"
    mean = "mean"


class ClassBy(StrEnum):
    """What class limits are compared with: the value, or the share of areas up to that value."""

    value = "value"
    share = "share"
