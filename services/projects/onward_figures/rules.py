"""What is passed on, held against the local rules that it names: pure functions.

Local rules (kommunale Richtlinie) stand beside those of the programme, under a scope of their own
such as `micro.saalfeld`: how much at most, which part of the cost, what the recipient adds itself,
until when to apply.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from services.contracts.projects.figures import Figure, Parameter, Reason, Rule, Unit
from services.projects.computing import HUNDRED, Computation, euros, judged, ratio
from services.projects.deadlines import rules as deadlines
from services.projects.financing.rules import reaches, within
from services.projects.grant_facts.parts import Passed
from services.projects.grant_facts.rules import Facts


@dataclass(frozen=True)
class _Asked:
    """Money passed on, and a rule that it is held against."""

    passed: Passed
    rule: Rule
    land: str | None


def figures(facts: Facts) -> Iterator[Figure]:
    """Of each that names local rules, what they say of it; nothing where they say nothing."""
    for passed in facts.passed_on:
        for parameter, judge in _JUDGES.items():
            rule = passed.rule_scope and facts.rules.get((parameter, passed.rule_scope))
            if rule:
                yield judge(_Asked(passed, rule, facts.land))


def _amount(asked: _Asked) -> Figure:
    most, passed = asked.rule.value, asked.passed
    amount = Computation(
        "onward_amount",
        Unit.euro,
        "amount <= maximum_amount",
        {"amount": euros(passed.amount), "maximum_amount": asked.rule},
        scope=passed.name,
    )
    if most is None:
        return amount.lacks(Reason.no_rule)
    return amount.gives(passed.amount, judged(passed.amount <= most))


def _share(asked: _Asked) -> Figure:
    """The share of the cost; it may be rounded up to the next cent."""
    formula = "amount / eligible_cost <= max_rate"
    return _of_cost(asked, "onward_share", formula, asked.passed.amount, within)


def _own_share(asked: _Asked) -> Figure:
    """What the recipient adds, in per cent of the cost; it may be rounded down to the cent."""
    formula = "(eligible_cost - amount) / eligible_cost >= own_share"
    cost = asked.passed.cost
    left = None if cost is None else cost - asked.passed.amount
    return _of_cost(asked, "onward_own_share", formula, left, reaches)


def _of_cost(
    asked: _Asked, key: str, formula: str, part: Decimal | None, kept: Callable[..., bool]
) -> Figure:
    """A part of the cost in per cent, against the rate of the rule."""
    passed, rule = asked.passed, asked.rule
    share = Computation(
        key,
        Unit.percent,
        formula,
        {
            "amount": euros(passed.amount),
            "eligible_cost": euros(passed.cost),
            rule.parameter: rule,
        },
        scope=passed.name,
    )
    if rule.value is None:
        return share.lacks(Reason.no_rule)
    if part is None or not passed.cost:
        return share.lacks(Reason.no_amount)
    met = kept(part, passed.cost, rule.value)
    return share.gives(ratio(part * HUNDRED, passed.cost), judged(met))


def _application(asked: _Asked) -> Figure:
    """The last day to apply: a day of the year, or so long before it begins; who applies on a day
    off that is so long before is not late."""
    rule, passed = asked.rule, asked.passed
    days = deadlines.apply_by(passed.starts_on, rule, asked.land)
    due = Computation(
        "onward_application",
        Unit.day,
        "applied_on <= application_due",
        {
            "applied_on": passed.applied_on,
            "starts_on": passed.starts_on,
            "application_due": rule,
            "land": asked.land,
        },
        scope=passed.name,
    )
    if days is None:
        return due.lacks(Reason.no_rule)
    return due.gives(max(days), judged(passed.applied_on <= max(days)))


_JUDGES = {
    Parameter.maximum_amount: _amount,
    Parameter.max_rate: _share,
    Parameter.own_share: _own_share,
    Parameter.application_due: _application,
}
