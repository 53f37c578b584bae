"""Mappings of the finance system: which column is what, and which account pays for what."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from services.contracts.projects.costs import CostCategory
from services.contracts.shared.base import Key, Line, Request, Stored, Texts, example


class BookingSign(StrEnum):
    """How spending is written in the file (Vorzeichen): above zero, or with a minus."""

    as_written = "as_written"
    reversed = "reversed"


class BookingColumns(Request):
    """The headings of the columns (Spaltenüberschriften); null is not in the file."""

    number: Annotated[Line | None, Field(description="Number of the booking (Belegnummer).")] = None
    position: Annotated[
        Line | None, Field(description="Position, where one number has several (Belegposition).")
    ] = None
    fiscal_year: Annotated[
        Line | None, Field(description="Budget year; null is that of the day of booking.")
    ] = None
    account: Annotated[Line, Field(description="Account (Sachkonto).")]
    product: Annotated[Line | None, Field(description="Product of the budget.")] = None
    cost_object: Annotated[Line | None, Field(description="Kostenträger, Kostenstelle.")] = None
    booked_on: Annotated[Line, Field(description="Day of booking (Buchungsdatum).")]
    invoice_date: Line | None = None
    paid_on: Line | None = None
    amount: Line
    supplier_name: Line | None = None
    purpose: Annotated[Line | None, Field(description="Text of the booking.")] = None


class BookingRule(Request):
    """Which bookings belong to a grant, and to which category (Zuordnung).

    A pattern is a number as it is written in the file; with `*` at its end, the beginning of one.
    """

    product: Line | None = None
    cost_object: Line | None = None
    account: Line | None = None
    grant: Annotated[Key, Field(description="Key of the grant.")]
    category: CostCategory

    @model_validator(mode="after")
    def _says_something(self) -> "BookingRule":
        if self.product is None and self.cost_object is None and self.account is None:
            raise ValueError("a rule names a product, a cost object or an account")
        return self


class NewBookingMapping(Request):
    """How bookings of a finance system are read (Zuordnung des Finanzverfahrens)."""

    model_config = example(
        key="finanzverfahren-wartburgkreis",
        name={"de": "Buchungsjournal des Landratsamts"},
        columns={
            "number": "Belegnr.",
            "position": None,
            "fiscal_year": "HHJ",
            "account": "Sachkonto",
            "product": "Produkt",
            "cost_object": "Kostenträger",
            "booked_on": "Buchungsdatum",
            "invoice_date": None,
            "paid_on": "Zahldatum",
            "amount": "Betrag",
            "supplier_name": "Empfänger",
            "purpose": "Buchungstext",
        },
        decimal=",",
        sign="as_written",
        rules=[
            {
                "product": "3.1.1.01",
                "cost_object": "4711",
                "account": "50*",
                "grant": "wartburgkreis-sozialstrategie-2023",
                "category": "staff",
            }
        ],
    )

    key: Key
    name: Texts
    columns: BookingColumns
    decimal: Annotated[
        Literal[",", "."], Field(description="Between euros and cents, where cells are texts.")
    ] = ","
    sign: BookingSign = BookingSign.as_written
    rules: Annotated[
        list[BookingRule],
        Field(min_length=1, max_length=500, description="In their order; the first that fits."),
    ]


class BookingMapping(Stored, NewBookingMapping):
    """A mapping as it is stored."""

    model_config = ConfigDict(extra="ignore")
