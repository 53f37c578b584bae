"""What the financing plan of a grant says against the rules: pure functions."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Figure, FigureStatus, Parameter, Unit
from services.projects.computing import Computation, known, missing, on
from services.projects.cost_options.rules import simplified_required
from services.projects.financing import rules as financing
from services.projects.financing.rules import OWN
from services.projects.grant_facts.rules import Facts
from services.projects.unit_costs.rules import leverage

JUDGED = (Parameter.applicants, Parameter.precondition, Parameter.decided_by)
"""What a programme demands in words."""


def figures(facts: Facts) -> Iterator[Figure]:
    """Shares of each source, also by year, what they leave open, and whether flat rates are due."""
    yield financing.share(
        "grant", facts.granted, facts.eligible_cost, facts.rule(Parameter.max_rate)
    )
    for kind in sorted({source.kind for source in facts.sources}):
        limits = (facts.rule(one, kind) for one in (Parameter.max_rate, Parameter.regular_rate))
        yield financing.share(kind, facts.planned_of([kind]), facts.eligible_cost, *limits)
        yield from _shares_by_year(facts, kind)
    amounts = [source.amount for source in facts.sources]
    yield financing.uncovered(facts.eligible_cost, amounts or [None])
    if facts.sources:
        yield leverage(facts.planned_of(("third_party", "other")), facts.planned_of(OWN))
    yield from _amounts(facts)
    yield from _demands(facts)
    below = facts.rule(Parameter.simplified_below)
    if below is not None:
        yield simplified_required(facts.eligible_cost, below)


def _shares_by_year(facts: Facts, kind: str) -> Iterator[Figure]:
    """The share of a source in the cost planned for each year, by the rates of that year, or of
    that year of the grant (its first, its second); not known where lines of the budget have no
    year."""
    first = facts.starts_on.year if facts.starts_on else None
    for year in sorted({s.year for s in facts.sources if s.kind == kind and s.year is not None}):
        amounts = [s.amount for s in facts.sources if (s.kind, s.year) == (kind, year)]
        whole = all(line.year is not None for line in facts.budget)
        lines = [line.amount for line in facts.budget if whole and line.year == year]
        day, limits = date(year, 12, 31), facts.rules_of(Parameter.max_rate)
        of_its_year = on(limits, day, f"{kind}.{year - first + 1}") if first else None
        yield financing.share(
            f"{kind}.{year}",
            None if missing(*amounts) else known(amounts),
            known(lines) if lines else None,
            of_its_year or on(limits, day, kind),
            on(facts.rules_of(Parameter.regular_rate), day, kind),
        )


def _amounts(facts: Facts) -> Iterator[Figure]:
    """What the programme demands of the money: its kind of financing, money beside the grant, and a
    grant that is worth it and not above the most."""
    for rule in facts.rules.values():
        if rule.parameter is Parameter.cofinancing_rate and rule.scope is not None:
            kinds = OWN if rule.scope in OWN else (rule.scope,)
            planned = _planned(facts, kinds)
            yield financing.cofinancing(rule.scope, planned, facts.granted, rule)
    kind = facts.rule(Parameter.financing)
    if kind is not None:
        yield financing.kind_of(facts.financing, kind)
    most = facts.rule(Parameter.maximum_amount)
    if most is not None:
        yield financing.not_too_large(facts.granted, most)
    own = facts.rule(Parameter.own_share)
    if own is not None:
        yield financing.own_share(_planned(facts, OWN), facts.eligible_cost, own)
    limits = {None: facts.granted, "eligible_cost": facts.eligible_cost}
    for scope, amount in limits.items():
        least = facts.rule(Parameter.minimum_amount, scope)
        if least is not None:
            yield financing.not_too_small(amount, least)


def _planned(facts: Facts, kinds: Collection[str]) -> Decimal | None:
    """What sources of these kinds plan; not known, and not zero, where no source is entered."""
    return facts.planned_of(kinds) if facts.sources else None


def _demands(facts: Facts) -> Iterator[Figure]:
    """What the programme demands in words: who may apply, what has to be there, who decides. For
    review by a person until a notice has granted the money, because then the funder has."""
    for rule in facts.rules.values():
        if rule.parameter in JUDGED and rule.text is not None:
            demand = Computation(
                rule.parameter,
                Unit.text,
                "met before the notice",
                {"demanded": rule, "notice": facts.notice},
                scope=rule.scope,
            )
            yield demand.gives(rule.text, FigureStatus.ok if facts.notice else FigureStatus.review)
