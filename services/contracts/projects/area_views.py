"""Need, measures and money of areas side by side (integrierte Sozial- und Finanzplanung)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from services.contracts.projects.portfolio import PortfolioSum
from services.contracts.shared.base import Answer, example

_SUM = {"amount": "42000.00", "unknown": 0}
_MONEY = {
    "measures": ["jobladen-lobeda"],
    "municipal": {"amount": "1200.50", "unknown": 1},
    "granted_budget": _SUM,
    "other": {"amount": "300.00", "unknown": 0},
}


class AreaMoney(Answer):
    """What measures may cost in a year, by whose money it is."""

    measures: Sequence[str] = Field(description="Keys of the measures for the area.")
    municipal: PortfolioSum = Field(description="Own and municipal money in their budgets.")
    granted_budget: PortfolioSum = Field(description="Money of Union, federation and state there.")
    other: PortfolioSum = Field(description="Third parties and others.")


class AreaNeed(Answer):
    """The need that is found, and what of it measures answer (Bedarf)."""

    model_config = example(
        open=["kinderarmut-ohne-kita-lobeda-west-r3"],
        answered=["kinderarmut-ohne-kita-lobeda-west-r3"],
        unanswered=[],
    )

    open: Sequence[str] = Field(description="Keys of findings that are open or confirmed.")
    answered: Sequence[str] = Field(description="Those of them that a measure names.")
    unanswered: Sequence[str] = Field(description="Those that no measure names.")


class AreaView(AreaMoney):
    """An area (Gebiet); null stands for what names no area."""

    area: str | None
    granted: PortfolioSum = Field(description="Grants of the projects that work in the area.")
    spent: PortfolioSum = Field(description="What these projects have spent by the day.")
    need: AreaNeed


class AreaViews(Answer):
    """All areas with a need, a measure or a grant (integrierte Sicht)."""

    model_config = example(
        on="2024-06-30",
        year=2027,
        currency="EUR",
        several=1,
        areas=[
            {
                "area": "lobeda-west",
                **_MONEY,
                "granted": _SUM,
                "spent": {"amount": "0.00", "unknown": 0},
                "need": {
                    "open": ["kinderarmut-ohne-kita-lobeda-west-r3"],
                    "answered": [],
                    "unanswered": ["kinderarmut-ohne-kita-lobeda-west-r3"],
                },
            }
        ],
        total=_MONEY,
    )

    on: date
    year: int = Field(description="The year of the budgets.")
    currency: Literal["EUR"]
    several: int = Field(
        description="Measures for more than one area: each area counts them, the total once."
    )
    areas: Sequence[AreaView] = Field(description="By key; what names no area is the last.")
    total: AreaMoney
