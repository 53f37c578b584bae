"""Conditions of needs analysis: what is looked at in an area (Bedingungen)."""

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from services.contracts.indicators.facilities import Breakdown
from services.contracts.indicators.maps import ClassMethod
from services.contracts.shared.base import Key, Percent, Request, example, shortest

Number = Annotated[Decimal, Field(max_digits=18, decimal_places=6), AfterValidator(shortest)]


class Comparison(StrEnum):
    """How two numbers are compared (Vergleich)."""

    above = "above"
    at_least = "at_least"
    below = "below"
    at_most = "at_most"
    between = "between"


def _upper_goes_with_between(upper: Decimal | None, info: ValidationInfo) -> Decimal | None:
    between = info.data.get("comparison") is Comparison.between
    if between and upper is None:
        raise ValueError("between needs an upper limit")
    if upper is not None and not between:
        raise ValueError("only between has an upper limit")
    if upper is not None and info.data.get("value") is not None and upper < info.data["value"]:
        raise ValueError("the upper limit lies below the lower one")
    return upper


Upper = Annotated[
    Number | None,
    AfterValidator(_upper_goes_with_between),
    Field(validate_default=True, description="Of `between`, included like the lower limit."),
]


class Threshold(Request):
    """A figure is compared with a number, or with a multiple of that of another area."""

    model_config = example(
        kind="threshold",
        indicator="sgb2-quote",
        breakdown="",
        comparison="at_least",
        value="1.5",
        upper=None,
        relative_to="area",
        reference_area="jena",
    )

    kind: Literal["threshold"]
    indicator: Key
    breakdown: Breakdown = ""
    comparison: Comparison
    value: Annotated[
        Number, Field(description="The number; with `relative_to` a multiple: 1.5 is half more.")
    ]
    upper: Upper = None
    relative_to: Annotated[
        Literal["parent", "area"] | None,
        Field(description="The area above, or `reference_area`, such as the whole town."),
    ] = None
    reference_area: Annotated[Key | None, Field(validate_default=True)] = None

    @field_validator("reference_area")
    @classmethod
    def _goes_with_area(cls, area: str | None, info: ValidationInfo) -> str | None:
        if (info.data.get("relative_to") == "area") != (area is not None):
            raise ValueError("goes with relative_to area")
        return area


class Extreme(Request):
    """An area is among those with the highest or lowest figures; ties are all among them."""

    model_config = example(
        kind="extreme", indicator="sgb2-quote", breakdown="", end="highest", count=5, percent=None
    )

    kind: Literal["extreme"]
    indicator: Key
    breakdown: Breakdown = ""
    end: Literal["highest", "lowest"]
    count: Annotated[int | None, Field(ge=1, le=10_000, description="So many areas.")] = None
    percent: Annotated[
        Percent | None,
        Field(validate_default=True, description="Or this share of the areas with a figure."),
    ] = None

    @field_validator("percent")
    @classmethod
    def _one_of_both(cls, percent: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if (percent is None) == (info.data.get("count") is None):
            raise ValueError("either a count or a percentage")
        return percent


def _not_by_recipe(by: ClassMethod) -> ClassMethod:
    if by is ClassMethod.recipe:
        raise ValueError("for the classes of an index there is the condition index_class")
    return by


class InClass(Request):
    """A figure is in one of the classes that a map of the level has with the same settings.

    A figure on a limit is in the class below it.
    """

    model_config = example(
        kind="class",
        indicator="sgb2-quote",
        breakdown="",
        by="quantile",
        number=5,
        limits=[],
        classes=[5],
    )

    kind: Literal["class"]
    indicator: Key
    breakdown: Breakdown = ""
    by: Annotated[ClassMethod, AfterValidator(_not_by_recipe)]
    number: Annotated[
        int | None,
        Field(
            ge=2, le=9, validate_default=True, description="Of classes, unless limits are given."
        ),
    ] = None
    limits: Annotated[
        list[Number],
        Field(max_length=8, validate_default=True, description="Rising numbers between classes."),
    ] = []
    classes: Annotated[
        list[Annotated[int, Field(ge=1, le=9)]],
        Field(min_length=1, max_length=9, description="Counted from the lowest figures: 1."),
    ]

    @field_validator("number")
    @classmethod
    def _number_unless_given(cls, number: int | None, info: ValidationInfo) -> int | None:
        if (info.data.get("by") is ClassMethod.given) != (number is None):
            raise ValueError("goes with every way but given limits")
        return number

    @field_validator("limits")
    @classmethod
    def _limits_if_given(cls, limits: list[Decimal], info: ValidationInfo) -> list[Decimal]:
        if (info.data.get("by") is ClassMethod.given) != bool(limits):
            raise ValueError("limits go with given limits")
        if any(low >= high for low, high in pairwise(limits)):
            raise ValueError("each limit is larger than the one before")
        return limits


class InIndexClass(Request):
    """An index puts the area into one of these classes."""

    model_config = example(
        kind="index_class", index="soziale-lage", part="group", index_classes=["4-", "3-"]
    )

    kind: Literal["index_class"]
    index: Key
    part: Annotated[
        Literal["status", "dynamics", "group"],
        Field(description="Class of the state, of the dynamics, or group of both."),
    ] = "status"
    index_classes: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/\-]{1,21}$")]],
        Field(min_length=1, max_length=50, description="Codes of classes of the index."),
    ]


class TrendCondition(Request):
    """The change of a figure over some periods is compared with a number."""

    model_config = example(
        kind="trend",
        indicator="sgb2-quote",
        breakdown="",
        periods=2,
        measure="difference",
        comparison="at_least",
        value="2",
        upper=None,
    )

    kind: Literal["trend"]
    indicator: Key
    breakdown: Breakdown = ""
    periods: int = Field(ge=1, le=40, description="How many periods back, of the same length.")
    measure: Literal["difference", "growth"] = Field(
        description="In units of the indicator, or in per cent of the earlier figure."
    )
    comparison: Comparison
    value: Number
    upper: Upper = None


class CoverageGap(Request):
    """Too few places for the target group, or too far to the nearest facility; one is enough."""

    model_config = example(
        kind="coverage", facility_kind="kita", places_below="60", farther_than=1500
    )

    kind: Literal["coverage"]
    facility_kind: Key
    places_below: Annotated[
        Number | None, Field(ge=0, description="Fewer places per 100 of the target group.")
    ] = None
    farther_than: Annotated[
        int | None,
        Field(ge=0, le=1_000_000, validate_default=True, description="Metres in a straight line."),
    ] = None

    @field_validator("farther_than")
    @classmethod
    def _one_at_least(cls, metres: int | None, info: ValidationInfo) -> int | None:
        if metres is None and info.data.get("places_below") is None:
            raise ValueError("say how few places or how far is a gap")
        return metres


Condition = Annotated[
    Threshold | Extreme | InClass | InIndexClass | TrendCondition | CoverageGap,
    Field(discriminator="kind"),
]
