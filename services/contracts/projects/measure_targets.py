"""What a measure is to change, on the figures that show it (Ziele an Indikatoren)."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from services.contracts.projects.targets import AimDirection
from services.contracts.shared.base import Key, Keys, Request, example, shortest

Figure = Annotated[Decimal, Field(max_digits=30, decimal_places=12), AfterValidator(shortest)]
"""A figure of an indicator as text, with the digits it has."""
PeriodName = Annotated[
    str,
    Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z:.\-/]{0,39}$", description="As the figures name it."),
]


class MeasureTarget(Request):
    """What a measure is to change on one figure of one area (Zielwert); unknown is null."""

    model_config = example(
        indicator="sgb2-quote",
        breakdown="",
        area="lobeda-west",
        direction="decrease",
        baseline_period="2023-12-31",
        baseline_value="18.2",
        target_value="16",
        due_on="2027-12-31",
        compared_with=["winzerla"],
    )

    indicator: Annotated[Key, Field(description="Key of the indicator.")]
    breakdown: Annotated[
        str,
        Field(
            pattern=r"^[0-9A-Za-z_=;&.\-]{0,200}$",
            description="Such as `GES=GESM`; empty is the total.",
        ),
    ] = ""
    area: Annotated[Key, Field(description="Key of the area.")]
    direction: AimDirection
    baseline_period: Annotated[
        PeriodName | None,
        Field(
            description="The period before the measure; null: the last that ended before it began, "
            "of several that ended on one day the longest. The figure after it is of a period as "
            "long."
        ),
    ] = None
    baseline_value: Annotated[
        Figure | None, Field(description="As it was when the target was set, with its period.")
    ] = None
    target_value: Figure | None = None
    due_on: Annotated[date | None, Field(description="By when.")] = None
    compared_with: Annotated[
        Keys,
        Field(description="Areas without the measure, beside the area above it."),
    ] = Field(default_factory=list)

    @field_validator("baseline_value")
    @classmethod
    def _of_a_period(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if value is not None and info.data.get("baseline_period") is None:
            raise ValueError("a baseline value has its period")
        return value

    @field_validator("target_value")
    @classmethod
    def _lies_where_it_goes(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        base, direction = info.data.get("baseline_value"), info.data.get("direction")
        if value is None or base is None:
            return value
        if direction is AimDirection.increase and value <= base:
            raise ValueError("a figure that is to increase has a target above its baseline")
        if direction is AimDirection.decrease and value >= base:
            raise ValueError("a figure that is to decrease has a target below its baseline")
        return value

    @field_validator("compared_with")
    @classmethod
    def _with_others(cls, areas: list[str], info: ValidationInfo) -> list[str]:
        if info.data.get("area") in areas:
            raise ValueError("an area is not compared with itself")
        return areas
