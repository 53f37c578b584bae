"""Strategies and integrated specialist plans (Strategien, integrierte Fachpläne)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from services.contracts.projects.shapes import Lines, Several
from services.contracts.shared.base import (
    Key,
    Keys,
    Line,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)
from services.contracts.shared.validity import not_before_start


class StrategyKind(StrEnum):
    """What kind of plan it is: strategy (Strategie), specialist plan (Fachplan), action plan
    (Maßnahmenplan), plan for reporting (Berichtsplan)."""

    strategy = "strategy"
    specialist_plan = "specialist_plan"
    action_plan = "action_plan"
    report_plan = "report_plan"


class StrategyState(StrEnum):
    """How far a strategy is; adopted by the deciding body (beschlossen)."""

    drafting = "drafting"
    consulted = "consulted"
    adopted = "adopted"
    superseded = "superseded"


class QualityState(StrEnum):
    """Whether a plan meets a criterion (Erfüllung); what nobody looked into is unknown."""

    met = "met"
    not_met = "not_met"
    unknown = "unknown"


class QualityCriterion(Request):
    """A criterion of quality and whether the plan meets it (Qualitätskriterium)."""

    criterion: Texts
    state: QualityState = QualityState.unknown
    note: Line | None = None


class NewStrategy(Request):
    """A strategy or plan (Strategie, integrierter Fachplan)."""

    model_config = example(
        key="armutspraeventionsstrategie-jena",
        title={
            "de": "Armutspräventionsstrategie der Stadt Jena",
            "en": "Poverty prevention strategy of the city of Jena",
        },
        kind="strategy",
        state="consulted",
        legal_basis=["Armutspräventionsrichtlinie, Punkt 2.1"],
        prepared_by="integrierte-sozialplanung-jena",
        deciding_body="stadtrat-jena",
        adopted_on=None,
        resolution=None,
        planning_fields=["sozialplanung"],
        areas=["jena"],
        target_groups=["von-armut-betroffene"],
        starts_on="2018-01-01",
        ends_on=None,
        review_on="2027-12-31",
        quality=[
            {
                "criterion": {"de": "Betroffene wurden beteiligt"},
                "state": "met",
                "note": "Pilotprojekte mit Betroffenen",
            }
        ],
        description={"de": "Handlungsempfehlungen und Maßnahmen aus dem Armutsbericht."},
        visibility="public",
    )

    key: Key
    title: Texts
    kind: StrategyKind
    state: StrategyState = StrategyState.drafting
    legal_basis: Lines = Field(default_factory=list)
    prepared_by: Annotated[Key, Field(description="Organisation that prepares it.")]
    deciding_body: Annotated[Key | None, Field(description="Key of the body that decides.")] = None
    adopted_on: Annotated[
        date | None,
        Field(
            validate_default=True,
            description="Day of the decision; required when adopted, null before.",
        ),
    ] = None
    resolution: Annotated[
        Key | None, Field(description="Resolution with which it was decided.")
    ] = None
    planning_fields: Annotated[
        Keys, Field(description="Planning fields that it covers; several: it is integrated.")
    ] = Field(default_factory=list)
    areas: Annotated[Keys, Field(description="Keys of the areas it is for.")] = Field(
        default_factory=list
    )
    target_groups: Annotated[Keys, Field(description="Keys of the target groups.")] = Field(
        default_factory=list
    )
    starts_on: Annotated[date | None, Field(description="First day it holds.")] = None
    ends_on: Annotated[date | None, Field(description="Last day; null is open.")] = None
    review_on: Annotated[
        date | None, Field(description="When it is to be looked at again (Fortschreibung).")
    ] = None
    quality: Several[QualityCriterion] = Field(
        default_factory=list, description="Each criterion once."
    )
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public

    _span = field_validator("ends_on")(not_before_start)

    @field_validator("adopted_on")
    @classmethod
    def _decided(cls, adopted_on: date | None, info: ValidationInfo) -> date | None:
        state = info.data.get("state")
        if adopted_on is None and state is StrategyState.adopted:
            raise ValueError("what is adopted has a day of its decision")
        if adopted_on is not None and state in (StrategyState.drafting, StrategyState.consulted):
            raise ValueError("what is not yet adopted has no day of its decision")
        return adopted_on

    @field_validator("quality")
    @classmethod
    def _each_criterion_once(cls, quality: list[QualityCriterion]) -> list[QualityCriterion]:
        each_once([one.criterion["de"] for one in quality])
        return quality


class Strategy(Stored, NewStrategy):
    """A strategy or plan as it is stored."""

    model_config = ConfigDict(extra="ignore")
