"""When the money ends, and what follows (Förderklippe)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from services.contracts.projects.portfolio import PortfolioSum
from services.contracts.shared.base import Answer, Money, example


class CliffStep(StrEnum):
    """By which steps of time (Zeitraster)."""

    month = "month"
    quarter = "quarter"
    year = "year"


class CliffPoint(Answer):
    """What is granted for a step of time."""

    starts_on: date
    ends_on: date
    money: PortfolioSum = Field(description="Of the grants that run in it.")
    fte: Decimal = Field(description="Full-time equivalents they pay for on its first day (VbE).")
    grants: int = Field(description="How many run in it.")


class GrantEnd(Answer):
    """A grant that ends, and what could follow."""

    grant: str
    project: str
    programme: str
    ends_on: date
    amount: Money | None
    fte: Decimal = Field(description="Full-time equivalents it pays for on its last day.")
    granted: Sequence[str] = Field(description="Keys of later grants of the project.")
    applied: Sequence[str] = Field(description="Keys of grants of the project applied for.")
    successor_programmes: Sequence[str] = Field(
        description="Keys of programmes that continue its programme."
    )
    follows_on: date | None = Field(
        description="First day after it on which another granted one pays; null is none, or nobody "
        "said when it begins."
    )
    gap_days: int | None = Field(
        description="Days until then without any of the project; null where nothing follows."
    )
    successor_known: bool = Field(
        description="Whether a later grant of the project is granted, without a day between."
    )


class FundingCliff(Answer):
    """Money and staff until the last notice ends (Förderklippe)."""

    model_config = example(
        on="2025-10-01",
        by="quarter",
        currency="EUR",
        points=[
            {
                "starts_on": "2025-10-01",
                "ends_on": "2025-12-31",
                "money": {"amount": "9076.94", "unknown": 0},
                "fte": "4",
                "grants": 1,
            }
        ],
        ends=[
            {
                "grant": "wartburgkreis-sozialstrategie-2023",
                "project": "integrierte-sozialplanung-wartburgkreis",
                "programme": "sozialstrategierichtlinie-2-1",
                "ends_on": "2025-12-31",
                "amount": "108016.32",
                "fte": "4",
                "granted": ["wartburgkreis-sozialstrategie-2026"],
                "applied": [],
                "successor_programmes": [],
                "follows_on": "2026-03-01",
                "gap_days": 59,
                "successor_known": False,
            }
        ],
        undated=["biwaq-2019"],
        chart={"$schema": "https://vega.github.io/schema/vega-lite/v6.json"},
    )

    on: date
    by: CliffStep
    currency: Literal["EUR"]
    points: Sequence[CliffPoint] = Field(description="From the step of the day on.")
    ends: Sequence[GrantEnd] = Field(description="Grants that end on the day or later, next first.")
    undated: Sequence[str] = Field(description="Grants whose period is not known; in no step.")
    chart: dict[str, Any] = Field(
        description="A Vega-Lite specification with its data; `description` says it in words."
    )
