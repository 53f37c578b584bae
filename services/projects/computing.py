"""How figures are put together, so that every one of them can explain itself."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from services.contracts.projects.figures import (
    Clause,
    Figure,
    FigureStatus,
    Input,
    Reason,
    Rule,
    Unit,
)
from services.contracts.shared.base import shortest
from services.projects.allocation.rules import cents

HUNDRED = Decimal(100)
_DAY = timedelta(days=1)
Number = Decimal | Fraction
Given = Decimal | int | date | str | None | Rule | Figure | tuple[Decimal | None, Unit]
"""An input: a plain value, one with its unit, a rule, or another figure."""


def euros(amount: Decimal | None) -> tuple[Decimal | None, Unit]:
    """An amount as an input."""
    return amount, Unit.euro


@dataclass(frozen=True)
class Computation:
    """A figure before its result: what it is, by which formula, from which inputs."""

    key: str
    unit: Unit
    formula: str
    inputs: Mapping[str, Given]
    scope: str | None = None
    law: Sequence[Clause] = ()

    def gives(
        self,
        value: Number | date | str,
        status: FigureStatus = FigureStatus.ok,
        *law: Clause,
    ) -> Figure:
        """The figure with its value; numbers are rounded here and nowhere before."""
        if isinstance(value, (Decimal, Fraction)):
            value = rounded(value, self.unit)
        return self._figure(value, None, status, law)

    def lacks(self, reason: Reason, status: FigureStatus = FigureStatus.unknown) -> Figure:
        """The figure without a value, and why there is none."""
        return self._figure(None, reason, status, ())

    def _figure(
        self,
        value: Decimal | date | str | None,
        reason: Reason | None,
        status: FigureStatus,
        more: Sequence[Clause],
    ) -> Figure:
        return Figure(
            key=self.key,
            scope=self.scope,
            value=value,
            unit=self.unit,
            status=status,
            reason=reason,
            formula=self.formula,
            clauses=_clauses([*self.law, *more], self.inputs.values()),
            inputs=[_input(name, given) for name, given in self.inputs.items()],
        )


def _clauses(law: Iterable[Clause], inputs: Iterable[Given]) -> list[Clause]:
    """The clauses of the figure itself and of the rules among its inputs, each once."""
    found = [*law, *(given.clause for given in inputs if isinstance(given, Rule))]
    found += [c for given in inputs if isinstance(given, Figure) for c in given.clauses]
    return list(dict.fromkeys(found))


def law(text: str, source: str | None = None, *, verified: bool = False) -> Clause:
    """A clause of general law, which holds for every programme."""
    return Clause(text=text, source=source, verified=verified)


def on(rules: Iterable[Rule], day: date, scope: str | None = None) -> Rule | None:
    """The rule that holds on the day for exactly this scope."""
    held = (
        rule
        for rule in rules
        if rule.scope == scope and (rule.starts_on or date.min) <= day <= (rule.ends_on or date.max)
    )
    return next(held, None)


def turns(rules: Iterable[Rule], first: date, last: date) -> list[date]:
    """The first day and every later one on which a rule begins or has ended."""
    found = {first}
    for rule in rules:
        found |= {rule.starts_on} if rule.starts_on else set()
        found |= {rule.ends_on + _DAY} if rule.ends_on and rule.ends_on < last else set()
    return sorted(day for day in found if first <= day <= last)


def stretches(rules: Iterable[Rule], first: date, last: date) -> list[tuple[date, date]]:
    """The time from first to last, in parts within which no rule begins or ends."""
    starts = turns(rules, first, last)
    ends = [start - _DAY for start in starts[1:]] + [last]
    return list(zip(starts, ends, strict=True)) if starts else []


@lru_cache(maxsize=4096)
def months_between(first: date, last: date) -> Fraction:
    """Months from first to last, both included; a part of a month by its calendar days."""
    if last < first:
        return Fraction(0)
    whole = (last.year - first.year) * 12 + last.month - first.month
    begun = Fraction(first.day - 1, monthrange(first.year, first.month)[1])
    ended = Fraction(last.day, monthrange(last.year, last.month)[1])
    return whole - begun + ended


def missing(*amounts: Decimal | None) -> bool:
    """Is one of them not known?"""
    return any(amount is None for amount in amounts)


def known(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of amounts that are all known."""
    total = Decimal(0)
    for amount in amounts:
        if amount is not None:
            total += amount
    return total


def ratio(part: Number, whole: Number) -> Fraction:
    """An exact quotient."""
    return Fraction(part) / Fraction(whole)


def judged(kept: bool) -> FigureStatus:
    """Is a rule kept?"""
    return FigureStatus.ok if kept else FigureStatus.breach


def rounded(value: Number, unit: Unit) -> Decimal:
    """Euros to the cent, everything else to four decimals, half up."""
    if unit is Unit.euro:
        return cents(value)
    return shortest(cents(Fraction(value) * 100) / 100)


def _input(name: str, given: Given) -> Input:
    if isinstance(given, Rule):
        value = given.value if given.value is not None else given.text
        return Input(name=name, value=value, unit=given.unit)
    if isinstance(given, Figure):
        return Input(name=name, value=given.value, unit=given.unit)
    if isinstance(given, tuple):
        return Input(name=name, value=given[0], unit=given[1])
    if isinstance(given, date):
        return Input(name=name, value=given, unit=Unit.day)
    if isinstance(given, int):
        return Input(name=name, value=Decimal(given), unit=Unit.number)
    return Input(name=name, value=given, unit=Unit.text if isinstance(given, str) else None)
