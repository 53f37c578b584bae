"""Needs analysis: saved rules that say where something is needed (Bedarfsanalyse)."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from services.contracts.indicators.facilities import Breakdown
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    LongTexts,
    Percent,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
    shortest,
)

Number = Annotated[Decimal, Field(max_digits=18, decimal_places=6), AfterValidator(shortest)]


class Severity(StrEnum):
    """How much a finding weighs (Dringlichkeit)."""

    low = "low"
    medium = "medium"
    high = "high"


class Combining(StrEnum):
    """How many of the conditions must hold (Verknüpfung)."""

    all = "all"
    any = "any"
    at_least = "at_least"


class Comparison(StrEnum):
    """How two numbers are compared (Vergleich)."""

    above = "above"
    at_least = "at_least"
    below = "below"
    at_most = "at_most"
    between = "between"


class ClassLimits(StrEnum):
    """How the limits between classes are found (Klassenbildung)."""

    given = "given"
    quantile = "quantile"
    equal_interval = "equal_interval"


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


class InClass(Request):
    """A figure is in one of these classes; a figure on a limit is in the class below it."""

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
    by: ClassLimits
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
        if (info.data.get("by") is ClassLimits.given) != (number is None):
            raise ValueError("goes with every way but given limits")
        return number

    @field_validator("limits")
    @classmethod
    def _limits_if_given(cls, limits: list[Decimal], info: ValidationInfo) -> list[Decimal]:
        if (info.data.get("by") is ClassLimits.given) != bool(limits):
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


class NewNeedsRule(Request):
    """A rule of needs analysis (Bedarfsregel): asked of every area of a level at each release."""

    model_config = example(
        key="kinderarmut-ohne-kita",
        title={"de": "Viele Kinder im SGB II, wenige Kitaplätze"},
        description=None,
        topic="Kinder und Jugend",
        severity="high",
        level="statistischer-bezirk",
        combining="all",
        at_least=None,
        conditions=[
            {
                "kind": "threshold",
                "indicator": "sgb2-kinder-quote",
                "comparison": "at_least",
                "value": "1.5",
                "relative_to": "area",
                "reference_area": "jena",
            },
            {"kind": "coverage", "facility_kind": "kita", "places_below": "60"},
        ],
        active=True,
        visibility="administration",
    )

    key: Key
    title: Texts
    description: LongTexts | None = None
    topic: Annotated[Line | None, Field(description="The field it belongs to (Themenfeld).")] = None
    severity: Severity = Severity.medium
    level: Annotated[Key, Field(description="Key of the level of areas that are looked at.")]
    combining: Combining = Combining.all
    at_least: Annotated[
        int | None,
        Field(ge=1, le=20, validate_default=True, description="So many, of `at_least`."),
    ] = None
    conditions: list[Condition] = Field(min_length=1, max_length=20)
    active: bool = Field(default=True, description="Only active rules are asked at a release.")
    visibility: Annotated[Visibility, Field(description="Of the rule and of its findings.")] = (
        Visibility.administration
    )

    @field_validator("at_least")
    @classmethod
    def _goes_with_its_mode(cls, number: int | None, info: ValidationInfo) -> int | None:
        if (info.data.get("combining") is Combining.at_least) != (number is not None):
            raise ValueError("goes with combining at_least")
        return number

    @field_validator("conditions")
    @classmethod
    def _enough_of_them(cls, conditions: list[Any], info: ValidationInfo) -> list[Any]:
        number = info.data.get("at_least")
        if number is not None and number > len(conditions):
            raise ValueError(f"there are fewer than {number} conditions")
        return conditions


class NeedsRule(Stored, NewNeedsRule):
    """A rule of needs analysis as it is stored."""

    model_config = {**Stored.model_config, **NewNeedsRule.model_config, "extra": "ignore"}


class Outcome(StrEnum):
    """Whether a condition holds; what is hidden or missing makes it unknown, never false."""

    met = "met"
    not_met = "not_met"
    unknown = "unknown"


class WhyUnknown(StrEnum):
    """Why nobody can say whether a condition holds (Grund der Unklarheit)."""

    hidden = "hidden"
    missing = "missing"
    reference_hidden = "reference_hidden"
    reference_missing = "reference_missing"
    earlier_hidden = "earlier_hidden"
    earlier_missing = "earlier_missing"
    base_is_zero = "base_is_zero"
    places_unknown = "places_unknown"
    distance_unknown = "distance_unknown"
    left_out = "left_out"


class Evidence(Answer):
    """What a condition was decided by, as everybody could see it with the release (Beleg)."""

    model_config = example(
        condition=0,
        kind="threshold",
        outcome="met",
        reason=None,
        indicator="sgb2-quote",
        breakdown="",
        area="lobeda-west",
        period="2024-12-31",
        value="18.2",
        status="normal",
        reference_area="jena",
        reference_period="2024-12-31",
        reference_value="9.1",
        compared="2",
        index=None,
        index_class=None,
        facility_kind=None,
        places=None,
        places_per_100=None,
        metres=None,
        release=3,
    )

    condition: int = Field(description="Its place among the conditions of the rule, from 0.")
    kind: str
    outcome: Outcome
    reason: WhyUnknown | None = None
    indicator: str | None = None
    breakdown: str | None = None
    index: str | None = None
    area: str
    period: str | None = None
    value: Decimal | None = None
    status: ValueStatus | None = None
    reference_area: str | None = None
    reference_period: str | None = Field(
        default=None, description="Of the reference value; of a trend: the earlier period."
    )
    reference_value: Decimal | None = None
    compared: Decimal | None = Field(
        default=None,
        description="What was compared: the multiple, the place among the areas, the class, the "
        "change.",
    )
    index_class: str | None = None
    facility_kind: str | None = None
    places: int | None = None
    places_per_100: Decimal | None = None
    metres: int | None = None
    release: int | None = Field(
        default=None, description="The release with which figures became like this; use as `as_of`."
    )


class UnknownArea(Answer):
    """An area of which nobody can say whether the rule holds, and why."""

    area: str
    reasons: list[WhyUnknown]


class Assessment(Answer):
    """What a rule said at a release (Auswertung)."""

    model_config = example(
        rule="kinderarmut-ohne-kita",
        release=3,
        rule_revision=1,
        areas=25,
        found=3,
        not_found=20,
        unknown=[{"area": "jena-nord", "reasons": ["hidden"]}],
        assessed_at="2026-01-15T09:30:00Z",
    )

    rule: str
    release: int
    rule_revision: int
    areas: int
    found: int
    not_found: int
    unknown: list[UnknownArea]
    assessed_at: datetime


class Found(Answer):
    """An area in which a rule holds, and by which evidence."""

    area: str
    evidence: list[Evidence]


class NeedsPreview(Answer):
    """What a rule would say of the figures as they stand (Vorschau)."""

    model_config = example(
        rule="kinderarmut-ohne-kita",
        release=3,
        areas=25,
        found=[],
        not_found=24,
        unknown=[{"area": "jena-nord", "reasons": ["hidden"]}],
    )

    rule: str
    release: int | None
    areas: int
    found: list[Found]
    not_found: int
    unknown: list[UnknownArea]
