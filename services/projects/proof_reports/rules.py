"""The skeleton of the written report and the checks of a proof of use: pure functions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Clause, FigureStatus
from services.contracts.projects.obligations import Obligation, ObligationKind, ObligationState
from services.contracts.projects.onward_grants import OnwardGrant
from services.contracts.projects.progress import IndicatorProgress
from services.contracts.projects.proofs_of_use import (
    ProofCheck,
    ProofCheckKind,
    ProofDecision,
    ProofExpenditure,
    ProofMeasure,
    ProofObligation,
    ProofOfUse,
    ProofOnward,
    ProofReason,
    ProofReceipt,
    ProofTarget,
)
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid
from services.projects.computing import known
from services.projects.grant_facts.rules import Facts
from services.projects.proof_drafts.rules import PUBLICITY, ZERO, Named, Names
from services.projects.references.rules import RESOLUTION, Place

_NOT_BEFORE = (ObligationKind.proof_of_use, ObligationKind.retention)
"""What cannot be done before the proof is sent."""
_WRONG = (FigureStatus.breach, FigureStatus.review)


def targets(progress: Sequence[IndicatorProgress]) -> list[ProofTarget]:
    """What was to be reached, and what was; null is not reported."""
    return [ProofTarget.model_validate(one, from_attributes=True) for one in progress]


def decisions(
    measures: Sequence[ProofMeasure], grants: Sequence[OnwardGrant], on: date, names: Names
) -> list[ProofDecision]:
    """The resolutions behind measures and money passed on, each once."""
    behind: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for measure in measures:
        if measure.mandate is not None:
            behind[measure.mandate][0].append(measure.measure)
    for grant in grants:
        for decision in grant.decisions:
            if decision.resolution is not None and decision.decided_on <= on:
                behind[decision.resolution][1].append(grant.key)
    return [
        ProofDecision(
            resolution=key,
            name=names.get(Place(RESOLUTION, key)),
            measures=of_measures,
            onward_grants=list(dict.fromkeys(passed_on)),
        )
        for key, (of_measures, passed_on) in sorted(behind.items())
    ]


def publicity(facts: Facts) -> list[Clause]:
    """By what one has to say who paid, beside the conditions of the notice."""
    return [PUBLICITY] if any(source.kind == "eu" for source in facts.sources) else []


def duty(obligations: Sequence[Obligation]) -> Obligation | None:
    """The obligation to send the proof; None where nothing demands one."""
    found = (
        one
        for one in obligations
        if one.kind is ObligationKind.proof_of_use and one.state is not ObligationState.dropped
    )
    return next(found, None)


def undone(obligations: Sequence[Obligation], on: date) -> list[ProofObligation]:
    """What was due by the day and is open, but for what cannot be done before the proof is sent."""
    return [
        ProofObligation(obligation=one.key, title=one.title, due_on=one.due_on)
        for one in obligations
        if one.state is ObligationState.open
        and one.kind not in _NOT_BEFORE
        and (one.due_on is None or one.due_on <= on)
    ]


def checks(
    facts: Facts,
    figures: Named,
    lines: Sequence[ProofExpenditure],
    receipts: Sequence[ProofReceipt],
    onward: Sequence[ProofOnward],
    reached: Sequence[ProofTarget],
    undone: Sequence[ProofObligation],
) -> list[ProofCheck]:
    """What is in order and what is missing, in the order in which an office looks."""
    found = {
        ProofCheckKind.plan: list(_no_plan(facts)),
        ProofCheckKind.paid: [spending.key for spending in facts.unpaid],
        ProofCheckKind.evidence: [one.expenditure for one in receipts if not one.evidence],
        ProofCheckKind.verification: [
            one.expenditure
            for one in receipts
            if one.verification is not None and one.verification.parked
        ],
        ProofCheckKind.eligibility: _ineligible(figures),
        ProofCheckKind.deviation: list(_off_plan(lines, figures)),
        ProofCheckKind.onward: [one.onward_grant for one in onward if one.checked_on is None],
        ProofCheckKind.targets: [one.indicator for one in reached if one.actual is None],
        ProofCheckKind.obligations: [one.obligation for one in undone],
        ProofCheckKind.clauses: sorted(
            {c.text for f in figures.figures for c in f.clauses if not c.verified}
        ),
    }
    said = [
        ProofCheck(key=key, met=not about, about=about, difference=None)
        for key, about in found.items()
    ]
    return [said[0], _adds_up(facts, lines, receipts), *said[1:]]


def _no_plan(facts: Facts) -> Iterator[str]:
    needed = {
        "notice": facts.notice,
        "budget_lines": facts.budget,
        "sources": facts.sources,
        "eligible_cost": facts.eligible_cost,
        "amount": facts.granted,
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
    }
    yield from (name for name, value in needed.items() if value is None or value == [])


def _adds_up(
    facts: Facts, lines: Sequence[ProofExpenditure], receipts: Sequence[ProofReceipt]
) -> ProofCheck:
    """Receipts and flat amounts make the expenditure line by line, as paid and as it counts, to
    the cent."""
    flats = known(flat.amount for flat in facts.flats)
    off: list[Decimal] = [known(one.counted for one in receipts) + flats - facts.spent]
    about = []
    for line in lines:
        mine = [one for one in receipts if one.category is line.category]
        flat = known(one.amount for one in facts.flats if one.category == line.category)
        gaps = (
            known(one.amount for one in mine) + flat - line.spent,
            known(one.counted for one in mine) + flat - line.actual,
        )
        if any(gaps):
            about.append(line.category.value)
    return ProofCheck(
        key=ProofCheckKind.receipts,
        met=not any(off) and not about,
        about=about,
        difference=off[0] + ZERO,
    )


def _ineligible(figures: Named) -> list[str]:
    broken = figures["ineligible_expenditures"]
    if broken.status is FigureStatus.ok:
        return []
    return [f"{one.name}: {one.value}" for one in broken.inputs if one.name != "expenditures"]


def _off_plan(lines: Sequence[ProofExpenditure], figures: Named) -> Iterator[str]:
    yield from (
        line.category.value
        for line in lines
        if line.deviation.status in _WRONG or line.planned is None
    )
    savings = figures.get("overrun_covered")
    if savings is not None and savings.status in _WRONG:
        yield "overrun_covered"


def with_reasons(proof: ProofOfUse, reasons: Sequence[ProofReason]) -> ProofOfUse:
    """The proof with what a person says of it. Refuses (422) a reason for what it does not have."""
    known_here = {one.category.value for one in proof.expenditure}
    known_here |= {one.indicator for one in proof.targets}
    faults = [
        Fault(
            pointer=f"/reasons/{place}/about",
            code="unknown",
            detail="The proof has no such category and no such target.",
        )
        for place, reason in enumerate(reasons)
        if reason.about not in known_here
    ]
    if faults:
        raise Invalid("It is about what the proof does not have.", faults=faults)
    return proof.model_copy(update={"reasons": list(reasons)})
