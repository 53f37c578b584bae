"""What is asked of the indicators for targets of measures, and what the answers say of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel

from services.contracts.indicators.observations import IndicatorInBrief, Observations
from services.contracts.indicators.values import ValueStatus
from services.contracts.projects.effects import CrosswalkRead
from services.contracts.projects.measure_targets import MeasureTarget
from services.projects.territory_changes.rules import Change, Led, led


class Area(BaseModel):
    """What is needed of an area (Gebiet)."""

    parent: str | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Figure:
    """A published figure of a period."""

    value: Decimal | None
    status: ValueStatus
    reason: str | None = None
    provisional: bool = False
    estimated: bool = False


Series = Mapping[str, Figure]
"""Figures by period."""


@dataclass(frozen=True)
class Place:
    """Where a target is: the area above it, its territory if not today's, what led there."""

    parent: str | None = None
    territory: date | None = None
    crosswalks: Sequence[CrosswalkRead] = ()


@dataclass
class PublishedFigures:
    """Figures as everybody sees them: by territory, indicator and breakdown, by area, by period."""

    on: date
    release: int | None = None
    released_at: datetime | None = None
    briefs: dict[str, IndicatorInBrief] = field(default_factory=dict)
    areas: dict[str, Area | None] = field(default_factory=dict)
    """The areas of targets as they are today or were last."""
    changes: Sequence[Change] = ()
    """Of the territory, those that everybody may see."""
    series: dict[tuple[date, str, str, str], dict[str, Figure]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _ways: dict[tuple[frozenset[str], date], Led] = field(default_factory=dict)
    """Found once for all targets that are in the same areas."""

    def of(self, target: MeasureTarget, area: str) -> Series:
        place = (self.territory(target.area), target.indicator, target.breakdown, area)
        return self.series.get(place, {})

    def territory(self, area: str) -> date:
        """Today, or the last day of an area that is no more."""
        found = self.areas.get(area)
        ended = found.valid_to if found else None
        return self.on if ended is None else min(self.on, ended - timedelta(days=1))

    def take(self, territory: date, found: Observations) -> None:
        columns, provisional = found.columns, set(found.provisional)
        estimated = set(found.estimated or ())
        self.release, self.released_at = found.release, found.released_at
        self.briefs |= found.indicators
        for n, value in enumerate(columns.value):
            place = (territory, columns.indicator[n], columns.breakdown[n], columns.area[n])
            self.series[place][columns.period[n]] = Figure(
                value,
                columns.status[n],
                found.reasons.get(str(n)),
                provisional=n in provisional,
                estimated=n in estimated,
            )

    def place(self, target: MeasureTarget) -> Place:
        day = self.territory(target.area)
        ended = None if day == self.on else day
        return Place(self._above(target.area), ended, tuple(self._led(target).by))

    def until(self, targets: Sequence[MeasureTarget]) -> date | None:
        """The first day, as far as it is known, on which the territory of a target is another."""
        ends = (found.valid_to for t in targets if (found := self.areas.get(t.area)))
        changes = (self._led(target).until for target in targets)
        ahead = [day for day in (*ends, *changes) if day is not None and day > self.on]
        return min(ahead, default=None)

    def areas_of(self, target: MeasureTarget) -> set[str]:
        """The area of a target, the one above it and those that it is compared with."""
        above = self._above(target.area)
        return {target.area, *target.compared_with} | ({above} if above is not None else set())

    def _above(self, area: str) -> str | None:
        found = self.areas.get(area)
        return found.parent if found else None

    def _led(self, target: MeasureTarget) -> Led:
        areas, territory = frozenset(self.areas_of(target)), self.territory(target.area)
        if (areas, territory) not in self._ways:
            self._ways[areas, territory] = led(self.changes, areas, territory, self.on)
        return self._ways[areas, territory]


class Question(NamedTuple):
    """One question; totals alone, or parts as well."""

    indicator: str
    territory: date
    areas: Sequence[str]
    totals: bool


def questions(targets: Sequence[MeasureTarget], published: PublishedFigures) -> list[Question]:
    """What is to be asked for these targets, of which the areas are known."""
    areas = defaultdict[tuple[str, date], set[str]](set)
    totals = defaultdict[str, bool](lambda: True)
    for target in targets:
        territory = published.territory(target.area)
        areas[target.indicator, territory] |= published.areas_of(target)
        totals[target.indicator] &= target.breakdown == ""
    return [
        Question(indicator, territory, sorted(named), totals[indicator])
        for (indicator, territory), named in sorted(areas.items())
    ]
