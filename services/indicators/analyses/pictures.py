"""What is known of one indicator on one level of areas, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from services.contracts.indicators.catalogue import Polarity
from services.indicators.analyses.rules import MISSING, Figure


@dataclass(frozen=True)
class Question:
    """What an analysis is of; None leaves the choice to what there is."""

    indicator: str
    level: str | None = None
    within: str | None = None
    areas: tuple[str, ...] | None = None
    period: str | None = None
    breakdown: str = ""
    release: int | None = None
    periods: int = 5


@dataclass(frozen=True)
class Place:
    """An area in its version of the period's last day."""

    key: str
    level: str
    name: Mapping[str, str]
    parent: str | None
    version: str
    revision: int
    has_geometry: bool
    schematic: bool


class Class(NamedTuple):
    """A class of an index, without limit the highest; is the limit in it or in the next?"""

    label: Mapping[str, str]
    up_to: float | None
    including: bool


@dataclass(frozen=True)
class Classes:
    """The classes that a recipe divides an index into, and the number of that of each area.

    `by_share`: the limits are shares of areas, not values.
    """

    classes: Sequence[Class]
    by_share: bool
    numbers: Mapping[str, int]

    @property
    def limits(self) -> list[float]:
        """The limits between values; none where areas are divided by shares."""
        limits = [one.up_to for one in self.classes if one.up_to is not None]
        return [] if self.by_share else limits


@dataclass(frozen=True)
class Picture:
    """One indicator, one level, one period, and the periods before."""

    release: int | None
    state: tuple[int, int, int]
    indicator: Mapping[str, Any]
    level: Mapping[str, Any]
    period: str
    period_end: date
    breakdown: str
    areas: Sequence[Place]
    references: Mapping[str, Place]
    periods: Sequence[str] = ()
    ends: Mapping[str, date] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], Figure] = field(default_factory=dict)
    counts: Mapping[tuple[str, str], Figure] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    unseen: int = 0
    """Areas of the level that the reader may not see."""
    classes: Classes | None = None
    """Where the indicator holds an index: the classes of its recipe."""

    def figure(self, area: str, period: str | None = None) -> Figure:
        """What is published of an area in a period; the chosen one if none is named."""
        return self.figures.get((area, period or self.period), MISSING)

    def series(self, area: str) -> list[tuple[str, Figure]]:
        """The figures of an area in all periods, the earliest first."""
        return [(period, self.figure(area, period)) for period in self.periods]

    @property
    def polarity(self) -> Polarity:
        return Polarity(self.indicator["polarity"])

    @property
    def decimals(self) -> int:
        return int(self.indicator["decimals"])

    @cached_property
    def above(self) -> list[Place]:
        """The areas that all of these are part of, the nearest first."""
        chains = [self.chain(area) for area in self.areas]
        common = [key for key in chains[0] if all(key in other for other in chains)]
        return [self.references[key] for key in common]

    def chain(self, area: Place) -> list[str]:
        """The keys of the areas above, the nearest first."""
        found: list[str] = []
        while (above := self.references.get(area.parent or "")) and above.key not in found:
            found.append(above.key)
            area = above
        return found
