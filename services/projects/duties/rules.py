"""What follows from notices and rules, and when it is due by whose clause: pure functions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from services.contracts.projects.figures import Clause, Figure, Parameter, Reason, Rule
from services.contracts.projects.grants import GrantState
from services.contracts.projects.obligations import (
    ObligationKind,
)
from services.contracts.shared.base import Language
from services.projects.computing import known
from services.projects.deadlines import rules as deadlines
from services.projects.drawdowns.rules import Use, match, spend_by
from services.projects.grant_facts.rules import Facts
from services.projects.repayments import rules as repayments

_DAY = timedelta(days=1)
_TITLES: Mapping[ObligationKind, dict[Language, str]] = {
    ObligationKind.proof_of_use: {"de": "Verwendungsnachweis", "en": "Proof of use"},
    ObligationKind.interim_proof: {"de": "Zwischennachweis", "en": "Interim proof"},
    ObligationKind.spending: {
        "de": "Ausgezahlte Mittel verwenden",
        "en": "Use the money paid out",
    },
    ObligationKind.reporting: {"de": "Bericht an die Förderstelle", "en": "Report to the funder"},
    ObligationKind.application: {"de": "Folgeantrag stellen", "en": "Apply for what follows"},
    ObligationKind.onward_proof: {
        "de": "Nachweis der weitergeleiteten Mittel",
        "en": "Proof of use of money passed on",
    },
    ObligationKind.onward_repayment: {
        "de": "Rückzahlung weitergeleiteter Mittel",
        "en": "Repayment of money passed on",
    },
    ObligationKind.retention: {
        "de": "Unterlagen aufbewahren bis",
        "en": "Keep the documents until",
    },
    ObligationKind.repayment: {"de": "Zuwendung erstatten", "en": "Pay back of the grant"},
}


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


@dataclass(frozen=True)
class Duty:
    """An obligation as it follows from facts; `fulfilled_on` when the facts say that it is done."""

    kind: ObligationKind
    origin: str
    title: Mapping[Language, str]
    event_on: date | None = None
    raw_due: date | None = None
    due_on: date | None = None
    reason: Reason | None = None
    clauses: Sequence[Clause] = field(default_factory=tuple)
    fulfilled_on: date | None = None


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
        *_passed_on(passed_on, facts),
        *_demanded_of_others(passed_on, facts.land),
        *_retention(facts),
    ]
    closed = facts.state is GrantState.closed
    return [duty for duty in every if not (closed and duty.kind in _UNTIL_CLOSED)]


def _rule(facts: Facts, parameter: Parameter, *scopes: str) -> Rule | None:
    """The rule of the first of these scopes that has one, or the one for everything."""
    found = (facts.rules.get((parameter, scope)) for scope in (*scopes, None))
    return next((rule for rule in found if rule is not None), None)


def _duty(kind: ObligationKind, origin: str, due: Figure, of: str = "") -> Duty:
    """The duty whose day a figure says."""
    inputs = {one.name: one.value for one in due.inputs}
    event, raw = inputs.get("event"), inputs.get("raw_due")
    return Duty(
        kind=kind,
        origin=origin,
        title={lang: f"{text} {of}".strip() for lang, text in _TITLES[kind].items()},
        event_on=event if isinstance(event, date) else None,
        raw_due=raw if isinstance(raw, date) else None,
        due_on=due.value if isinstance(due.value, date) else None,
        reason=due.reason,
        clauses=due.clauses,
    )


def _proof(facts: Facts) -> Duty:
    period = _rule(facts, Parameter.proof_due)
    due = deadlines.proof_of_use_due(facts.ended_on, facts.ends_on, period, facts.land)
    return _duty(ObligationKind.proof_of_use, "proof_of_use", due)


def _interim_proofs(facts: Facts) -> Iterator[Duty]:
    """For each year that ends within the period; the last year is proven with the whole."""
    period = _rule(facts, Parameter.interim_proof_due)
    if period is None or facts.starts_on is None or facts.ends_on is None:
        return
    for year in range(facts.starts_on.year, min(facts.ends_on, facts.ended_on or date.max).year):
        due = deadlines.interim_proof_due(year, period, facts.land)
        yield _duty(ObligationKind.interim_proof, f"interim_proof/{year}", due, str(year))


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
                lang: f"{text} ({paid_out:%d.%m.%Y})"
                for lang, text in _TITLES[ObligationKind.spending].items()
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
    return Duty(kind=kind, origin=origin, title=_of_money(kind, amount), **more)


def _of_money(kind: ObligationKind, amount: Decimal, of: str = "") -> dict[Language, str]:
    """The title with its amount, with a comma in German."""
    said = f"{amount:.2f}"
    written = {"de": said.replace(".", ",")}
    return {
        lang: f"{text}{of} ({written.get(lang, said)} EUR)" for lang, text in _TITLES[kind].items()
    }


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
                duty = _duty(ObligationKind.reporting, f"reporting/{scope or ''}/{day.scope}", day)
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
            title=_TITLES[ObligationKind.application],
            event_on=begins,
            raw_due=days[0],
            due_on=days[1],
            clauses=[rule.clause],
        )


def _passed_on(passed_on: Sequence[Passed], facts: Facts) -> Iterator[Duty]:
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
                for lang, text in _TITLES[ObligationKind.onward_proof].items()
            },
            "fulfilled_on": passed.proved_on,
        }
        if passed.proof_due is not None:
            day = deadlines.next_working_day(passed.proof_due, facts.land)
            yield Duty(raw_due=passed.proof_due, due_on=day, clauses=[], **named)
        elif local is not None and passed.ends_on is not None:
            due = deadlines.due("proof_due", passed.ends_on, local, facts.land)
            found = _duty(ObligationKind.onward_proof, "onward_proof", due)
            yield Duty(**{**found.__dict__, **named})


def _demanded_of_others(passed_on: Sequence[Passed], land: str | None) -> Iterator[Duty]:
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
                title=_of_money(kind, amount, f": {passed.key}"),
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
    duty = _duty(ObligationKind.retention, "retention", kept)
    over = duty.due_on is not None and duty.due_on < facts.today
    more = {"event_on": facts.proved_on, "raw_due": duty.due_on}
    yield Duty(**{**duty.__dict__, **more, "fulfilled_on": duty.due_on if over else None})
