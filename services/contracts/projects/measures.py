"""Measures: what is done about a need (Maßnahmen)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, field_validator

from services.contracts.projects.grants import SourceKind
from services.contracts.projects.measure_targets import MeasureTarget
from services.contracts.projects.shapes import Several
from services.contracts.shared.base import (
    Key,
    Keys,
    LongTexts,
    Money,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)
from services.contracts.shared.validity import not_before_start


class MeasureState(StrEnum):
    """How far a measure is (Umsetzungsstand)."""

    proposed = "proposed"
    planned = "planned"
    decided = "decided"
    running = "running"
    suspended = "suspended"
    completed = "completed"
    withdrawn = "withdrawn"


class FundingState(StrEnum):
    """Whether there is money for a measure from a project or grant (Stand der Finanzierung)."""

    none = "none"
    open = "open"
    closed = "closed"


class FundingReason(StrEnum):
    """Why the funding of a measure is closed (Grund)."""

    project_completed = "project_completed"
    project_cancelled = "project_cancelled"


class MeasureGap(StrEnum):
    """What a measure lacks that it needs in its state (Lücke)."""

    no_mandate = "no_mandate"
    mandate_fallen = "mandate_fallen"
    no_funding = "no_funding"
    no_responsible = "no_responsible"
    no_target = "no_target"


class MeasureBudget(Request):
    """Planned money of a year and source (Ansatz). An unknown amount is null, never zero."""

    year: Annotated[int, Field(ge=1950, le=2100, description="Budget year.")]
    source: SourceKind
    organisation: Annotated[Key | None, Field(description="Key of who pays.")] = None
    amount: Money | None = None
    note: Texts | None = None


class NewMeasure(Request):
    """A measure (Maßnahme) of a project, of a strategy, or on its own."""

    model_config = example(
        key="jobladen-lobeda",
        title={"de": "Jobladen Lobeda", "en": "Job store Lobeda"},
        project="biwaq-jena",
        strategy="armutspraeventionsstrategie-jena",
        goal="bedarfsgerechte-infrastruktur",
        action_plans=[],
        planning_fields=["sozialplanung"],
        state="running",
        areas=["lobeda"],
        responsible="jenawirtschaft",
        department="fachdienst-soziales",
        target_groups=["arbeitsuchende"],
        recommendation="familienzentren-2026",
        findings=["kinderarmut-ohne-kita-lobeda-west-r3"],
        mandate_required=True,
        mandate="familienzentren-beschluss-2026",
        grants=["biwaq-2019"],
        budget=[
            {
                "year": 2027,
                "source": "federal",
                "organisation": None,
                "amount": "42000.00",
                "note": None,
            }
        ],
        targets=[
            {
                "indicator": "sgb2-quote",
                "breakdown": "",
                "area": "lobeda-west",
                "direction": "decrease",
                "baseline_period": "2023-12-31",
                "baseline_value": "18.2",
                "target_value": "16",
                "due_on": "2027-12-31",
                "compared_with": ["winzerla"],
            }
        ],
        starts_on="2019-01-01",
        ends_on=None,
        description={"de": "Anlaufstelle für Beratung und Vermittlung im Stadtteil."},
        visibility="public",
    )

    key: Key
    title: Texts
    project: Annotated[Key | None, Field(description="Key of the project.")] = None
    strategy: Annotated[Key | None, Field(description="Key of the strategy or plan.")] = None
    goal: Annotated[
        Key | None, Field(description="Key of the goal it serves, one of its strategy.")
    ] = None
    action_plans: Annotated[
        Keys, Field(description="Action plans that take it up, beside its own strategy.")
    ] = Field(default_factory=list)
    planning_fields: Annotated[Keys, Field(description="Planning fields that it belongs to.")] = (
        Field(default_factory=list)
    )
    state: MeasureState = MeasureState.planned
    areas: Annotated[Keys, Field(description="Keys of the areas it is for.")] = Field(
        default_factory=list
    )
    responsible: Annotated[Key | None, Field(description="Organisation in charge.")] = None
    department: Annotated[
        Key | None, Field(description="Department of the administration it belongs to.")
    ] = None
    target_groups: Annotated[Keys, Field(description="Keys of the target groups.")] = Field(
        default_factory=list
    )
    recommendation: Annotated[
        Key | None, Field(description="Recommendation of a board that it answers.")
    ] = None
    findings: Annotated[Keys, Field(description="Findings of needs analysis that it answers.")] = (
        Field(default_factory=list)
    )
    mandate_required: Annotated[
        bool, Field(description="Whether a body has to decide on it before it runs.")
    ] = False
    mandate: Annotated[Key | None, Field(description="Resolution that decides on it.")] = None
    grants: Annotated[Keys, Field(description="Keys of the grants that pay for it.")] = Field(
        default_factory=list
    )
    budget: Several[MeasureBudget] = Field(
        default_factory=list, description="Each source once in a year."
    )
    targets: Several[MeasureTarget] = Field(
        default_factory=list, description="Each figure of an area once."
    )
    starts_on: date | None = None
    ends_on: Annotated[date | None, Field(description="Last day; null is open.")] = None
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public

    _span = field_validator("ends_on")(not_before_start)

    @field_validator("budget")
    @classmethod
    def _each_source_once(cls, budget: list[MeasureBudget]) -> list[MeasureBudget]:
        each_once([(part.year, part.source, part.organisation) for part in budget])
        return budget

    @field_validator("targets")
    @classmethod
    def _each_figure_once(cls, targets: list[MeasureTarget]) -> list[MeasureTarget]:
        each_once([(target.indicator, target.breakdown, target.area) for target in targets])
        return targets


class Measure(Stored, NewMeasure):
    """A measure as it is stored."""

    model_config = ConfigDict(extra="ignore")

    funding_state: FundingState
    funding_closed_on: date | None
    funding_reason: FundingReason | None
    gaps: list[MeasureGap] = Field(description="What it lacks in its state.", examples=[[]])
    hidden_links: Annotated[
        int,
        Field(
            description="Recommendations, resolutions, findings and figures that are not for you "
            "to see.",
            examples=[0],
        ),
    ]
