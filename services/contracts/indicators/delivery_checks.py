"""How the figures of an indicator are checked when they are delivered (Plausibilitätsprüfung)."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from services.contracts.shared.base import Request, example

_Score = Annotated[Decimal, Field(gt=0, le=100, max_digits=6, decimal_places=3)]


class DeliveryChecks(Request):
    """What is looked at, and how sternly.

    A figure is implausible where it lies outside of all other values of its series, changed by
    `least_change` or more against the last period, and its z-score or its modified z-score (by
    the median; Iglewicz and Hoaglin 1993) is beyond the limit. Of a series of fewer than five
    figures it must be `ratio` times the last period or more, or as small a part of it. A count
    must have changed by more than three times its random error as well (the square root of the
    cases). That is always a warning.
    """

    model_config = example(
        sums="strict",
        negative="strict",
        tolerance=None,
        z_score="3",
        modified_z_score="3.5",
        least_change="0.1",
        ratio="2",
    )

    sums: Literal["warn", "strict", "off"] = Field(
        default="warn",
        description=(
            "What to do where parts do not add up to their total: warn, refuse the file, or do "
            "not look. Looked at for counts alone."
        ),
    )
    negative: Literal["warn", "strict", "off"] = Field(
        default="warn",
        description=(
            "What to do with counts below zero: warn, refuse the file, or, for balances such as "
            "that of migration, nothing."
        ),
    )
    tolerance: Annotated[
        Decimal | None,
        Field(
            ge=0,
            max_digits=12,
            decimal_places=4,
            description=(
                "By how much each part may be off. Null: by half of the base to which the source "
                "rounds, and not at all where it does not."
            ),
        ),
    ] = None
    z_score: _Score = Field(
        default=Decimal("3"), description="Limit for the distance in standard deviations."
    )
    modified_z_score: _Score = Field(
        default=Decimal("3.5"), description="Limit for the distance by the median."
    )
    least_change: Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)] = Field(
        default=Decimal("0.1"),
        description="A smaller part of the last period is never an implausible change.",
    )
    ratio: Annotated[Decimal, Field(gt=1, le=1000, max_digits=7, decimal_places=3)] = Field(
        default=Decimal("2"),
        description="How many times as large or small a figure of a short series may become.",
    )
