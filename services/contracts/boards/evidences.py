"""Evidence: the figures and findings that a recommendation or resolution rests on (Belege)."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer, WithJsonSchema

from services.contracts.shared.base import Answer, Key, Request, Stored, Texts, Visibility, example

Number = Annotated[
    Decimal,
    Field(max_digits=30, decimal_places=12),
    PlainSerializer(float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""A figure as JSON writes numbers, with the digits it was published with."""


class NewEvidence(Request):
    """A published figure that somebody refers to (Beleg)."""

    model_config = example(
        indicator="sgb2-quote",
        area="lobeda-west",
        period="2024-12-31",
        breakdown="",
        value=12.4,
        release=None,
    )

    indicator: Key
    area: Key
    period: Annotated[
        str,
        Field(
            pattern=r"^[0-9A-Za-z][0-9A-Za-z:.\-/]{0,39}$", description="As the figures name it."
        ),
    ]
    breakdown: Annotated[
        str,
        Field(
            pattern=r"^[0-9A-Za-z_=;.\-]{0,200}$",
            description="Such as `GES=GESM`; empty is the total.",
        ),
    ] = ""
    value: Annotated[
        Number | None,
        Field(
            description="Refused when another value is published; rounded as it is printed will do."
            " Null takes the published one."
        ),
    ] = None
    release: Annotated[
        int | None,
        Field(ge=1, le=2**31 - 1, description="The release it was read in; null: the newest."),
    ] = None


class Evidence(Stored):
    """A published figure as it was when somebody referred to it; it is for good."""

    model_config = {
        **Stored.model_config,
        **example(
            key="e-7hq4vn2kzd",
            recommendation="familienzentren-2026",
            resolution=None,
            indicator="sgb2-quote",
            area="lobeda-west",
            period="2024-12-31",
            breakdown="",
            value=12.4,
            release=3,
            name={"de": "SGB-II-Quote"},
            unit={"de": "Prozent"},
            visibility="public",
        ),
        "extra": "ignore",
    }

    key: Key
    recommendation: Key | None
    resolution: Key | None
    indicator: Key
    area: Key
    period: str
    breakdown: str
    value: Number
    release: int = Field(description="The release in which it was published.")
    name: Texts = Field(description="Of the indicator, as it was called then.")
    unit: Texts
    visibility: Visibility


class AnsweredFinding(Answer):
    """A finding of needs analysis that is answered, as it was then (Befund)."""

    model_config = example(
        key="kinderarmut-ohne-kita-lobeda-west-r3",
        title={"de": "Viele Kinder im SGB II, wenige Kitaplätze"},
        area="lobeda-west",
        visibility="public",
    )

    key: Key
    title: Texts
    area: str
    visibility: Visibility
