"""Target indicators and their periods: what is measured, from where, and up to what (Zielwerte)."""

from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, field_validator

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.shapes import Several
from services.contracts.shared.base import (
    Key,
    Line,
    LongTexts,
    Percent,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
    shortest,
)
from services.contracts.shared.validity import not_before_start

Number = Annotated[
    Decimal,
    Field(
        max_digits=20,
        decimal_places=6,
        description="A number; null is not known, never zero.",
    ),
    AfterValidator(shortest),
]
"""A measured or wanted figure: exact, of any unit."""


class AimDirection(StrEnum):
    """What is wanted (Zielrichtung): that it grows, that it falls, that it stays."""

    increase = "increase"
    decrease = "decrease"
    maintain = "maintain"


class Counting(StrEnum):
    """What a figure tells (Zählweise): all since the beginning, or what one period brought."""

    cumulative = "cumulative"
    per_period = "per_period"


class MeasureKind(StrEnum):
    """What can be done with the figures (Maßart): numbers add up, shares do not."""

    number = "number"
    percentage = "percentage"


class DimensionValue(Request):
    """One part of a whole (Ausprägung)."""

    key: Key
    title: Texts


class TargetDimension(Request):
    """By what the figures are divided (Merkmal der Aufschlüsselung)."""

    key: Key
    title: Texts
    values: Annotated[
        list[DimensionValue],
        Field(min_length=2, max_length=100, description="Together they are the whole."),
    ]

    @field_validator("values")
    @classmethod
    def _each_value_once(cls, values: list[DimensionValue]) -> list[DimensionValue]:
        each_once([value.key for value in values])
        return values


class NewTargetIndicator(Request):
    """What a result is measured by (Zielindikator). A baseline that is not known is null."""

    model_config = example(
        key="fachplanungen-mit-gemeinsamem-bericht",
        result="sozialplanung-abgestimmt",
        title={"de": "Fachplanungen, die gemeinsam berichten"},
        unit={"de": "Planungen", "en": "plans"},
        measure="number",
        direction="increase",
        counting="cumulative",
        baseline="1",
        baseline_on="2022-12-31",
        tolerance="10",
        esf_code=None,
        indicator=None,
        people=False,
        dimensions=[
            {
                "key": "feld",
                "title": {"de": "Planungsfeld"},
                "values": [
                    {"key": "jugend", "title": {"de": "Jugendhilfe"}},
                    {"key": "alter", "title": {"de": "Altenhilfe"}},
                ],
            }
        ],
        description=None,
        visibility="public",
    )

    key: Key
    result: Annotated[Key, Field(description="Key of the result.")]
    title: Texts
    unit: Texts
    measure: MeasureKind = MeasureKind.number
    direction: AimDirection
    counting: Counting
    baseline: Annotated[Number | None, Field(description="Value before; null is not known.")] = None
    baseline_on: Annotated[date | None, Field(description="Day of the baseline.")] = None
    tolerance: Annotated[
        Percent,
        Field(
            description="How far, in per cent, it may be behind its pace, or off a value that is to"
            " stay, and is still on track; up to three times as far it is at risk."
        ),
    ] = Decimal(10)
    esf_code: Annotated[
        EsfCode | None, Field(description="Common indicator of the ESF Plus that it reports to.")
    ] = None
    indicator: Annotated[
        Key | None, Field(description="Indicator of the municipality that it is to move.")
    ] = None
    people: Annotated[
        bool | None,
        Field(
            description="Whether it counts people; null is as its code and its unit say. What was"
            " reached of them is for the administration."
        ),
    ] = None
    dimensions: Several[TargetDimension] = Field(default_factory=list)
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public

    @field_validator("dimensions")
    @classmethod
    def _each_dimension_once(cls, dimensions: list[TargetDimension]) -> list[TargetDimension]:
        each_once([dimension.key for dimension in dimensions])
        return dimensions


class TargetIndicator(Stored, NewTargetIndicator):
    """A target indicator as it is stored."""

    model_config = ConfigDict(extra="ignore")

    code_verified: bool | None = Field(
        description="Whether the code was seen with its text; null without a code."
    )
    counts_people: bool = Field(
        description="What was reached is told to the administration alone, others read protected"
        " counts (`participation`)."
    )


class PeriodKind(StrEnum):
    """What its end is (Art des Zeitraums): a report only, a milestone, the target."""

    report = "report"
    milestone = "milestone"
    target = "target"


class Part(Request):
    """A figure of one part of the whole (Teilwert)."""

    dimension: Annotated[Key, Field(description="Key of the dimension.")]
    value: Annotated[Key, Field(description="Key of its value.")]
    amount: Number | None = None


def each_part_once(parts: list[Part]) -> list[Part]:
    """Refuse two figures of the same part."""
    named: Iterable[Hashable] = [(part.dimension, part.value) for part in parts]
    each_once(list(named))
    return parts


class NewTargetPeriod(Request):
    """A span of time with what is wanted by its end (Zeitraum mit Zielwert)."""

    model_config = example(
        key="fachplanungen-2024",
        indicator="fachplanungen-mit-gemeinsamem-bericht",
        starts_on="2023-01-01",
        ends_on="2024-12-31",
        kind="milestone",
        target="3",
        parts=[{"dimension": "feld", "value": "jugend", "amount": "2"}],
        visibility="public",
    )

    key: Key
    indicator: Annotated[Key, Field(description="Key of the target indicator.")]
    starts_on: date
    ends_on: date
    kind: PeriodKind = PeriodKind.report
    target: Annotated[Number | None, Field(description="Null when none is set.")] = None
    parts: Several[Part] = Field(default_factory=list, description="Targets of parts.")
    visibility: Visibility = Visibility.public

    _span = field_validator("ends_on")(not_before_start)
    _once = field_validator("parts")(each_part_once)


class TargetPeriod(Stored, NewTargetPeriod):
    """A period as it is stored."""

    model_config = ConfigDict(extra="ignore")

    locked: bool = Field(description="Nothing of it, nor its updates, can be changed.")


class Locking(Request):
    """Why a period is locked or unlocked (Sperren, Entsperren)."""

    model_config = example(reason="Der Verwendungsnachweis 2024 ist eingereicht.")

    reason: Annotated[Line, Field(description="Kept in the journal: name nobody.")]
