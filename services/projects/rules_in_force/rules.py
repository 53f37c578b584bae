"""Which rules hold: those of every programme, of one, of its funding periods and of a notice."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from services.contracts.projects.figures import Clause, Parameter, Rule, Unit
from services.contracts.projects.programmes import FundingPeriod
from services.projects.funding_rules.rules import Override, unit_of

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
    """What the funding periods of a programme say of positions and rates, as rules, where no rule
    says it for the whole programme."""
    there = {rule.parameter for rule in said if rule.scope is None}
    clause = Clause(text=PERIOD, source=", ".join(legal_basis)[:200] or None, verified=False)
    return [
        Rule(
            parameter=parameter,
            value=value,
            unit=unit,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            clause=clause,
        )
        for period in periods
        for parameter, value, unit in (
            (Parameter.max_positions, period.max_positions, Unit.fte),
            (Parameter.max_rate, period.max_rate, Unit.percent),
        )
        if value is not None and parameter not in there
    ]


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
