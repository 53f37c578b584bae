"""Everything that is funded on a day, in groups (Förderportfolio, Controlling)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import Field

from services.contracts.projects.bookings import Signed
from services.contracts.shared.base import Answer, example


class PortfolioAxis(StrEnum):
    """By what the funded projects are grouped (Gliederung des Portfolios)."""

    programme = "programme"
    field = "field"
    planning_field = "planning_field"
    area = "area"
    target_group = "target_group"
    department = "department"


class PortfolioSum(Answer):
    """A sum over grants, and of how many of them it is not known."""

    amount: Signed | None = Field(
        description="Sum of what is known; null: nothing is. Below zero is more than there was."
    )
    unknown: int = Field(description="Grants of which it is not known; they are not in the sum.")


class PortfolioRate(Answer):
    """A rate over grants, and of how many of them it is not known."""

    percent: Decimal | None = Field(description="Of the grants of which both parts are known.")
    unknown: int


class PortfolioYear(Answer):
    """Plan, actual and forecast of a year."""

    year: int
    planned: PortfolioSum = Field(description="Cost by the budgets of notices.")
    spent: PortfolioSum = Field(description="Cost that is paid.")
    allotted: PortfolioSum = Field(description="Money of grants for the year, by their sources.")
    paid_out: PortfolioSum = Field(description="Money of grants that came.")
    forecast: PortfolioSum = Field(description="Money of grants that will have come.")
    lapse: PortfolioSum = Field(description="Money of the year that will not come.")


class PortfolioFigures(Answer):
    """The money of some grants."""

    grants: int
    projects: Sequence[str] = Field(description="Keys of their projects.")
    granted: PortfolioSum
    own: PortfolioSum = Field(description="Own and municipal money in the financing plans.")
    budget: PortfolioSum = Field(description="Eligible cost as granted.")
    spent: PortfolioSum = Field(description="Cost paid; what the funder accepted, once checked.")
    committed: PortfolioSum = Field(description="Ordered and not invoiced.")
    claimed: PortfolioSum
    paid_out: PortfolioSum
    repaid: PortfolioSum
    remaining: PortfolioSum = Field(description="Granted and not paid out.")
    absorption: PortfolioRate = Field(description="Certified of granted, in per cent.")
    forecast: PortfolioSum = Field(description="Money of the grants used in the end.")
    lapse: PortfolioSum = Field(description="Over all years; not known while one year is not.")
    years: Sequence[PortfolioYear]


class PortfolioGroup(PortfolioFigures):
    """The grants of one group."""

    key: str | None = Field(description="Key of the group; null: those that are in none.")


_EXAMPLE = {
    "grants": 1,
    "projects": ["sozialplanung"],
    "granted": {"amount": "108016.32", "unknown": 0},
    "own": {"amount": "27004.08", "unknown": 0},
    "budget": {"amount": "135020.40", "unknown": 0},
    "spent": {"amount": "62800.00", "unknown": 0},
    "committed": {"amount": "0.00", "unknown": 0},
    "claimed": {"amount": "52400.00", "unknown": 0},
    "paid_out": {"amount": "52400.00", "unknown": 0},
    "repaid": {"amount": "0.00", "unknown": 0},
    "remaining": {"amount": "55616.32", "unknown": 0},
    "absorption": {"percent": "48.5", "unknown": 0},
    "forecast": {"amount": "104200.00", "unknown": 0},
    "lapse": {"amount": "3816.32", "unknown": 0},
    "years": [],
}


class Portfolio(Answer):
    """Everything that is funded on a day (Förderportfolio)."""

    model_config = example(
        on="2024-06-30",
        by="programme",
        currency="EUR",
        several=0,
        groups=[{"key": "sozialstrategierichtlinie-2-1", **_EXAMPLE}],
        total=_EXAMPLE,
    )

    on: date
    by: PortfolioAxis
    currency: Literal["EUR"]
    several: int = Field(
        description="Grants in more than one group: each group counts them, the total once."
    )
    groups: Sequence[PortfolioGroup] = Field(description="By key; those in none are the last.")
    total: PortfolioFigures
