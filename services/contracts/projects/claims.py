"""Claims: money that is asked of the funder, and what of it came (Mittelabrufe)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.shapes import Several
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Money,
    Percent,
    Prose,
    Request,
    Stored,
    each_once,
    example,
)

MOST_EXPENDITURES = 2_000


class ClaimState(StrEnum):
    """How far a claim has come (Stand des Mittelabrufs)."""

    draft = "draft"
    submitted = "submitted"
    paid = "paid"
    settled = "settled"
    withdrawn = "withdrawn"
    refused = "refused"


class ClaimOutcome(StrEnum):
    """Why nothing more will come of a claim (Abschluss des Mittelabrufs)."""

    settled = "settled"
    withdrawn = "withdrawn"
    refused = "refused"


class ForecastCost(Request):
    """What will have to be paid soon (voraussichtliche Ausgabe)."""

    purpose: Line
    category: CostCategory
    amount: Annotated[Money, Field(gt=0)]
    due_on: date | None = None


class NewClaim(Request):
    """A claim (Mittelabruf, Auszahlungsantrag)."""

    model_config = example(
        key="abruf-wartburgkreis-2024-2",
        grant="wartburgkreis-sozialstrategie-2023",
        reference="2. Mittelabruf 2024",
        expenditures=["moderation-planungskonferenz-2024"],
        forecast=[
            {
                "purpose": "Personalausgaben Juni und Juli",
                "category": "staff",
                "amount": "10400.00",
                "due_on": "2024-07-31",
            }
        ],
        requested="9272.00",
        note=None,
        currency="EUR",
    )

    key: Key
    grant: Annotated[Key, Field(description="Key of the grant; for good.")]
    reference: Annotated[Line | None, Field(description="Its number or name.")] = None
    expenditures: Annotated[
        list[Key],
        AfterValidator(each_once),
        Field(max_length=MOST_EXPENDITURES, description="What was paid and is claimed."),
    ] = Field(default_factory=list)
    forecast: Several[ForecastCost] = Field(
        default_factory=list, description="What will have to be paid, for an advance."
    )
    requested: Annotated[Money, Field(gt=0, description="At most what the cost supports.")]
    note: Prose | None = None
    currency: Literal["EUR"] = "EUR"


class Payout(Answer):
    """Money that came (Auszahlung)."""

    model_config = example(number=1, paid_on="2024-06-20", amount="5000.00")

    number: int
    paid_on: date
    amount: Money


class Claim(Stored, NewClaim):
    """A claim as it is stored."""

    model_config = ConfigDict(extra="ignore")

    cost: Money = Field(
        description="The grant's parts of the expenditures, and the forecast, with the flat "
        "amounts by the notice that rest on them."
    )
    share: Percent | None = Field(
        description="What of the cost the grant pays, where it pays a share (Anteilfinanzierung)."
    )
    supported: Money = Field(description="What the cost supports: the most that can be requested.")
    state: ClaimState
    submitted_on: date | None
    closed_on: date | None
    payouts: list[Payout] = Field(description="In the order in which they were entered.")
    paid_out: Money


class ClaimSubmission(Request):
    """The claim goes to the funder (Einreichung)."""

    model_config = example(submitted_on="2024-06-03")

    submitted_on: date


class NewPayout(Request):
    """Money that came (Auszahlung), in whole or in part."""

    model_config = example(paid_on="2024-06-20", amount="5000.00")

    paid_on: date
    amount: Annotated[Money, Field(gt=0)]


class PayoutCorrection(Request):
    """What a payout really was (Berichtigung); zero where it never came."""

    model_config = example(
        number=1, paid_on="2024-06-21", amount="5000.00", reason="Wertstellung laut Kontoauszug"
    )

    number: Annotated[int, Field(ge=1, le=1000, description="Which payout, from 1.")]
    paid_on: date
    amount: Money
    reason: Prose


class ClaimClosing(Request):
    """Nothing more will come of the claim (Abschluss)."""

    model_config = example(outcome="settled", closed_on="2024-09-01", reason="Restbetrag gekürzt")

    outcome: ClaimOutcome
    closed_on: date
    reason: Prose | None = None
