"""Proofs of use: what a grant was spent on and what came of it (Verwendungsnachweise)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, field_validator

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.expenditures import Verification
from services.contracts.projects.figures import Clause, Figure, Reason
from services.contracts.projects.measures import MeasureState
from services.contracts.projects.progress import MilestoneState, NoFigure
from services.contracts.projects.shapes import Several
from services.contracts.projects.terms import Financing, NoticeCondition, SourceKind
from services.contracts.shared.base import (
    Answer,
    Key,
    LongTexts,
    Money,
    Percent,
    Request,
    Stored,
    Texts,
    each_once,
    example,
)


class ProofCheckKind(StrEnum):
    """What a proof is looked through for before it is sent (Prüfpunkt): a financing plan, the
    receipts make the expenditure, everything is paid, every receipt has its file, nothing is
    parked, every expenditure keeps the conditions of eligibility, every line keeps its plan,
    whoever got money passed on has proven its use, all targets are reported, what was due by the
    day is done, every clause was compared with the notice."""

    plan = "plan"
    receipts = "receipts"
    paid = "paid"
    evidence = "evidence"
    verification = "verification"
    eligibility = "eligibility"
    deviation = "deviation"
    onward = "onward"
    targets = "targets"
    obligations = "obligations"
    clauses = "clauses"


class ProofYear(Answer):
    """What of a line falls on a year (Jahresscheibe)."""

    year: int | None = Field(description="Null is the whole period.")
    planned: Money | None
    actual: Decimal | None = Field(description="Null: not kept by year, or not known.")


class ProofIncome(Answer):
    """A source of the financing plan: planned and received (Einnahmen)."""

    kind: SourceKind
    years: Sequence[ProofYear]
    planned: Money | None
    received: Decimal | None
    divided: bool = Field(
        description="Whether what was received was divided by the plan, by largest remainder:"
        " payouts do not say whose money they are."
    )
    reason: Reason | None = Field(description="Why `received` is not known.")


class ProofExpenditure(Answer):
    """A category of the plan: planned, spent, and by how much it differs (Ausgaben)."""

    category: CostCategory
    years: Sequence[ProofYear]
    planned: Money | None
    spent: Money = Field(description="Paid and put to the grant.")
    actual: Money = Field(description="What of it counts: as it was checked, else as it was paid.")
    flat: Figure | None = Field(
        default=None,
        description="What of `actual` is a flat amount by the notice (Pauschale), for which there "
        "are no receipts; null: nothing, or a proof that was made before this was told.",
    )
    difference: Decimal | None = Field(description="`actual` less `planned`.")
    deviation: Figure = Field(description="In per cent, judged by the rule with its clause.")


class ProofSettlement(Answer):
    """What is payable, what came, what is still to come or to go back (Abrechnung)."""

    granted: Money | None
    planned: Money | None = Field(description="Eligible cost of the notice.")
    spent: Money
    actual: Money = Field(description="Eligible cost as far as it is known.")
    payable: Figure = Field(description="By the kind of financing; `review`: somebody decides.")
    savings: Figure | None = Field(description="Savings less overruns; null: no lines at all.")
    paid_out: Money
    repaid: Money
    kept: Decimal = Field(description="`paid_out` less `repaid`.")
    to_claim: Money | None
    to_repay: Money | None
    reason: Reason | None = Field(description="Why the last two are not known.")


class ProofFile(Answer):
    """A file that proves a receipt (Belegdatei)."""

    name: str
    sha512: str
    file: str | None = Field(description="Key of the evidence file; null: it is kept elsewhere.")


class ProofReceipt(Answer):
    """A line of the list of receipts (Belegliste)."""

    number: int
    expenditure: str = Field(description="Key of the expenditure.")
    invoice_number: str | None
    invoiced_on: date | None
    paid_on: date
    supplier: str | None = Field(description="Key of the organisation that was paid.")
    supplier_name: str | None
    purpose: str
    category: CostCategory
    gross: Money
    share: Percent = Field(description="Per cent of it that are put to this grant.")
    amount: Money = Field(description="What of it is put to this grant.")
    counted: Money = Field(description="As it was checked, else the amount.")
    verification: Verification | None = Field(description="Null: not checked by the day.")
    evidence: int = Field(description="How many files prove it.")
    files: Sequence[ProofFile] = Field(
        default=(), description="What they are called; empty in proofs that were made before."
    )


class ProofOnward(Answer):
    """Money passed on, and how its use was proven (Weiterleitung mit eigenem Nachweis)."""

    onward_grant: str
    title: Texts
    recipient: str | None = Field(description="Organisation; natural persons are not named.")
    recipient_name: Texts | None
    awarded: Money = Field(description="By the last notice.")
    paid: Money
    repaid: Money
    proof_due_on: date | None
    proof_received_on: date | None
    checked_on: date | None
    accepted: Money | None


class ProofTarget(Answer):
    """A target, and what was reached (Soll-Ist-Vergleich)."""

    indicator: str
    title: Texts
    unit: Texts
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    achievement: Decimal | None = Field(description="In per cent.")
    no_achievement: NoFigure | None
    state: MilestoneState


class ProofMeasure(Answer):
    """A measure that the grant paid for (Maßnahme)."""

    measure: str
    title: Texts
    state: MeasureState
    mandate: str | None = Field(description="Key of the resolution behind it.")


class ProofDecision(Answer):
    """A resolution that the work rests on (Gremienbeschluss)."""

    resolution: str
    name: Texts | None
    measures: Sequence[str]
    onward_grants: Sequence[str]


class ProofObligation(Answer):
    """What was due by the day and is not done (offene Pflicht)."""

    obligation: str
    title: Texts
    due_on: date | None


class ProofCheck(Answer):
    """One thing a proof was looked through for (Prüfergebnis)."""

    key: ProofCheckKind
    met: bool
    about: Sequence[str] = Field(description="Keys of what is missing or wrong, or clauses.")
    difference: Decimal | None = Field(description="In euros, where it is about a sum.")


class ProofReason(Request):
    """Why a category or a target turned out otherwise than planned (Begründung)."""

    about: Annotated[
        str,
        StringConstraints(min_length=1, max_length=80),
        Field(description="A category of cost, or the key of a target indicator."),
    ]
    text: LongTexts


class ProofOfUse(Answer):
    """The proof of use of a grant on a day (Verwendungsnachweis): numerical proof, list of
    receipts, and what the written report has to speak of."""

    grant: str
    project: str
    project_name: Texts
    programme: str
    programme_name: Texts
    grantee: str
    grantee_name: Texts | None
    reference: str | None
    on: date
    currency: Literal["EUR"] = "EUR"
    notice: str | None = Field(description="Key of the notice that holds; null: none is entered.")
    starts_on: date | None
    ends_on: date | None
    financing: Financing
    due_on: date | None = Field(description="A working day in the Land; null: not known.")
    obligation: str | None = Field(description="Key of the obligation that it meets when sent.")
    income: Sequence[ProofIncome]
    expenditure: Sequence[ProofExpenditure]
    settlement: ProofSettlement
    receipts: Sequence[ProofReceipt]
    onward_grants: Sequence[ProofOnward]
    targets: Sequence[ProofTarget]
    measures: Sequence[ProofMeasure]
    decisions: Sequence[ProofDecision]
    conditions: Sequence[NoticeCondition]
    publicity: Sequence[Clause] = Field(
        description="By what one has to say who paid (Publizität); what the notice demands besides"
        " is among the conditions."
    )
    obligations: Sequence[ProofObligation] = Field(
        description="Open ones that were due by the day, without this proof itself."
    )
    checks: Sequence[ProofCheck]
    reasons: Sequence[ProofReason] = Field(description="Empty until an edition is made.")


class NewProofOfUse(Request):
    """A proof of use, made for the funder (Ausfertigung eines Verwendungsnachweises)."""

    model_config = example(
        key="sozialstrategie-2023-nachweis-1",
        on="2026-01-31",
        reasons=[{"about": "staff", "text": {"de": "Eine Stelle war drei Monate nicht besetzt."}}],
    )

    key: Key
    on: Annotated[date | None, Field(description="As of this day; null is today.")] = None
    reasons: Several[ProofReason] = Field(
        default_factory=list, description="Each line or target once."
    )

    @field_validator("reasons")
    @classmethod
    def _each_once(cls, reasons: list[ProofReason]) -> list[ProofReason]:
        each_once([reason.about for reason in reasons])
        return reasons


_EDITION = {
    "key": "sozialstrategie-2023-nachweis-1",
    "grant": "wartburgkreis-sozialstrategie-2023",
    "number": 1,
    "on": "2026-01-31",
    "made_by": "oidc:controlling",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "obligation": "pflicht-4f1f0a3be2c94d10",
}


class ProofEdition(Stored):
    """A proof of use as it was made, for good (Ausfertigung)."""

    model_config = {**Stored.model_config, **example(**_EDITION)}

    key: str
    grant: str
    number: int = Field(description="1 is the first of the grant.")
    on: date
    made_by: str = Field(description="Who made it: an identifier, never a name.")
    sha256: str = Field(
        description="Of `content` as JSON in UTF-8, members sorted, without blanks."
    )
    obligation: str | None = Field(
        description="Key of the obligation that it is for; it stays open until somebody says that"
        " the proof was sent."
    )


class FrozenProof(ProofEdition):
    """A proof of use as it was made, with all that it says."""

    model_config = ConfigDict(json_schema_extra={})

    content: ProofOfUse
