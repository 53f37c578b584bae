"""What is due when of a grant: pure functions."""

from collections.abc import Iterator

from services.contracts.projects.figures import Figure, Parameter
from services.projects.deadlines import rules as deadlines
from services.projects.grant_facts.rules import Facts


def figures(facts: Facts) -> Iterator[Figure]:
    """When proofs, reports and payments are due and until when receipts are kept."""
    rule, land, today = facts.rule, facts.land, facts.today
    yield deadlines.proof_of_use_due(
        facts.ended_on,
        facts.ends_on,
        rule(Parameter.proof_due),
        land,
        today=today,
        done=facts.closed or facts.proof_waived or facts.proved_on is not None,
    )
    if facts.starts_on and facts.ends_on:
        for year in [year for year in facts.years if year < facts.ends_on.year]:
            period = rule(Parameter.interim_proof_due)
            yield deadlines.interim_proof_due(year, period, land, today=None)
    if facts.proved_on is not None and not facts.closed:
        period = rule(Parameter.final_instalment)
        yield deadlines.due("final_instalment", facts.proved_on, period, land, today=None)
    paid = [spending.paid_on for spending in facts.paid if spending.paid_on]
    yield deadlines.keep_until(
        facts.proved_on,
        rule(Parameter.retention),
        max(paid, default=None),
        rule(Parameter.retention, "eu"),
    )
    for reporting in facts.rules.values():
        if reporting.parameter is Parameter.reporting:
            yield from deadlines.reporting_days(reporting, today.year, land)
    for request in facts.requests:
        yield deadlines.due(
            "payment_by_authority",
            request.submitted_on,
            rule(Parameter.payment_by_authority),
            land,
            today=today,
            scope=request.key,
        )
