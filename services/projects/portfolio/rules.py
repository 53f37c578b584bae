"""The figures of grants, summed in groups: pure functions over exact decimals."""

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from services.contracts.projects.grants import GrantState
from services.contracts.projects.portfolio import (
    Portfolio,
    PortfolioAxis,
    PortfolioFigures,
    PortfolioGroup,
    PortfolioRate,
    PortfolioSum,
    PortfolioYear,
)
from services.projects.absorption import rules as absorption
from services.projects.computing import known, missing
from services.projects.grant_facts.rules import Facts
from services.projects.outlooks.rules import Outlook, outlook

PAYING = frozenset({GrantState.granted, GrantState.closed})
OWN = ("own", "municipal")
ZERO = Decimal("0.00")


class Step(StrEnum):
    """By which steps of time payments are summed."""

    year = "year"
    day = "day"


@dataclass(frozen=True)
class Told:
    """A grant, and what is known of it on the day."""

    project: str
    programme: str
    claimed: Decimal
    facts: Facts

    @cached_property
    def outlook(self) -> Outlook:
        """What will be spent of it."""
        return outlook(self.facts)

    @property
    def paid_out(self) -> Decimal:
        """What came of it."""
        return known(flow.amount for flow in self.facts.payouts)

    @property
    def remaining(self) -> Decimal | None:
        """What of it has not come."""
        if self.facts.granted is None:
            return None
        return self.facts.granted - self.paid_out + self.facts.repaid

    @property
    def own(self) -> Decimal | None:
        """Own and municipal money; not known without a financing plan."""
        amounts = [source.amount for source in self.facts.sources if source.kind in OWN]
        return None if not self.facts.sources or missing(*amounts) else known(amounts)

    @property
    def certified(self) -> Decimal | None:
        """The grant's money in what the funder accepted."""
        return self.facts.of_grant(self.facts.certified)

    @property
    def lapse(self) -> Decimal | None:
        """What lapses in all years; not known while it is not of one."""
        lost = self.outlook.lapses.values()
        return None if not lost or missing(*lost) else known(lost)

    @cached_property
    def planned(self) -> Mapping[int, Decimal] | None:
        """The cost planned by year; not known where a line has no year."""
        dated = [(line.year, line.amount) for line in self.facts.budget if line.year is not None]
        return _by_year(dated) if dated and len(dated) == len(self.facts.budget) else None

    @cached_property
    def spent(self) -> Mapping[int, Decimal]:
        """The cost paid, by year."""
        return _by_year((s.paid_on.year, s.counts) for s in self.facts.paid if s.paid_on)

    @cached_property
    def came(self) -> Mapping[int, Decimal]:
        """What of the grant came, by year."""
        return _by_year((flow.day.year, flow.amount) for flow in self.facts.payouts)

    @cached_property
    def values(self) -> "_Values":
        """Its amounts: computed once, in however many groups it is."""
        return _Values(self)

    def years(self) -> set[int]:
        """The years of its period, and those in which money flowed."""
        return {*self.spent, *self.came, *self.outlook.allotted}


def _by_year(amounts: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for year, amount in amounts:
        found[year] = found.get(year, ZERO) + amount
    return found


_SUMS: Mapping[str, Callable[[Told], Decimal | None]] = {
    "granted": lambda one: one.facts.granted,
    "own": lambda one: one.own,
    "budget": lambda one: one.facts.eligible_cost,
    "spent": lambda one: one.facts.spent,
    "committed": lambda one: known(order.amount for order in one.facts.orders),
    "claimed": lambda one: one.claimed,
    "paid_out": lambda one: one.paid_out,
    "repaid": lambda one: one.facts.repaid,
    "remaining": lambda one: one.remaining,
    "forecast": lambda one: one.outlook.forecast,
    "lapse": lambda one: one.lapse,
}
_YEARS: Mapping[str, Callable[[Told, int], Decimal | None]] = {
    "planned": lambda one, year: None if one.planned is None else one.planned.get(year, ZERO),
    "spent": lambda one, year: one.spent.get(year, ZERO),
    "allotted": lambda one, year: one.outlook.allotted.get(year),
    "paid_out": lambda one, year: one.came.get(year, ZERO),
    "forecast": lambda one, year: one.outlook.claimed.get(year),
    "lapse": lambda one, year: one.outlook.lapses.get(year),
}


def portfolio(
    grants: Sequence[Told], on: date, by: PortfolioAxis, projects: Mapping[str, Collection[str]]
) -> Portfolio:
    """The grants in their groups: each group counts what belongs to it, the total counts once.

    A grant belongs to its programme, else to every group of its project in `projects`.
    """
    found: dict[str | None, list[Told]] = {}
    several = 0
    for one in grants:
        keys = [one.programme] if by is PortfolioAxis.programme else projects.get(one.project, ())
        several += len(keys) > 1
        for key in keys or (None,):
            found.setdefault(key, []).append(one)
    return Portfolio(
        on=on,
        by=by,
        currency="EUR",
        several=several,
        groups=[
            PortfolioGroup(key=key, **figures([one.values for one in found[key]]))
            for key in sorted(found, key=lambda key: (key is None, key or ""))
        ],
        total=PortfolioFigures(**figures([one.values for one in grants])),
    )


class _Values:
    """The amounts of one grant, in the order of their names, and by year."""

    def __init__(self, one: Told) -> None:
        self.project = one.project
        self.granted, self.certified = one.facts.granted, one.certified
        self.sums = [of(one) for of in _SUMS.values()]
        self.years = {year: [of(one, year) for of in _YEARS.values()] for year in one.years()}


def figures(values: Sequence[_Values]) -> dict[str, Any]:
    """The sums of some grants, and of each of their years."""
    by_year: dict[int, list[Sequence[Decimal | None]]] = {}
    for one in values:
        for year, amounts in one.years.items():
            by_year.setdefault(year, []).append(amounts)
    return {
        "grants": len(values),
        "projects": sorted({one.project for one in values}),
        "absorption": _absorption(values),
        "years": [
            PortfolioYear(year=year, **_totals(_YEARS, by_year[year])) for year in sorted(by_year)
        ],
        **_totals(_SUMS, [one.sums for one in values]),
    }


def _totals(
    names: Iterable[str], amounts: Sequence[Sequence[Decimal | None]]
) -> dict[str, PortfolioSum]:
    """Sums by name, each over what all say in its place."""
    columns = zip(*amounts, strict=True) if amounts else itertools.repeat(())
    return {name: total(column) for name, column in zip(names, columns, strict=False)}


def _absorption(values: Sequence[_Values]) -> PortfolioRate:
    both = [one for one in values if not missing(one.granted, one.certified)]
    figure = absorption.absorption(
        known(one.certified for one in both), known(one.granted for one in both)
    )
    percent = figure.value if isinstance(figure.value, Decimal) else None
    return PortfolioRate(percent=percent, unknown=len(values) - len(both))


def total(amounts: Iterable[Decimal | None]) -> PortfolioSum:
    """The sum of what is known, and how many are not; null, never zero, where nothing is."""
    found = tuple(amounts)
    there = [amount for amount in found if amount is not None]
    return PortfolioSum(amount=sum(there, ZERO) if there else None, unknown=len(found) - len(there))
