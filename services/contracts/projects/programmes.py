"""Funding programmes: who gives money for what, and when (Förderprogramme)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, field_validator

from services.contracts.projects.shapes import Lines, Several
from services.contracts.shared.base import (
    Key,
    Line,
    Link,
    LongTexts,
    Percent,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
    shortest,
)
from services.contracts.shared.validity import not_before_start

FullTime = Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=2), AfterValidator(shortest)]
"""Full-time equivalents (VbE)."""


class FunderLevel(StrEnum):
    """Where the money comes from (Mittelherkunft)."""

    eu = "eu"
    federal = "federal"
    state = "state"
    municipal = "municipal"
    other = "other"


class Funder(Request):
    """Who gives the money, and from which fund (Mittelgeber)."""

    organisation: Annotated[Key, Field(description="Key of the organisation.")]
    level: FunderLevel
    fund: Annotated[Line | None, Field(description="Such as ESF Plus.")] = None


class FundingPeriod(Request):
    """A time in which the programme funds by the same rules (Förderperiode)."""

    starts_on: date
    ends_on: Annotated[date | None, Field(description="Last day; null is open.")] = None
    max_positions: Annotated[
        FullTime | None, Field(description="Positions (VbE) at most; null when there is no limit.")
    ] = None
    max_rate: Annotated[
        Percent | None, Field(description="Highest share of the eligible cost, in per cent.")
    ] = None
    note: Texts | None = None

    _span = field_validator("ends_on")(not_before_start)


class NewProgramme(Request):
    """A funding programme or guideline (Förderprogramm, Richtlinie)."""

    model_config = example(
        key="sozialstrategierichtlinie-2-1",
        name={"de": "Sozialstrategierichtlinie", "en": "Social strategy guideline"},
        short_name={"de": "Integrierte Sozialplanung", "en": "Integrated social planning"},
        section="2.1",
        funders=[
            {"organisation": "europaeische-union", "level": "eu", "fund": "ESF Plus"},
            {"organisation": "freistaat-thueringen", "level": "state", "fund": None},
        ],
        legal_basis=["Verordnung (EU) 2021/1057"],
        periods=[
            {
                "starts_on": "2023-01-01",
                "ends_on": "2025-12-31",
                "max_positions": "4",
                "max_rate": "80",
                "note": {"de": "ESF Plus höchstens 60 %, Land in der Regel 20 %"},
            }
        ],
        successor_of="armutspraeventionsrichtlinie-2-1",
        description={"de": "Fördert die Planungskoordination in Landkreisen und Städten."},
        website=None,
        visibility="public",
    )

    key: Key
    name: Texts
    short_name: Texts | None = None
    section: Annotated[Line | None, Field(description="Part of the guideline, such as 2.1.")] = None
    funders: Several[Funder] = Field(default_factory=list)
    legal_basis: Lines = Field(default_factory=list)
    periods: Several[FundingPeriod] = Field(
        default_factory=list, description="Funding periods; they do not overlap."
    )
    successor_of: Annotated[
        Key | None, Field(description="The programme that this one continues.")
    ] = None
    description: LongTexts | None = None
    website: Link | None = None
    visibility: Visibility = Visibility.public


class Programme(Stored, NewProgramme):
    """A funding programme as it is stored."""

    model_config = ConfigDict(extra="ignore")
