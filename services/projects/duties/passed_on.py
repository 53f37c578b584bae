"""What follows for whoever money was passed on to, and when it is due: pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.contracts.projects.figures import Parameter
from services.contracts.projects.obligations import ObligationKind
from services.projects.deadlines import rules as deadlines
from services.projects.duties.duty import TITLES, Duty, by_figure, of_money
from services.projects.grant_facts.rules import Facts


@dataclass(frozen=True)
class Passed:
    """Money passed on: whose proof is due when, and whether it is there; what is demanded back by
    when, in the order of the demands, and what came."""

    key: str
    proof_due: date | None
    proved_on: date | None
    ends_on: date | None = None
    rule_scope: str | None = None
    """The local rules that hold for it."""
    demands: Sequence[tuple[date | None, Decimal]] = ()
    repayments: Sequence[tuple[date, Decimal]] = ()


def proofs_of_others(passed_on: Sequence[Passed], facts: Facts) -> Iterator[Duty]:
    """The proof of each recipient: by the day of its notice, else by its local rules, else by what
    holds for all that is passed on (`onward`)."""
    for passed in passed_on:
        scopes = (passed.rule_scope or "onward", "onward")
        said = (facts.rules.get((Parameter.proof_due, scope)) for scope in scopes)
        local = next((rule for rule in said if rule is not None), None)
        named: dict[str, Any] = {
            "kind": ObligationKind.onward_proof,
            "origin": f"onward_proof/{passed.key}",
            "title": {
                lang: f"{text}: {passed.key}"
                for lang, text in TITLES[ObligationKind.onward_proof].items()
            },
            "fulfilled_on": passed.proved_on,
        }
        if passed.proof_due is not None:
            day = deadlines.next_working_day(passed.proof_due, facts.land)
            yield Duty(raw_due=passed.proof_due, due_on=day, clauses=[], **named)
        elif local is not None and passed.ends_on is not None:
            due = deadlines.due("proof_due", passed.ends_on, local, facts.land)
            found = by_figure(ObligationKind.onward_proof, "onward_proof", due)
            yield Duty(**{**found.__dict__, **named})


def demanded_of_others(passed_on: Sequence[Passed], land: str | None) -> Iterator[Duty]:
    """What recipients have to pay back by a day; what comes is for the first demand first."""
    for passed in passed_on:
        demanded = Decimal(0)
        for number, (due_on, amount) in enumerate(passed.demands, start=1):
            demanded += amount
            if due_on is None:
                continue
            kind = ObligationKind.onward_repayment
            yield Duty(
                kind=kind,
                origin=f"onward_repayment/{passed.key}/{number}",
                title=of_money(kind, amount, f": {passed.key}"),
                raw_due=due_on,
                due_on=deadlines.next_working_day(due_on, land),
                fulfilled_on=_reached(passed.repayments, demanded),
            )


def _reached(flows: Sequence[tuple[date, Decimal]], amount: Decimal) -> date | None:
    """The day on which so much had come; None while it has not."""
    came = Decimal(0)
    for day, more in sorted(flows):
        came += more
        if came >= amount:
            return day
    return None
