"""What was spent of grants, each euro once: bookings and expenditures together (Mittelabfluss)."""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.projects.bookings import Signed
from services.contracts.projects.costs import CostCategory
from services.contracts.shared.base import Answer, Money, example


class Spending(Answer):
    """What was spent of one grant in one year for one category."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        year=2024,
        category="staff",
        currency="EUR",
        booked="52400.00",
        receipts="10400.00",
        spent="62800.00",
        unpaid="0.00",
        claimed="10400.00",
        accepted="9800.00",
        reduced="600.00",
        parked="0.00",
        count=14,
    )

    grant: str
    year: int | None = Field(
        description="Of payment, else of the invoice or of the budget; null where none is known."
    )
    category: CostCategory
    currency: Literal["EUR"]
    booked: Signed = Field(description="Bookings of which no expenditure was made.")
    receipts: Money = Field(description="The grant's parts of expenditures.")
    spent: Signed = Field(description="Both together, each euro once.")
    unpaid: Money = Field(description="Of the receipts: not paid yet.")
    claimed: Money = Field(description="Of the receipts: stands in a claim.")
    accepted: Money = Field(description="Of the receipts, by the funder's checks.")
    reduced: Money
    parked: Money
    count: Annotated[int, Field(description="How many bookings and receipts.")]
