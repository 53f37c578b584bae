"""Onward grants: money of a grant that the municipality passes on (Weiterleitungen an Träger)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from services.contracts.projects.funding_rules import Scope
from services.contracts.projects.shapes import Several
from services.contracts.projects.terms import NoticeCondition
from services.contracts.shared.base import (
    Key,
    Line,
    LongTexts,
    Money,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)
from services.contracts.shared.validity import not_before_start


def _something(amount: Decimal) -> Decimal:
    if amount <= 0:
        raise ValueError("an amount of nothing is none")
    return amount


Sum = Annotated[Money, AfterValidator(_something)]
"""Money, more than nothing."""


class OnwardState(StrEnum):
    """How far an onward grant is (Stand der Weiterleitung): applied for (beantragt), approved by
    decision (beschlossen), granted by notice (bewilligt), refused (abgelehnt), withdrawn
    (zurückgezogen), closed after the proof of use (abgeschlossen)."""

    applied = "applied"
    approved = "approved"
    granted = "granted"
    refused = "refused"
    withdrawn = "withdrawn"
    closed = "closed"


class DecisionOutcome(StrEnum):
    """What was decided on an application (Ergebnis): approval (Bewilligung) or refusal
    (Ablehnung)."""

    approval = "approval"
    refusal = "refusal"


class NewOnwardGrant(Request):
    """The application of a local body for money of a grant (Antrag auf Weiterleitung)."""

    model_config = example(
        key="lsz-jena-2026-familiencafe",
        grant="jena-lsz-2026",
        recipient="nachbarschaftsverein-lobeda",
        natural_person=False,
        title={"de": "Familiencafé in Lobeda"},
        purpose={"de": "Offener Treff mit Beratung, zweimal in der Woche."},
        reference="LSZ-2026-014",
        applied_on="2025-07-24",
        applied_amount="4800.00",
        eligible_cost="6000.00",
        rule_scope="gera",
        starts_on="2026-01-01",
        ends_on="2026-12-31",
        visibility="administration",
    )

    key: Key
    grant: Annotated[Key, Field(description="The grant it is paid from; for good.")]
    recipient: Annotated[
        Key | None,
        Field(description="Organisation that applies; null for a natural person alone."),
    ] = None
    natural_person: Annotated[
        bool,
        Field(
            validate_default=True,
            description="A natural person applies: never named here, never public.",
        ),
    ] = False
    title: Texts
    purpose: LongTexts | None = None
    reference: Annotated[Line | None, Field(description="File reference (Aktenzeichen).")] = None
    applied_on: Annotated[date, Field(description="Day of the application.")]
    applied_amount: Annotated[Sum, Field(description="Amount applied for.")]
    eligible_cost: Annotated[
        Money | None, Field(description="What it costs in all; null: not known.")
    ] = None
    rule_scope: Annotated[
        Scope | None,
        Field(
            description="The local rules that hold for it: the scope under which rules of the "
            "programme say them, such as `micro.saalfeld`; null is none."
        ),
    ] = None
    starts_on: Annotated[date, Field(description="First day of what is done with it.")]
    ends_on: Annotated[date, Field(description="Last day of what is done with it.")]
    visibility: Annotated[Visibility, Field(validate_default=True)] = Visibility.administration

    _span = field_validator("ends_on")(not_before_start)

    @field_validator("natural_person")
    @classmethod
    def _one_applies(cls, natural_person: bool, info: ValidationInfo) -> bool:
        if "recipient" in info.data and natural_person == (info.data["recipient"] is not None):
            raise ValueError("either an organisation applies or a natural person")
        return natural_person

    @field_validator("visibility")
    @classmethod
    def _persons_are_private(cls, visibility: Visibility, info: ValidationInfo) -> Visibility:
        if info.data.get("natural_person") and visibility is not Visibility.administration:
            raise ValueError("natural persons are for the administration only")
        return visibility


class OnwardDecision(Request):
    """The decision on an application, or on more money (Entscheidung)."""

    model_config = example(
        outcome="approval",
        decided_on="2025-11-12",
        deciding_body="jugendhilfeausschuss-jena",
        decided_by=None,
        resolution="jena-2025-1234",
        amount="4000.00",
        reason={"de": "Ohne die beantragten Sachkosten."},
    )

    outcome: DecisionOutcome
    decided_on: date
    deciding_body: Annotated[Key | None, Field(description="Body that decided.")] = None
    decided_by: Annotated[
        Key | None,
        Field(validate_default=True, description="Office that decided, where no body did."),
    ] = None
    resolution: Annotated[
        Key | None,
        Field(validate_default=True, description="Its resolution in the boards service."),
    ] = None
    amount: Annotated[
        Sum | None,
        Field(validate_default=True, description="The whole award; of an approval only."),
    ] = None
    reason: Texts | None = None

    @field_validator("decided_by")
    @classmethod
    def _somebody_decides(cls, decided_by: str | None, info: ValidationInfo) -> str | None:
        if (decided_by is None) == (info.data.get("deciding_body") is None):
            raise ValueError("either a body decides or an office")
        return decided_by

    @field_validator("resolution")
    @classmethod
    def _bodies_resolve(cls, resolution: str | None, info: ValidationInfo) -> str | None:
        if resolution is not None and info.data.get("deciding_body") is None:
            raise ValueError("a resolution is of a body")
        return resolution

    @field_validator("amount")
    @classmethod
    def _approved(cls, amount: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if "outcome" in info.data and (amount is None) == (
            info.data["outcome"] is DecisionOutcome.approval
        ):
            raise ValueError("an approval has an amount, a refusal has none")
        return amount


class OnwardNotice(Request):
    """The notice of the municipality to the recipient (Weiterleitungsbescheid)."""

    model_config = example(
        issued_on="2025-12-01",
        amount="4000.00",
        reference="LSZ-2026-014/1",
        proof_due_on="2027-03-31",
        conditions=[],
    )

    issued_on: date
    amount: Annotated[Money, Field(description="The whole award from now on; 0 revokes it.")]
    reference: Annotated[Line | None, Field(description="File reference (Aktenzeichen).")] = None
    proof_due_on: Annotated[
        date | None, Field(description="The proof of use (Verwendungsnachweis) is due.")
    ] = None
    conditions: Several[NoticeCondition] = Field(default_factory=list)


class OnwardPayout(Request):
    """Money paid to the recipient (Auszahlung)."""

    model_config = example(paid_on="2026-02-02", amount="2000.00", reference="AO 2026-118")

    paid_on: date
    amount: Sum
    reference: Annotated[Line | None, Field(description="Number of the payment order.")] = None


class OnwardProof(Request):
    """The proof of use of the recipient (Verwendungsnachweis), and what the check accepted."""

    model_config = example(
        received_on="2027-03-20", checked_on="2027-05-04", accepted="3900.00", note=None
    )

    received_on: date
    checked_on: Annotated[date | None, Field(description="Null: not yet checked.")] = None
    accepted: Annotated[
        Money | None,
        Field(
            validate_default=True,
            description="What of the award was used as it should be; null until it is checked.",
        ),
    ] = None
    note: Texts | None = None

    @field_validator("checked_on")
    @classmethod
    def _received_first(cls, checked_on: date | None, info: ValidationInfo) -> date | None:
        received_on = info.data.get("received_on")
        if checked_on is not None and received_on is not None and checked_on < received_on:
            raise ValueError("it is received before it is checked")
        return checked_on

    @field_validator("accepted")
    @classmethod
    def _checked(cls, accepted: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if (accepted is None) != (info.data.get("checked_on") is None):
            raise ValueError("what was checked has an accepted amount, what was not has none")
        return accepted


class OnwardRecovery(Request):
    """Money demanded back from the recipient (Rückforderung)."""

    model_config = example(
        demanded_on="2027-05-04",
        amount="100.00",
        reduces_award=True,
        reason={"de": "Nicht verbraucht"},
        due_on="2027-06-04",
    )

    demanded_on: date
    amount: Sum
    reduces_award: Annotated[
        bool,
        Field(description="Not so when it was paid too early and will be paid again."),
    ] = True
    reason: Texts
    due_on: Annotated[date | None, Field(description="To be paid back by then.")] = None


class OnwardRepayment(Request):
    """Money that came back (Rückzahlung)."""

    model_config = example(received_on="2027-05-28", amount="100.00", reference=None)

    received_on: date
    amount: Sum
    reference: Line | None = None


class OnwardEnd(Request):
    """The day on which it ends (Abschluss, Rücknahme des Antrags)."""

    model_config = example(on="2027-06-30", reason=None)

    on: date
    reason: Texts | None = None


class OnwardGrant(Stored, NewOnwardGrant):
    """An onward grant as it is stored, with everything that happened to it."""

    model_config = ConfigDict(extra="ignore")

    state: OnwardState
    bound: Annotated[Money, Field(description="What it binds of the grant now.")]
    awarded: Annotated[Money, Field(description="What the notices award now.")]
    paid: Annotated[Money, Field(description="Paid out, all together.")]
    recovered: Annotated[Money, Field(description="Demanded back, all together.")]
    repaid: Annotated[Money, Field(description="Come back, all together.")]
    to_recover: Annotated[
        Money, Field(description="Paid, not accepted by the check, and not yet demanded back.")
    ]
    ended_on: date | None
    end_reason: Texts | None
    proof_due_on: date | None
    proof: OnwardProof | None
    decisions: list[OnwardDecision]
    notices: list[OnwardNotice]
    payouts: list[OnwardPayout]
    recoveries: list[OnwardRecovery]
    repayments: list[OnwardRepayment]
