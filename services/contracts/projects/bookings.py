"""Bookings: what the finance system says was spent (Buchungen)."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.contracts.projects.costs import CostCategory
from services.contracts.shared.base import Answer, Percent, Request, example

Signed = Annotated[
    Decimal,
    Field(max_digits=14, decimal_places=2, description="In euros; below zero is a reversal."),
]


class BookingGone(StrEnum):
    """Why a booking is of no grant any more (Grund): no rule gives it to one, or the finance system
    has it no longer."""

    released = "released"
    vanished = "vanished"


class Booking(Answer):
    """A line of the finance system that belongs to a grant, or did (Buchung)."""

    model_config = example(
        id="0193d3a4-5b6c-7d8e-9f00-112233445566",
        fiscal_year=2024,
        number="4711",
        position=None,
        account="5012000",
        product="3.1.1.01",
        cost_object="4711",
        booked_on="2024-05-31",
        invoice_date=None,
        paid_on="2024-05-31",
        amount="5200.00",
        currency="EUR",
        supplier_name=None,
        purpose="Personalausgaben Mai",
        grant="wartburgkreis-sozialstrategie-2023",
        category="staff",
        gone=None,
        mapping="finanzverfahren-wartburgkreis",
        expenditure=None,
        version=1,
        imported_at="2024-06-03T09:30:00Z",
    )

    id: UUID = Field(description="Made of year, account and number, or of the content.")
    fiscal_year: int
    number: str | None
    position: str | None
    account: str
    product: str | None
    cost_object: str | None
    booked_on: date
    invoice_date: date | None
    paid_on: date | None
    amount: Signed
    currency: Literal["EUR"]
    supplier_name: str | None
    purpose: str | None
    grant: str | None = Field(description="Key of the grant; null is of none any more.")
    category: CostCategory
    gone: BookingGone | None = Field(description="Why it is of no grant any more.")
    mapping: str | None = Field(
        description="Key of the mapping by which it came; null where that is not known."
    )
    expenditure: str | None = Field(description="Key of the expenditure that was made of it.")
    version: int = Field(description="Grows when an import changes it.")
    imported_at: datetime


class BookingFinding(StrEnum):
    """What a row of the file is (Befund)."""

    new = "new"
    changed = "changed"
    released = "released"
    vanished = "vanished"
    unmatched = "unmatched"
    duplicate = "duplicate"
    contradiction = "contradiction"
    unreadable = "unreadable"


class BookingRowFound(Answer):
    """A row of the file, and what it is."""

    model_config = example(
        row=17,
        column=None,
        finding="changed",
        detail=None,
        booking="0193d3a4-5b6c-7d8e-9f00-112233445566",
        grant="wartburgkreis-sozialstrategie-2023",
        amount="5200.00",
        before="5100.00",
        fields=["amount"],
        expenditure=None,
    )

    row: int | None = Field(
        description="Line of the text, or row of the sheet; 1 is the first. Null is not in it."
    )
    column: str | None = Field(description="Heading of the column, where one is to blame.")
    finding: BookingFinding
    detail: str | None
    booking: UUID | None = Field(description="The booking as it is or will be stored.")
    grant: str | None
    amount: Signed | None
    before: Signed | None = Field(description="The amount that is stored.")
    fields: list[str] = Field(description="What changes.")
    expenditure: str | None = Field(description="The expenditure that was made of it: look at it.")


class BookingImport(Answer):
    """What a file of bookings changes (Abgleich). At most 200 rows of each finding are told."""

    model_config = example(
        digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        stored=False,
        mapping="finanzverfahren-wartburgkreis",
        rows=1240,
        new=12,
        changed=1,
        same=1200,
        adopted=40,
        released=2,
        vanished=0,
        unmatched=26,
        duplicates=1,
        contradictions=0,
        unreadable=0,
        amount="62400.00",
        vanished_amount="0.00",
        found=[],
    )

    digest: str = Field(description="Names exactly this difference; send it to store it.")
    stored: bool
    mapping: str
    rows: int = Field(description="Rows of the file that are bookings.")
    new: int
    changed: int
    same: int = Field(description="Stored already, and alike.")
    adopted: int = Field(
        description="Of these: came by another mapping; from now on they leave by this one alone."
    )
    released: int = Field(
        description="Stored, and no rule gives it to its grant any more: its row is `unmatched`."
    )
    vanished: int = Field(
        description="Stored, of a day of which the file has all, and not in it any more."
    )
    unmatched: int = Field(
        description="Rows that no rule fits: not stored; what is stored already is `released`."
    )
    duplicates: int = Field(description="The same again within the file; stored once.")
    contradictions: int = Field(description="The same booking, told otherwise, within the file.")
    unreadable: int
    amount: Signed = Field(description="What the stored spending grows by.")
    vanished_amount: Signed = Field(
        description="What it shrinks by where what vanished is to count no more."
    )
    found: list[BookingRowFound]


class BookingTakeover(Request):
    """Bookings of which expenditures are made (Übernahme)."""

    model_config = example(bookings=["0193d3a4-5b6c-7d8e-9f00-112233445566"], share="100")

    bookings: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    share: Annotated[
        Percent, Field(gt=0, description="What of them is put to the grant of the booking.")
    ] = Decimal(100)
