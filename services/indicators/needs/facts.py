"""What rules of needs analysis are decided by, and what is told of a decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from services.contracts.indicators.needs import Outcome, WhyUnknown
from services.contracts.indicators.values import ValueStatus
from services.indicators.coverage.spreading import Cover


class Figure(NamedTuple):
    """A published figure; `value` None where the status says why."""

    value: Decimal | None
    status: ValueStatus


class Classed(NamedTuple):
    """The class that an index puts an area into, or why there is none."""

    period: str
    code: str | None
    excluded: str | None


Figures = Mapping[str, Figure]
"""By area."""


@dataclass(frozen=True)
class Facts:
    """Everything that rules are decided by.

    `areas` gives the areas of each level with the one above; `latest` the newest period of an
    indicator, breakdown and level; `figures` those of an indicator, breakdown and period;
    `covered` the coverage with a kind of facility on a level, and how many of it there are;
    `classed` the newest classes of a part of an index on a level; `decimals` those with which
    the figures of an indicator are shown.
    """

    areas: Mapping[str, Mapping[str, str | None]]
    latest: Mapping[tuple[str, str, str], str]
    figures: Mapping[tuple[str, str, str], Figures]
    covered: Mapping[tuple[str, str], tuple[Mapping[str, Cover], int]] = field(default_factory=dict)
    classed: Mapping[tuple[str, str, str], Mapping[str, Classed]] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)


class Judgement(NamedTuple):
    """Whether a condition holds in an area, and by what that was decided."""

    outcome: Outcome
    reason: WhyUnknown | None = None
    period: str | None = None
    value: Decimal | None = None
    status: ValueStatus | None = None
    reference_area: str | None = None
    reference_period: str | None = None
    reference_value: Decimal | None = None
    compared: Decimal | None = None
    index_class: str | None = None
    places: int | None = None
    places_per_100: Decimal | None = None
    metres: int | None = None
