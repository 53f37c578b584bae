"""Staffings: when how much of a position was filled, at what pay (Besetzungen)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, field_validator

from services.contracts.projects.terms import Year
from services.contracts.shared.base import Key, Money, Request, Stored, example, shortest
from services.contracts.shared.validity import not_before_start


class WorkedHours(Request):
    """Hours that were worked for a grant in a month (geleistete Stunden, Stundennachweis)."""

    grant: Annotated[Key, Field(description="Key of a grant that pays for the position then.")]
    year: Year
    month: Annotated[int, Field(ge=1, le=12)]
    hours: Annotated[
        Decimal,
        Field(gt=0, le=744, max_digits=5, decimal_places=2),
        AfterValidator(shortest),
    ]


class NewStaffing(Request):
    """How much of a position is filled for some time (Besetzung). Never who holds it."""

    model_config = example(
        key="planungskoordination-2023-1",
        position="planungskoordination-wartburgkreis-2023",
        starts_on="2023-03-01",
        ends_on="2024-06-30",
        fte="0.75",
        pay_step=3,
        monthly_pay="4650.00",
        pension_liable_pay="4650.00",
        annual_cost="52400.00",
        hours=[
            {
                "grant": "wartburgkreis-sozialstrategie-2023",
                "year": 2024,
                "month": 5,
                "hours": "96.5",
            }
        ],
        currency="EUR",
    )

    key: Key
    position: Annotated[Key, Field(description="Key of the position; for good.")]
    starts_on: date
    ends_on: Annotated[date | None, Field(description="Last day; null is not known yet.")] = None
    fte: Annotated[
        Decimal,
        Field(
            gt=0,
            le=10,
            max_digits=6,
            decimal_places=4,
            description="Full-time equivalents that are filled, of all positions alike (VbE).",
        ),
        AfterValidator(shortest),
    ]
    pay_step: Annotated[
        int | None, Field(ge=1, le=6, description="Step within the grade (Erfahrungsstufe).")
    ] = None
    monthly_pay: Annotated[
        Money | None,
        Field(
            description="Gross pay of a month, as of full time (Arbeitnehmerbrutto); null: not"
            " known."
        ),
    ] = None
    pension_liable_pay: Annotated[
        Money | None,
        Field(
            description="What of it is liable to the supplementary pension"
            " (zusatzversorgungspflichtiges Entgelt), as of full time; null: not known."
        ),
    ] = None
    annual_cost: Annotated[
        Money | None,
        Field(
            description="Latest documented gross employment cost of twelve months, with what the"
            " employer pays, of this staffing as it is (Art. 55(2) Regulation (EU) 2021/1060);"
            " null: it is not charged by hours, or not known."
        ),
    ] = None
    hours: list[WorkedHours] = Field(
        default_factory=list,
        max_length=500,
        description="By month and grant, each once; then it is charged by hours, and nobody else"
        " is in this staffing.",
    )
    currency: Literal["EUR"] = "EUR"

    _span = field_validator("ends_on")(not_before_start)


class Staffing(Stored, NewStaffing):
    """A staffing as it is stored."""

    model_config = ConfigDict(extra="ignore")
