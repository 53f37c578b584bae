"""Measures: what is done about a need (Maßnahmen)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, field_validator

from services.contracts.projects.shapes import Keys, TextList
from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)
from services.contracts.shared.validity import not_before_start


class MeasureState(StrEnum):
    """How far a measure is (Umsetzungsstand)."""

    planned = "planned"
    running = "running"
    completed = "completed"
    withdrawn = "withdrawn"


class NewMeasure(Request):
    """A measure (Maßnahme) of a project, of a strategy, or on its own."""

    model_config = example(
        key="jobladen-lobeda",
        title={"de": "Jobladen Lobeda", "en": "Job store Lobeda"},
        project="biwaq-jena",
        strategy=None,
        state="running",
        areas=["lobeda"],
        responsible="jenawirtschaft",
        target_groups=[{"de": "Arbeitsuchende im Quartier"}],
        starts_on="2019-01-01",
        ends_on=None,
        description={"de": "Anlaufstelle für Beratung und Vermittlung im Stadtteil."},
        visibility="public",
    )

    key: Key
    title: Texts
    project: Annotated[Key | None, Field(description="Key of the project.")] = None
    strategy: Annotated[Key | None, Field(description="Key of the strategy or plan.")] = None
    state: MeasureState = MeasureState.planned
    areas: Annotated[Keys, Field(description="Keys of the areas it is for.")] = Field(
        default_factory=list
    )
    responsible: Annotated[Key | None, Field(description="Organisation in charge.")] = None
    target_groups: TextList = Field(default_factory=list)
    starts_on: date | None = None
    ends_on: Annotated[date | None, Field(description="Last day; null is open.")] = None
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public

    _span = field_validator("ends_on")(not_before_start)


class Measure(Stored, NewMeasure):
    """A measure as it is stored."""

    model_config = ConfigDict(extra="ignore")
