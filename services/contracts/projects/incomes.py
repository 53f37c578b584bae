"""Incomes: money beside the grant that came in for what it pays (Einnahmen, Deckungsmittel)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from services.contracts.shared.base import Key, Line, Money, Request, Stored, example


class IncomeKind(StrEnum):
    """Whose money it is (Art der Einnahme): of a third party (Drittmittel), earned by the work
    itself (Erlöse, Teilnahmebeiträge), of the grantee (Eigenmittel)."""

    third_party = "third_party"
    revenue = "revenue"
    own = "own"


class NewIncome(Request):
    """Money beside the grant that came in (Einnahme)."""

    model_config = example(
        key="teilnahmebeitraege-2024",
        grant="wartburgkreis-sozialstrategie-2023",
        kind="revenue",
        received_on="2024-05-31",
        amount="1200.00",
        purpose="Teilnahmebeiträge der Planungskonferenz",
        reference="HÜL 2024-117",
        currency="EUR",
    )

    key: Key
    grant: Annotated[Key, Field(description="Key of the grant; for good.")]
    kind: IncomeKind
    received_on: date
    amount: Annotated[Money, Field(gt=0)]
    purpose: Annotated[Line, Field(description="For what; never from which natural person.")]
    reference: Annotated[Line | None, Field(description="Number of the booking.")] = None
    currency: Literal["EUR"] = "EUR"


class Income(Stored, NewIncome):
    """An income as it is stored."""

    model_config = ConfigDict(extra="ignore")
