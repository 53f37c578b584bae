"""A proof of use from what is known of a grant: pure functions over exact decimals.

Sources: ANBest-P Nr. 6 (written report and numerical proof in the order of the financing plan, list
of receipts), Art. 50 of Regulation (EU) 2021/1060 (who paid is to be said).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.expenditures import Expenditure
from services.contracts.projects.figures import Figure, Reason
from services.contracts.projects.onward_grants import OnwardGrant
from services.contracts.projects.proofs_of_use import (
    ProofExpenditure,
    ProofFile,
    ProofIncome,
    ProofOnward,
    ProofReceipt,
    ProofSettlement,
    ProofYear,
)
from services.contracts.projects.terms import SourceKind
from services.contracts.shared.base import Texts
from services.projects.allocation.rules import split
from services.projects.computing import known, law, missing
from services.projects.cost_figures.rules import INCOMES, received
from services.projects.grant_facts.rules import GIVEN, Facts
from services.projects.references.rules import ORGANISATION, Place

ZERO = Decimal("0.00")
PUBLICITY = law(
    "Art. 50 Verordnung (EU) 2021/1060",
    "für Vorhaben der Förderperiode 2014-2020: Anhang XII Nr. 2.2 Verordnung (EU) Nr. 1303/2013",
)
Names = Mapping[Place, Texts]


@dataclass(frozen=True)
class Named:
    """Figures of a grant by key and scope."""

    figures: Sequence[Figure]

    def __getitem__(self, key: str) -> Figure:
        return next(figure for figure in self.figures if figure.key == key)

    def get(self, key: str, scope: str | None = None) -> Figure | None:
        """The figure; None where the grant has none of it."""
        found = (f for f in self.figures if f.key == key and f.scope == scope)
        return next(found, None)


def income(facts: Facts) -> list[ProofIncome]:
    """Every source of the financing plan with what came of it.

    What was paid out is divided over the sources whose money the grant is, by the plan and the
    largest remainder. What came in beside it is known where incomes are entered; own and municipal
    money are not told apart.
    """
    kinds = list(dict.fromkeys(source.kind for source in facts.sources))
    planned = {kind: _total(facts, kind) for kind in kinds}
    given = [kind for kind in kinds if kind in GIVEN]
    paid = _received(kept(facts), [planned[kind] for kind in given])
    came = dict(zip(given, paid, strict=True)) | _beside(facts, kinds)
    return [
        ProofIncome(
            kind=SourceKind(kind),
            years=_source_years(facts, kind),
            planned=planned[kind],
            received=came.get(kind),
            divided=kind in given and len(given) > 1 and came[kind] is not None,
            reason=_why(kind in given, came.get(kind)),
        )
        for kind in kinds
    ]


def _beside(facts: Facts, kinds: Sequence[str]) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for kind, sources in INCOMES.items():
        named = [source for source in sources if source in kinds]
        if len(named) == 1:
            found[named[0]] = received(facts, kind)
    return found


def _total(facts: Facts, kind: str) -> Decimal | None:
    amounts = [source.amount for source in facts.sources if source.kind == kind]
    return None if missing(*amounts) else known(amounts)


def _received(whole: Decimal, planned: Sequence[Decimal | None]) -> list[Decimal | None]:
    weights = [amount for amount in planned if amount is not None]
    if len(planned) == 1:
        return [whole]
    if len(weights) < len(planned) or not any(weights):
        return [None] * len(planned)
    return [*split(whole, weights)]


def _why(given: bool, received: Decimal | None) -> Reason | None:
    if received is not None:
        return None
    return Reason.no_amount if given else Reason.no_actual


def _source_years(facts: Facts, kind: str) -> list[ProofYear]:
    years: dict[int | None, list[Decimal | None]] = defaultdict(list)
    for source in facts.sources:
        if source.kind == kind:
            years[source.year].append(source.amount)
    return [
        ProofYear(year=year, planned=None if missing(*given) else known(given), actual=None)
        for year, given in sorted(years.items(), key=lambda one: one[0] or 0)
    ]


def kept(facts: Facts) -> Decimal:
    """What came of the grant by the day and was not paid back."""
    return paid_out(facts) - facts.repaid


def paid_out(facts: Facts) -> Decimal:
    """What came of the grant by the day."""
    return known(flow.amount for flow in facts.payouts) + ZERO


def expenditure(facts: Facts, figures: Named) -> list[ProofExpenditure]:
    """Every category of the plan, and every one that was spent on without a plan."""
    planned = {line.category for line in facts.budget}
    spent = {spending.category for spending in facts.paid}
    return [
        _line(facts, category, category in planned, figures)
        for category in CostCategory
        if category in planned | spent
    ]


def _line(facts: Facts, category: CostCategory, in_plan: bool, figures: Named) -> ProofExpenditure:
    budget = [line for line in facts.budget if line.category == category]
    spendings = [spending for spending in facts.paid if spending.category == category]
    planned = known(line.amount for line in budget) if in_plan else None
    actual = known(spending.counts for spending in spendings) + ZERO
    deviation = figures.get("line_deviation", category)
    assert deviation is not None, "every line of plan or expenditure has one"
    plan: dict[int | None, Decimal] = defaultdict(Decimal)
    for line in budget:
        plan[line.year] += line.amount
    used: dict[int | None, Decimal] = defaultdict(Decimal)
    for spending in spendings:
        if spending.paid_on is not None:
            used[spending.paid_on.year] += spending.counts
    years = sorted({*plan, *used}, key=lambda year: year or 0)
    return ProofExpenditure(
        category=category,
        years=[
            ProofYear(
                year=year,
                planned=plan.get(year),
                actual=None if year is None else used.get(year, ZERO),
            )
            for year in years
        ],
        planned=planned,
        spent=known(spending.amount for spending in spendings) + ZERO,
        actual=actual,
        flat=figures.get("flat_cost", category),
        difference=None if planned is None else actual - planned,
        deviation=deviation,
    )


def settlement(facts: Facts, figures: Named) -> ProofSettlement:
    """What is payable against what came. Nothing is said where the payable is not known."""
    payable, came = figures["payable"], kept(facts)
    left = payable.value - came if isinstance(payable.value, Decimal) else None
    return ProofSettlement(
        granted=facts.granted,
        planned=facts.eligible_cost,
        spent=known(spending.amount for spending in facts.paid) + ZERO,
        actual=facts.spent + ZERO,
        payable=payable,
        savings=figures.get("overrun_covered"),
        paid_out=paid_out(facts),
        repaid=facts.repaid + ZERO,
        kept=came,
        to_claim=None if left is None else max(left, ZERO),
        to_repay=None if left is None else max(-left, ZERO),
        reason=payable.reason,
    )


def receipts(facts: Facts, papers: Mapping[str, Expenditure], names: Names) -> list[ProofReceipt]:
    """What was paid by the day, by day of payment."""
    paid = [(s.paid_on, s) for s in facts.paid if s.paid_on is not None and s.key in papers]
    found = []
    for number, (day, spending) in enumerate(
        sorted(paid, key=lambda one: (one[0], one[1].key)), start=1
    ):
        paper = papers[spending.key]
        part = next(part for part in paper.parts if part.grant == facts.grant)
        found.append(
            ProofReceipt(
                number=number,
                expenditure=spending.key,
                invoice_number=paper.invoice_number,
                invoiced_on=spending.invoiced_on,
                paid_on=day,
                supplier=paper.supplier,
                supplier_name=_supplier(paper, names),
                purpose=paper.purpose,
                category=paper.category,
                gross=paper.gross,
                share=spending.shares[0],
                amount=spending.amount,
                counted=spending.counts,
                verification=None if spending.accepted is None else part.verification,
                evidence=len(paper.evidence),
                files=[ProofFile.model_validate(one) for one in paper.evidence],
            )
        )
    return found


def _supplier(paper: Expenditure, names: Names) -> str | None:
    if paper.supplier is None:
        return paper.supplier_name
    name = names.get(Place(ORGANISATION, paper.supplier))
    return name["de"] if name else paper.supplier


def onward(grants: Sequence[OnwardGrant], on: date, names: Names) -> list[ProofOnward]:
    """What was awarded by the day, and what was proven of it by then."""
    return list(_onward(grants, on, names))


def _onward(grants: Sequence[OnwardGrant], on: date, names: Names) -> Iterator[ProofOnward]:
    for grant in grants:
        notices = [notice for notice in grant.notices if notice.issued_on <= on]
        if not notices:
            continue
        proof = grant.proof if grant.proof and grant.proof.received_on <= on else None
        checked = proof if proof and proof.checked_on and proof.checked_on <= on else None
        place = Place(ORGANISATION, grant.recipient) if grant.recipient else None
        yield ProofOnward(
            onward_grant=grant.key,
            title=grant.title,
            recipient=grant.recipient,
            recipient_name=names.get(place) if place else None,
            awarded=notices[-1].amount,
            paid=_by(grant.payouts, "paid_on", on),
            repaid=_by(grant.repayments, "received_on", on),
            proof_due_on=notices[-1].proof_due_on,
            proof_received_on=proof.received_on if proof else None,
            checked_on=checked.checked_on if checked else None,
            accepted=checked.accepted if checked else None,
        )


def _by(flows: Sequence[Any], day: str, on: date) -> Decimal:
    return known(flow.amount for flow in flows if getattr(flow, day) <= on) + ZERO
