"""What figures say beside others: words and numbers that maps, charts and profiles share."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Answer, Texts, example

Number = float | int


class WhyNot(StrEnum):
    """Why something could not be computed from what is published."""

    no_value = "no_value"
    not_a_share = "not_a_share"
    not_a_count = "not_a_count"
    no_counts = "no_counts"
    counts_hidden = "counts_hidden"
    counts_differ = "counts_differ"
    few_areas = "few_areas"
    not_additive = "not_additive"


class TrendDirection(StrEnum):
    """Where a series is going (Tendenz)."""

    rising = "rising"
    falling = "falling"
    steady = "steady"
    unclear = "unclear"
    unknown = "unknown"


class TrendCertainty(StrEnum):
    """How hardly chance alone would have done the same."""

    clear = "clear"
    weak = "weak"


class Verdict(StrEnum):
    """How an area compares with a larger one; by direction only where one is the better."""

    better = "better"
    worse = "worse"
    similar = "similar"
    above = "above"
    below = "below"


class Rank(Answer):
    """The place among the areas of a level that have a value (Rang).

    1 is the best; where no direction is better, the largest. Equal values share the better place.
    """

    model_config = example(rank=4, of=14, best=3, worst=9)

    rank: int
    of: int = Field(description="Areas with a value.")
    best: int | None = Field(
        description="1 more than the areas whose whole interval lies on the better side."
    )
    worst: int | None = Field(
        description="Null, as `best`, where there is no interval: see `interval_missing`."
    )


class Interval(Answer):
    """Where the rate lies if chance is taken into account (Konfidenzintervall nach Wilson)."""

    model_config = example(lower=11.2, upper=14.1, level=0.95)

    lower: Number
    upper: Number
    level: Number


class Trend(Answer):
    """Where the last periods are going (Tendenz): Mann-Kendall test, Theil-Sen slope."""

    model_config = example(
        direction="falling", certainty="weak", per_year=-0.35, change=-1.4, values=5
    )

    direction: TrendDirection = Field(
        description="`unclear` if chance alone could have done it, `unknown` below three values."
    )
    certainty: TrendCertainty | None = Field(
        description="`clear`: chance does it in less than 5 of 100 cases; `weak`: less than 10."
    )
    per_year: Number | None = Field(description="Median change per year, in the unit.")
    change: Number | None = Field(description="From the first to the last value.")
    values: int = Field(description="How many values it rests on.")


class Reference(Answer):
    """The figure of a larger area to compare with (Vergleichswert)."""

    model_config = example(
        role="municipality",
        area="jena",
        name={"de": "Jena"},
        level="kreisfreie-stadt",
        value=7.1,
        status="normal",
        reason=None,
    )

    role: Literal["parent", "municipality", "above"]
    area: str
    name: Texts
    level: str
    value: Number | None
    status: ValueStatus
    reason: str | None = Field(description="Why there is no value, in words.")
