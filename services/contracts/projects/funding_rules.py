"""The rules of funding programmes, one figure each, with its time and clause (Förderregeln)."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, field_validator

from services.contracts.projects.figures import Parameter, Unit
from services.contracts.shared.base import (
    Key,
    Line,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
    shortest,
)
from services.contracts.shared.validity import not_before_start

Scope = Annotated[
    str,
    StringConstraints(pattern=r"^[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*$", max_length=60),
    Field(
        description="What the figure is for: a source (`eu`), a source in a year of the project "
        "(`third_party.1`), a category, a grade and step (`E11.3`); null is everything."
    ),
]
RuleValue = Annotated[
    Decimal,
    Field(max_digits=14, decimal_places=4, description="The figure, where it is a number."),
    AfterValidator(shortest),
]
RuleText = Annotated[
    Line, Field(description="The figure, where it is a text or a day (2029-12-31, 07-31).")
]


class NewFundingRule(Request):
    """A figure of the rules of a programme (Förderregel): a number or a text, from when until when
    it holds, and where it stands."""

    model_config = example(
        key="sozialstrategierichtlinie-2-1-social-security-rate",
        programme="sozialstrategierichtlinie-2-1",
        parameter="social_security_rate",
        scope=None,
        value="19.975",
        text=None,
        unit="percent",
        starts_on="2022-01-01",
        ends_on=None,
        clause="Sozialstrategierichtlinie 2.1, Personalausgaben",
        source="Thüringer Landesverwaltungsamt",
        verified=True,
        note=None,
        visibility="public",
    )

    key: Key
    programme: Annotated[
        Key | None, Field(description="Key of the programme; null holds for every programme.")
    ] = None
    parameter: Parameter
    scope: Scope | None = None
    value: RuleValue | None = None
    text: RuleText | None = None
    unit: Annotated[Unit, Field(description="Must suit the parameter.")]
    starts_on: Annotated[date | None, Field(description="First day; null is always.")] = None
    ends_on: Annotated[date | None, Field(description="Last day; null is open.")] = None
    clause: Annotated[Line, Field(description="Law, guideline or notice with its number.")]
    source: Annotated[Line | None, Field(description="Where it was read.")] = None
    verified: Annotated[
        bool, Field(description="Has somebody compared it with the guideline or the notice?")
    ] = False
    note: Texts | None = None
    visibility: Visibility = Visibility.public

    _span = field_validator("ends_on")(not_before_start)


class FundingRule(Stored, NewFundingRule):
    """A rule as it is stored."""

    model_config = ConfigDict(extra="ignore")
