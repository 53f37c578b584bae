"""What the financing plan of a grant says against the rules: pure functions."""

from collections.abc import Iterator
from datetime import date

from services.contracts.projects.figures import Figure, Parameter
from services.projects.computing import known, missing, on
from services.projects.cost_options.rules import simplified_required
from services.projects.financing import rules as financing
from services.projects.grant_facts.rules import Facts
from services.projects.unit_costs.rules import leverage


def figures(facts: Facts) -> Iterator[Figure]:
    """Shares of each source, also by year, what they leave open, and whether flat rates are due."""
    yield financing.share(
        "grant", facts.granted, facts.eligible_cost, facts.rule(Parameter.max_rate)
    )
    for kind in sorted({source.kind for source in facts.sources}):
        amounts = [source.amount for source in facts.sources if source.kind == kind]
        amount = None if missing(*amounts) else known(amounts)
        limit = facts.rule(Parameter.max_rate, kind)
        yield financing.share(kind, amount, facts.eligible_cost, limit)
        yield from _shares_by_year(facts, kind)
    yield financing.uncovered(facts.eligible_cost, [source.amount for source in facts.sources])
    if facts.sources:
        sums = [
            facts.planned_of(kinds) for kinds in (("third_party", "other"), ("own", "municipal"))
        ]
        yield leverage(*sums)
    below = facts.rule(Parameter.simplified_below)
    if below is not None:
        yield simplified_required(facts.eligible_cost, below)


def _shares_by_year(facts: Facts, kind: str) -> Iterator[Figure]:
    """The share of a source in the cost planned for each year, by the rates of that year; not
    known where lines of the budget have no year."""
    for year in sorted({s.year for s in facts.sources if s.kind == kind and s.year is not None}):
        amounts = [s.amount for s in facts.sources if (s.kind, s.year) == (kind, year)]
        whole = all(line.year is not None for line in facts.budget)
        lines = [line.amount for line in facts.budget if whole and line.year == year]
        limits = facts.rules_of(Parameter.max_rate)
        yield financing.share(
            f"{kind}.{year}",
            None if missing(*amounts) else known(amounts),
            known(lines) if lines else None,
            on(limits, date(year, 12, 31), kind),
        )
