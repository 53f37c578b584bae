"""Staff positions and the grants that pay for them (Stellen)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, field_validator

from services.contracts.projects.funding_rules import Scope
from services.contracts.projects.shapes import Several, TextList
from services.contracts.shared.base import (
    Key,
    Line,
    Percent,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
    shortest,
)
from services.contracts.shared.validity import not_before_start


class PositionState(StrEnum):
    """Is somebody there? (Besetzungsstand)"""

    planned = "planned"
    vacant = "vacant"
    filled = "filled"


class PositionFunding(Request):
    """What share of the position a grant pays, and when (Finanzierungsanteil)."""

    grant: Annotated[Key, Field(description="Key of the grant.")]
    share: Percent
    starts_on: date
    ends_on: Annotated[
        date | None, Field(description="Last day; null is as long as the position.")
    ] = None

    _span = field_validator("ends_on")(not_before_start)


class NewPosition(Request):
    """A staff position, or several alike (Stelle). Never the person who holds it."""

    model_config = example(
        key="planungskoordination-wartburgkreis-2023",
        title={"de": "Planungskoordination", "en": "Planning coordination"},
        fte="1",
        count=4,
        pay_grade=None,
        starts_on="2023-01-01",
        ends_on="2025-12-31",
        funding=[
            {
                "grant": "wartburgkreis-sozialstrategie-2023",
                "share": "80",
                "starts_on": "2023-01-01",
                "ends_on": "2025-12-31",
            }
        ],
        rule_scope=None,
        employer="landratsamt-wartburgkreis",
        project="integrierte-sozialplanung-wartburgkreis",
        tasks=[{"de": "Koordination und Qualitätssicherung der Fachplanungen"}],
        state="filled",
        visibility="public",
    )

    key: Key
    title: Texts
    fte: Annotated[
        Decimal,
        Field(
            gt=0,
            le=1,
            max_digits=5,
            decimal_places=4,
            description="Full-time equivalents of one position (VbE), more than 0, at most 1.",
        ),
        AfterValidator(shortest),
    ] = Decimal(1)
    count: Annotated[
        int, Field(ge=1, le=10, description="How many positions alike, such as up to four.")
    ] = 1
    pay_grade: Annotated[
        Line | None, Field(description="Grade of the tariff (Entgeltgruppe), such as E 11.")
    ] = None
    starts_on: date
    ends_on: Annotated[date | None, Field(description="Last day; null is permanent.")] = None
    funding: Several[PositionFunding] = Field(
        default_factory=list,
        description="Within the time of the position; on no day more than 100 per cent.",
    )
    rule_scope: Annotated[
        Scope | None,
        Field(
            description="The extra cap of its programme that it counts against, apart from the "
            "others: the scope under which a rule or notice says one, such as "
            "`praeventionsketten`; null is the common one."
        ),
    ] = None
    employer: Annotated[Key, Field(description="Organisation that employs (Anstellungsträger).")]
    project: Annotated[Key | None, Field(description="Key of the project.")] = None
    tasks: TextList = Field(default_factory=list)
    state: PositionState = PositionState.planned
    visibility: Visibility = Visibility.public

    _span = field_validator("ends_on")(not_before_start)


class Position(Stored, NewPosition):
    """A staff position as it is stored."""

    model_config = ConfigDict(extra="ignore")
