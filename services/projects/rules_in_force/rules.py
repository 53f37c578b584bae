"""Which rules hold: those of every programme, of one, of its funding periods and of a notice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from services.contracts.projects.figures import Clause, Parameter, Rule, Unit
from services.contracts.projects.programmes import FundingPeriod
from services.projects.funding_rules.rules import Override, unit_of

ONE = timedelta(days=1)
PERIOD = "Förderperiode des Programms"
"""The clause of what a funding period says."""


def by_figure(rules: Iterable[Rule]) -> dict[tuple[Parameter, str | None], Rule]:
    """The rules by parameter and scope; they come from the general to the special, which wins."""
    return {(rule.parameter, rule.scope): rule for rule in rules}


def over_time(
    rules: Sequence[Rule], overrides: Iterable[Override], notice: str | None
) -> list[Rule]:
    """The rules of every day; where the notice says a figure, it says it for all of them, and
    where a programme says one, what holds for every programme does not count."""
    latest = by_figure(rules)
    said = [_overriding(override, latest, notice) for override in overrides]
    theirs = {(rule.parameter, rule.scope) for rule in said}
    return said + [rule for rule in reversed(rules) if (rule.parameter, rule.scope) not in theirs]


def holds(rule: Rule, day: date) -> bool:
    """Does it hold on the day?"""
    return (rule.starts_on or date.min) <= day <= (rule.ends_on or date.max)


def of_periods(
    periods: Iterable[FundingPeriod], legal_basis: Sequence[str], said: Iterable[Rule]
) -> list[Rule]:
    """What the funding periods of a programme say of positions and rates, as rules of the days for
    which no rule says it for the whole programme: one that is in force until a day, or from one
    on, leaves the others to the periods."""
    there: dict[Parameter, list[tuple[date, date]]] = defaultdict(list)
    for rule in said:
        if rule.scope is None:
            there[rule.parameter].append((rule.starts_on or date.min, rule.ends_on or date.max))
    clause = Clause(text=PERIOD, source=", ".join(legal_basis)[:200] or None, verified=False)
    return [
        Rule(
            parameter=parameter,
            value=value,
            unit=unit,
            starts_on=first,
            ends_on=last,
            clause=clause,
        )
        for period in periods
        for parameter, value, unit in (
            (Parameter.max_positions, period.max_positions, Unit.fte),
            (Parameter.max_rate, period.max_rate, Unit.percent),
        )
        if value is not None
        for first, last in _left(period, there[parameter])
    ]


def _left(
    period: FundingPeriod, taken: Iterable[tuple[date, date]]
) -> Iterator[tuple[date, date | None]]:
    """The days of the period that are not taken, as spans."""
    day, end = period.starts_on, period.ends_on or date.max
    for first, last in sorted(taken):
        if last < day or first > end:
            continue
        if first > day:
            yield day, first - ONE
        if last >= end:
            return
        day = last + ONE
    yield day, period.ends_on


def on_day(rules: Iterable[Rule], day: date) -> dict[tuple[Parameter, str | None], Rule]:
    """Those of the rules that hold on the day; of several the first."""
    found: dict[tuple[Parameter, str | None], Rule] = {}
    for rule in rules:
        if holds(rule, day):
            found.setdefault((rule.parameter, rule.scope), rule)
    return found


def _overriding(
    override: Override,
    known: Mapping[tuple[Parameter, str | None], Rule],
    notice: str | None,
) -> Rule:
    """The rule that an override makes; its clause names the notice and is verified, because it is
    the notice. One that says no unit takes that of what it overrides, or the usual one."""
    parameter = Parameter(override.parameter)
    before = known.get((parameter, override.scope)) or known.get((parameter, None))
    return Rule(
        parameter=parameter,
        scope=override.scope,
        value=override.value,
        text=override.text,
        unit=unit_of(parameter, override, before),
        clause=Clause(text=override.clause, source=None, verified=True, notice=notice),
    )
