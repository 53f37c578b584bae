"""Needs analysis: saved rules that say where something is needed (Bedarfsanalyse)."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.indicators.needs_conditions import Condition
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import (
    Answer,
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


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


class NewNeedsRule(Request):
    """A rule of needs analysis (Bedarfsregel): asked of every area of a level at each release."""

    model_config = example(
        key="kinderarmut-ohne-kita",
        title={"de": "Viele Kinder im SGB II, wenige Kitaplätze"},
        description=None,
        topic="kinder-jugend",
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
        responsible="jugendamt",
        visibility="administration",
    )

    key: Key
    title: Texts
    description: LongTexts | None = None
    topic: Annotated[Key | None, Field(description="Key of the topic it belongs to.")] = None
    severity: Severity = Severity.medium
    level: Annotated[Key, Field(description="Key of the level of areas that are looked at.")]
    combining: Combining = Combining.all
    at_least: Annotated[
        int | None,
        Field(ge=1, le=20, validate_default=True, description="So many, of `at_least`."),
    ] = None
    conditions: list[Condition] = Field(min_length=1, max_length=20)
    active: bool = Field(default=True, description="Only active rules are asked at a release.")
    responsible: Annotated[
        Key | None,
        Field(description="Key of the organisation that is to see to what the rule finds."),
    ] = None
    visibility: Annotated[
        Visibility,
        Field(
            description="Of the rule and of its findings. It looks at the areas and counts the "
            "facilities that all of those may see who see the rule."
        ),
    ] = Visibility.administration

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
