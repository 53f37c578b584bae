"""Strategies and integrated specialist plans (Strategien, integrierte Fachpläne)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from services.contracts.projects.shapes import Lines, TextList
from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


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
        goals=[{"de": "Individuelle und strukturelle Armutsprävention"}],
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
    goals: TextList = Field(default_factory=list)
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public

    @field_validator("adopted_on")
    @classmethod
    def _decided(cls, adopted_on: date | None, info: ValidationInfo) -> date | None:
        state = info.data.get("state")
        if adopted_on is None and state is StrategyState.adopted:
            raise ValueError("what is adopted has a day of its decision")
        if adopted_on is not None and state in (StrategyState.drafting, StrategyState.consulted):
            raise ValueError("what is not yet adopted has no day of its decision")
        return adopted_on


class Strategy(Stored, NewStrategy):
    """A strategy or plan as it is stored."""

    model_config = ConfigDict(extra="ignore")
