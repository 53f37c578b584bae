"""What follows from notices and rules, and when it is due by whose clause: pure functions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from services.contracts.projects.figures import Clause, Parameter, Reason, Rule
from services.contracts.projects.grants import GrantState
from services.contracts.projects.obligations import ObligationKind
from services.kit import writing
from services.projects.computing import known
from services.projects.deadlines import rules as deadlines
from services.projects.drawdowns.rules import Use, match, spend_by
from services.projects.duties.duty import TITLES, Duty, by_figure, of_money
from services.projects.duties.passed_on import Passed, demanded_of_others, proofs_of_others
from services.projects.grant_facts.rules import Facts
from services.projects.repayments import rules as repayments

_DAY = timedelta(days=1)


_UNTIL_CLOSED = (
    ObligationKind.proof_of_use,
    ObligationKind.interim_proof,
    ObligationKind.reporting,
    ObligationKind.application,
)
"""A grant is closed when it has been proven and accepted; documents are kept and money is paid back
after that as well."""


def duties(facts: Facts, passed_on: Sequence[Passed] = ()) -> list[Duty]:
    """Everything that follows; nothing from what was applied for, refused or withdrawn, and from
    what is closed nothing that the funder asked for until then."""
    if facts.state not in (GrantState.granted, GrantState.closed):
        return []
    every = [
        _proof(facts),
        *_interim_proofs(facts),
        *_spending(facts),
        *_repayments(facts),
        *_conditions(facts),
        *_reports(facts),
        *_application(facts),
        *proofs_of_others(passed_on, facts),
        *demanded_of_others(passed_on, facts.land),
        *_retention(facts),
    ]
    closed = facts.state is GrantState.closed
    return [duty for duty in every if not (closed and duty.kind in _UNTIL_CLOSED)]


def _rule(facts: Facts, parameter: Parameter, *scopes: str) -> Rule | None:
    """The rule of the first of these scopes that has one, or the one for everything."""
    found = (facts.rules.get((parameter, scope)) for scope in (*scopes, None))
    return next((rule for rule in found if rule is not None), None)


def _proof(facts: Facts) -> Duty:
    period = _rule(facts, Parameter.proof_due)
    due = deadlines.proof_of_use_due(facts.ended_on, facts.ends_on, period, facts.land)
    return by_figure(ObligationKind.proof_of_use, "proof_of_use", due)


def _interim_proofs(facts: Facts) -> Iterator[Duty]:
    """For each year that ends within the period; the last year is proven with the whole."""
    period = _rule(facts, Parameter.interim_proof_due)
    if period is None or facts.starts_on is None or facts.ends_on is None:
        return
    for year in range(facts.starts_on.year, min(facts.ends_on, facts.ended_on or date.max).year):
        due = deadlines.interim_proof_due(year, period, facts.land)
        yield by_figure(ObligationKind.interim_proof, f"interim_proof/{year}", due, str(year))


def _spending(facts: Facts) -> Iterator[Duty]:
    """To use what was paid out on a day, first in, first out: the grant's share of what was paid
    counts as used, and what went back to the funder need not be used any more."""
    within = _rule(facts, Parameter.spend_within)
    if within is None:
        return
    uses: dict[date, list[Use]] = {}
    for use in match(facts.payouts, facts.settled() or []):
        uses.setdefault(use.paid_out, []).append(use)
    for paid_out, parts in uses.items():
        days = [use.used for use in parts]
        used = [day for day in days if day is not None]
        yield Duty(
            kind=ObligationKind.spending,
            origin=f"spending/{paid_out}",
            title={
                lang: f"{text} ({writing.day(paid_out, lang)})"
                for lang, text in TITLES[ObligationKind.spending].items()
            },
            event_on=paid_out,
            raw_due=deadlines.after(paid_out, within),
            due_on=spend_by(paid_out, within, facts.land),
            reason=None if within.value is not None else Reason.no_rule,
            clauses=[within.clause],
            fulfilled_on=max(used) if len(used) == len(days) else None,
        )


def _repayments(facts: Facts) -> Iterator[Duty]:
    """To pay back each demand of the funder, and what a notice left beyond the grant and nobody has
    demanded yet: its day is not known until somebody does (§ 49a Abs. 1 VwVfG)."""
    for demand in facts.demands:
        if demand.waived_on is not None:
            continue
        paid_back = max((flow.day for flow in demand.repayments), default=None)
        yield _repayment(
            f"repayment/{demand.key}",
            demand.amount,
            event_on=demand.decided_on,
            raw_due=demand.due_on,
            due_on=demand.due_on and deadlines.next_working_day(demand.due_on, facts.land),
            reason=None if demand.due_on else Reason.no_date,
            clauses=[repayments.CLAIM],
            fulfilled_on=None if demand.open else paid_back,
        )
    paid_out = known(flow.amount for flow in facts.payouts)
    beyond = repayments.undemanded(facts.granted, paid_out, facts.demands)
    if beyond:
        notice = Clause(text="Zuwendungsbescheid", verified=True, notice=facts.notice)
        yield _repayment(
            "repayment",
            beyond,
            event_on=facts.bound_on,
            reason=Reason.no_date,
            clauses=[repayments.CLAIM, notice],
        )


def _repayment(origin: str, amount: Decimal, **more: Any) -> Duty:
    kind = ObligationKind.repayment
    return Duty(kind=kind, origin=origin, title=of_money(kind, amount), **more)


def _conditions(facts: Facts) -> Iterator[Duty]:
    """By what they say, not by their place: another notice has others, or another order."""
    times: Counter[str] = Counter()
    for condition in facts.conditions:
        if condition.due_on is None:
            continue
        said = condition.clause or "Zuwendungsbescheid"
        name = sha256(f"{said}/{sorted(condition.text.items())}".encode()).hexdigest()[:12]
        times[name] += 1
        yield Duty(
            kind=ObligationKind.condition,
            origin=f"condition/{name}" + (f"/{times[name]}" if times[name] > 1 else ""),
            title=condition.text,
            raw_due=condition.due_on,
            due_on=deadlines.next_working_day(condition.due_on, facts.land),
            clauses=[Clause(text=said, verified=True, notice=facts.notice)],
        )


def _reports(facts: Facts) -> Iterator[Duty]:
    """The days within the period, and the year after it, on which the funder is told."""
    if facts.starts_on is None or facts.ends_on is None:
        return
    for (parameter, scope), rule in facts.rules.items():
        if parameter is not Parameter.reporting:
            continue
        for year in range(facts.starts_on.year, facts.ends_on.year + 2):
            for day in deadlines.reporting_days(rule, year, facts.land):
                duty = by_figure(
                    ObligationKind.reporting, f"reporting/{scope or ''}/{day.scope}", day
                )
                if duty.raw_due is not None and duty.raw_due >= facts.starts_on:
                    yield duty


def _application(facts: Facts) -> Iterator[Duty]:
    """The last day on which what follows can be applied for before the money ends: a day of the
    year, or so long before what follows begins."""
    rule = _rule(facts, Parameter.application_due)
    if rule is None or facts.ends_on is None:
        return
    begins = min(facts.ends_on, date.max - _DAY) + _DAY
    days = deadlines.apply_by(begins, rule, facts.land)
    if days is not None:
        yield Duty(
            kind=ObligationKind.application,
            origin="application",
            title=TITLES[ObligationKind.application],
            event_on=begins,
            raw_due=days[0],
            due_on=days[1],
            clauses=[rule.clause],
        )


def _retention(facts: Facts) -> Iterator[Duty]:
    """Known once the proof is handed in; what ends is a duty, so its day is not moved, and the day
    after it is done and not late."""
    if facts.proved_on is None:
        return
    last = max((one.paid_on for one in facts.paid if one.paid_on), default=None)
    kept = deadlines.keep_until(
        facts.proved_on,
        _rule(facts, Parameter.retention),
        last,
        facts.rules.get((Parameter.retention, "eu")),
    )
    duty = by_figure(ObligationKind.retention, "retention", kept)
    over = duty.due_on is not None and duty.due_on < facts.today
    more = {"event_on": facts.proved_on, "raw_due": duty.due_on}
    yield Duty(**{**duty.__dict__, **more, "fulfilled_on": duty.due_on if over else None})
