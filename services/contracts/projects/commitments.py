"""Commitments: orders and contracts that will cost money (Verpflichtungen)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.receipts import Shares, SupplierKey, SupplierName
from services.contracts.shared.base import Answer, Key, Line, Money, Prose, Request, Stored, example


class CommitmentKind(StrEnum):
    """What binds the money (Art der Verpflichtung)."""

    order = "order"
    contract = "contract"
    other = "other"


class CommitmentState(StrEnum):
    """Is more to come? (Stand der Verpflichtung)"""

    open = "open"
    fulfilled = "fulfilled"
    cancelled = "cancelled"


class NewCommitment(Request):
    """An order or a contract (Auftrag, Vertrag)."""

    model_config = example(
        key="auftrag-sozialatlas-2024",
        project="integrierte-sozialplanung-wartburgkreis",
        kind="order",
        purpose="Satz und Druck des Sozialatlas",
        supplier=None,
        supplier_name="Druckerei Musterstadt",
        reference="A-2024-031",
        category="external",
        amount="4800.00",
        ordered_on="2024-02-01",
        due_on="2024-11-30",
        shares=[{"grant": "wartburgkreis-sozialstrategie-2023", "share": "80"}],
        state="open",
        note=None,
        currency="EUR",
    )

    key: Key
    project: Annotated[Key, Field(description="Key of the project.")]
    kind: CommitmentKind
    purpose: Annotated[Line, Field(description="What was ordered.")]
    supplier: SupplierKey = None
    supplier_name: SupplierName = None
    reference: Annotated[Line | None, Field(description="Number of the order or contract.")] = None
    category: CostCategory
    amount: Annotated[Money, Field(gt=0, description="What it will cost, with taxes.")]
    ordered_on: date | None = None
    due_on: Annotated[
        date | None, Field(description="When the money will be needed; null is not known.")
    ] = None
    shares: Shares = Field(default_factory=list)
    state: CommitmentState = CommitmentState.open
    note: Prose | None = None
    currency: Literal["EUR"] = "EUR"

    @model_validator(mode="after")
    def _one_supplier(self) -> "NewCommitment":
        if self.supplier is not None and self.supplier_name is not None:
            raise ValueError("name the supplier once: as an organisation or as a text")
        return self


class CommitmentPart(Answer):
    """What of the open amount is put to one grant."""

    model_config = example(grant="wartburgkreis-sozialstrategie-2023", amount="3840.00")

    grant: str
    amount: Money


class Commitment(Stored, NewCommitment):
    """A commitment as it is stored, with what of it is still to come."""

    model_config = ConfigDict(extra="ignore")

    invoiced: Money = Field(description="Gross of the expenditures that name it.")
    open: Money = Field(description="What is still to come; zero when fulfilled or cancelled.")
    parts: list[CommitmentPart] = Field(description="Of what is open, by largest remainder.")
