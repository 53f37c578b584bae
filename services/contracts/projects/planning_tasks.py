"""Tasks of a planning coordination (Aufgaben der Planungskoordination)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from services.contracts.projects.shapes import Several
from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)


class PlanningStep(StrEnum):
    """The step of planning (Planungsschritt): stocktaking (Bestandsanalyse), needs analysis
    (Bedarfsanalyse), action planning (Maßnahmeplanung), legitimation (Legitimation), controlling
    and evaluation (Controlling), network meetings (Vernetzung), planning conferences
    (Fachplanungskonferenzen), quality (Qualitätssicherung), coordinated reporting
    (Berichtswesen). In the order in which a planning cycle shows them."""

    stocktaking = "stocktaking"
    needs_analysis = "needs_analysis"
    action_planning = "action_planning"
    legitimation = "legitimation"
    controlling = "controlling"
    networking = "networking"
    conferences = "conferences"
    quality = "quality"
    reporting = "reporting"
    other = "other"


class PlanningTaskState(StrEnum):
    """How far a task is (Bearbeitungsstand)."""

    open = "open"
    running = "running"
    done = "done"


class ProductKind(StrEnum):
    """What a step of planning has produced (Ergebnis)."""

    paper = "paper"
    resolution = "resolution"
    publication = "publication"
    meeting = "meeting"
    measure = "measure"
    plan = "plan"
    finding = "finding"
    report = "report"


class PlanningProduct(Request):
    """Something that a task has produced, by its key (Ergebnis)."""

    kind: ProductKind
    key: Annotated[Key, Field(description="Key of it, in the collection of its kind.")]
    on: Annotated[
        date | None, Field(description="The day since when it is there; null is unknown.")
    ] = None
    note: Texts | None = None


class NewPlanningTask(Request):
    """A task of a planning coordination (Aufgabe)."""

    model_config = example(
        key="sozialstrukturatlas",
        title={
            "de": "Bedarfsanalyse: Sozialstrukturatlas zur sozialen Lage der Bevölkerung",
            "en": "Needs analysis: atlas of the social situation of the population",
        },
        coordination="planungskoordination-wartburgkreis",
        field="sozialplanung",
        position=2,
        step="needs_analysis",
        state="running",
        starts_on="2023-01-01",
        due_on=None,
        products=[{"kind": "report", "key": "sozialatlas-2024", "on": "2025-03-14", "note": None}],
        description={"de": "Erstellung eines Sozialstrukturatlasses."},
        visibility="public",
    )

    key: Key
    title: Texts
    coordination: Annotated[Key, Field(description="Organisation that coordinates.")]
    field: Annotated[Key | None, Field(description="Key of the planning field.")] = None
    position: Annotated[int, Field(ge=0, le=10_000, description="Place in the list.")] = 0
    step: PlanningStep
    state: PlanningTaskState = PlanningTaskState.open
    starts_on: date | None = None
    due_on: date | None = None
    products: Several[PlanningProduct] = Field(
        default_factory=list, description="What it has produced, each once."
    )
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public

    @field_validator("due_on")
    @classmethod
    def _due_after_start(cls, due_on: date | None, info: ValidationInfo) -> date | None:
        starts_on = info.data.get("starts_on")
        if due_on is not None and starts_on is not None and due_on < starts_on:
            raise ValueError("it cannot be due before it starts")
        return due_on

    @field_validator("products")
    @classmethod
    def _each_once(cls, products: list[PlanningProduct]) -> list[PlanningProduct]:
        each_once([(product.kind, product.key) for product in products])
        return products


class PlanningTask(Stored, NewPlanningTask):
    """A task of a planning coordination as it is stored."""

    model_config = ConfigDict(extra="ignore")

    hidden_links: Annotated[
        int, Field(description="Products that are not for you to see.", examples=[0])
    ]
