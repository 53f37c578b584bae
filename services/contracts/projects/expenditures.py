"""Expenditures: what was paid for, by which grants, and what the funder made of it (Ausgaben)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.receipts import (
    ReceiptFile,
    Shares,
    SupplierKey,
    SupplierName,
)
from services.contracts.projects.shapes import Several
from services.contracts.shared.base import Answer, Key, Line, Money, Prose, Request, Stored, example

ZERO = Decimal("0.00")
DIGEST = "1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e0f53" * 2


class ExpenditureState(StrEnum):
    """How far an expenditure has come (Stand der Ausgabe)."""

    entered = "entered"
    claimed = "claimed"
    verified = "verified"


class NewExpenditure(Request):
    """An expenditure with its receipt (Ausgabe, Beleg)."""

    model_config = example(
        key="moderation-planungskonferenz-2024",
        project="integrierte-sozialplanung-wartburgkreis",
        purpose="Moderation der Planungskonferenz",
        supplier=None,
        supplier_name="Moderationsbüro Musterstadt",
        invoice_number="R-2024-117",
        invoice_date="2024-05-14",
        payment_date="2024-05-28",
        category="external",
        gross="1190.00",
        net="1000.00",
        recoverable_vat="0.00",
        shares=[{"grant": "wartburgkreis-sozialstrategie-2023", "share": "100"}],
        evidence=[{"file": None, "name": "R-2024-117.pdf", "sha512": DIGEST, "link": None}],
        commitment=None,
        note=None,
        currency="EUR",
    )

    key: Key
    project: Annotated[Key, Field(description="Key of the project.")]
    purpose: Annotated[Line, Field(description="What was paid for.")]
    supplier: SupplierKey = None
    supplier_name: SupplierName = None
    invoice_number: Line | None = None
    invoice_date: date | None = None
    payment_date: Annotated[
        date | None, Field(description="When it was paid; null is not yet.")
    ] = None
    category: CostCategory
    gross: Annotated[Money, Field(gt=0, description="With value added tax, as it is paid.")]
    net: Annotated[Money | None, Field(description="Without value added tax.")] = None
    recoverable_vat: Annotated[
        Money, Field(description="Value added tax that comes back; it is never eligible.")
    ] = ZERO
    shares: Shares = Field(default_factory=list)
    evidence: Several[ReceiptFile] = Field(default_factory=list)
    commitment: Annotated[
        Key | None, Field(description="Key of the order or contract that it fulfils.")
    ] = None
    note: Prose | None = None
    currency: Literal["EUR"] = "EUR"

    @model_validator(mode="after")
    def _one_supplier(self) -> "NewExpenditure":
        if self.supplier is not None and self.supplier_name is not None:
            raise ValueError("name the supplier once: as an organisation or as a text")
        return self


class Verification(Answer):
    """What the funder made of a part (Prüfergebnis): accepted, reduced and parked make it whole."""

    model_config = example(
        accepted="1000.00",
        reduced="190.00",
        parked="0.00",
        reason="Umsatzsteuer nicht zuwendungsfähig",
        verified_on="2025-03-12",
    )

    accepted: Money
    reduced: Money
    parked: Money = Field(description="Not decided yet; released later.")
    reason: str | None
    verified_on: date


class ExpenditurePart(Answer):
    """What of an expenditure is put to one grant."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        amount="1190.00",
        claim="abruf-2024-2",
        verification=None,
    )

    grant: str
    amount: Money
    claim: str | None = Field(description="Key of the claim in which it was submitted.")
    verification: Verification | None


class Expenditure(Stored, NewExpenditure):
    """An expenditure as it is stored; its parts and `own` are always the eligible amount."""

    model_config = ConfigDict(extra="ignore")

    eligible: Money = Field(description="Gross without recoverable value added tax.")
    parts: list[ExpenditurePart] = Field(description="By grant, divided by largest remainder.")
    own: Money = Field(description="What no grant is to pay.")
    state: ExpenditureState
    booking: UUID | None = Field(description="The booking from which it was made.")


class NewVerification(Request):
    """The result of a check (Prüfergebnis)."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        accepted="1000.00",
        reduced="190.00",
        parked="0.00",
        reason="Umsatzsteuer nicht zuwendungsfähig",
        verified_on="2025-03-12",
    )

    grant: Annotated[Key, Field(description="Key of the grant whose part was checked.")]
    accepted: Annotated[Money, Field(description="Eligible as it was checked.")]
    reduced: Annotated[Money, Field(description="Cut for good (Kürzung).")] = ZERO
    parked: Annotated[Money, Field(description="Left open for now (zurückgestellt).")] = ZERO
    reason: Annotated[
        Prose | None, Field(description="Needed where something is reduced or parked.")
    ] = None
    verified_on: date


class ParkedRelease(Request):
    """What becomes of money that was parked (Freigabe des Zurückgestellten)."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        accepted="150.00",
        reduced="40.00",
        reason="Vergabevermerk nachgereicht",
        released_on="2025-05-02",
    )

    grant: Annotated[Key, Field(description="Key of the grant whose part was parked.")]
    accepted: Money
    reduced: Money = ZERO
    reason: Annotated[Prose | None, Field(description="Needed where something is reduced.")] = None
    released_on: date
