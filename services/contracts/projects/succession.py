"""Succession: the line of programmes that continue one another (Programmnachfolge)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pydantic import Field

from services.contracts.projects.grants import GrantState
from services.contracts.shared.base import Answer, Money, Texts, example


class GrantInLine(Answer):
    """A grant of a programme of the line."""

    key: str
    project: str
    state: GrantState
    starts_on: date | None
    ends_on: date | None
    eligible_cost: Money | None
    amount: Money | None


class ProgrammeInLine(Answer):
    """A programme of the line, with the grants that the municipality had of it."""

    programme: str
    name: Texts
    successor_of: str | None
    grants: Sequence[GrantInLine]
    amount: Decimal = Field(description="Of the grants whose amount is known, together.")
    unknown: int = Field(description="Number of grants whose amount is not known.")


class YearInLine(Answer):
    """Who paid in one year."""

    year: int
    grants: Sequence[str] = Field(description="Keys of grants that ran then; empty is a gap.")


class ProgrammeLine(Answer):
    """A line of programmes over their periods (Programmnachfolge)."""

    model_config = example(
        programmes=[
            {
                "programme": "sozialstrategierichtlinie-2-1",
                "name": {"de": "Sozialstrategierichtlinie"},
                "successor_of": "armutspraeventionsrichtlinie-2-1",
                "grants": [
                    {
                        "key": "jena-sozialstrategie-2023",
                        "project": "sozialplanung-jena",
                        "state": "closed",
                        "starts_on": "2023-01-01",
                        "ends_on": "2025-12-31",
                        "eligible_cost": "135020.40",
                        "amount": "108016.32",
                    }
                ],
                "amount": "108016.32",
                "unknown": 0,
            }
        ],
        years=[{"year": 2023, "grants": ["jena-sozialstrategie-2023"]}],
    )

    programmes: Sequence[ProgrammeInLine] = Field(description="The earlier before the later.")
    years: Sequence[YearInLine] = Field(description="From the first to the last year known.")
