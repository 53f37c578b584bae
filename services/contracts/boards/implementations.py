"""Implementation of resolutions: who does what until when (Beschlusskontrolle)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class ImplementationState(StrEnum):
    """How far a task is (Stand der Umsetzung)."""

    open = "open"
    in_progress = "in_progress"
    done = "done"
    dropped = "dropped"


class NewImplementation(Request):
    """A task that follows from a resolution (Umsetzungsauftrag)."""

    model_config = example(
        resolution="familienzentren-beschluss-2026",
        task={"de": "Zuwendungsbescheide an die beiden Träger"},
        responsible="dezernat-familie-bildung-soziales",
        due_on="2026-06-30",
        visibility=None,
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    resolution: Annotated[Key, Field(description="The resolution, for good.")]
    task: Texts
    responsible: Annotated[Key, Field(description="The organisation that carries it out.")]
    due_on: Annotated[
        date | None, Field(description="Last day; null when none was set. Overdue the day after.")
    ] = None
    visibility: Annotated[Visibility | None, Field(description="Null: as the resolution's.")] = None


class Implementation(Stored, NewImplementation):
    """A task as it is stored."""

    model_config = {**Stored.model_config, **NewImplementation.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["i-5rj3tq2wxa"])]
    state: Annotated[ImplementationState, Field(examples=["open"])]
    state_since: Annotated[date, Field(examples=["2026-04-14"])]
    days_in_state: Annotated[int, Field(description="Until today.", examples=[12])]
    overdue: Annotated[bool, Field(examples=[False])]
    visibility: Visibility


class NewImplementationReport(Request):
    """What was done about a task (Umsetzungsbericht)."""

    model_config = example(
        state="in_progress",
        reported_on="2026-05-04",
        text={"de": "Die Bescheide sind in der Mitzeichnung."},
    )

    state: Annotated[
        ImplementationState,
        Field(description="How far the task is with that; one that is done can be taken up again."),
    ]
    reported_on: Annotated[
        date | None, Field(description="The day; today when left out, never one to come.")
    ] = None
    text: LongTexts


class ImplementationReport(Stored, NewImplementationReport):
    """A report as it is stored; it is for good."""

    model_config = {
        **Stored.model_config,
        **NewImplementationReport.model_config,
        "extra": "ignore",
    }

    key: Annotated[Key, Field(examples=["ir-5rj3tq2wxa"])]
    implementation: Annotated[Key, Field(examples=["i-5rj3tq2wxa"])]
    reported_on: date
