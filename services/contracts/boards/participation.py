"""Participation: how those who are concerned have their say (Beteiligungsverfahren)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from services.contracts.shared.base import (
    Key,
    Line,
    Link,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)


class ParticipationMethod(StrEnum):
    """How people take part (Beteiligungsform)."""

    online_dialogue = "online_dialogue"
    survey = "survey"
    written = "written"
    workshop = "workshop"
    hearing = "hearing"
    walk = "walk"
    interviews = "interviews"
    panel = "panel"
    other = "other"


class ParticipationStepKind(StrEnum):
    """A step of a process, in this order (Verfahrensschritt; the steps of eCH-0297)."""

    preparation = "preparation"
    publication = "publication"
    submission = "submission"
    evaluation = "evaluation"
    report = "report"
    closure = "closure"


class ParticipationState(StrEnum):
    """Where a process stands today: the step that has begun last (Stand des Verfahrens)."""

    planned = "planned"
    preparation = "preparation"
    publication = "publication"
    submission = "submission"
    evaluation = "evaluation"
    report = "report"
    closure = "closure"
    cancelled = "cancelled"


STEPS = list(ParticipationStepKind)


class ParticipationStep(Request):
    """A step and its days (Verfahrensschritt)."""

    model_config = example(kind="submission", starts_on="2026-04-01", ends_on="2026-04-30")

    kind: ParticipationStepKind
    starts_on: Annotated[date, Field(description="First day.")]
    ends_on: Annotated[
        date | None,
        Field(description="Last day; without one it lasts until the next step begins."),
    ] = None

    @model_validator(mode="after")
    def _in_order(self) -> "ParticipationStep":
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("it ends before it starts")
        if self.kind == ParticipationStepKind.submission and self.ends_on is None:
            raise ValueError("the last day to hand in a contribution is needed")
        return self


class Choice(Request):
    """Something that contributors choose from: a category or a target group (Auswahl)."""

    model_config = example(key="alleinerziehende", name={"de": "Alleinerziehende"})

    key: Key
    name: Texts


class NewParticipationProcess(Request):
    """A participation process (Beteiligungsverfahren)."""

    model_config = example(
        key="armutspraevention-2026",
        name={"de": "Beteiligung zur Strategie der Armutsprävention 2026"},
        goal={"de": "Wo Familien mit wenig Geld im Alltag anstoßen und was ihnen hilft."},
        methods=["online_dialogue", "workshop"],
        target_groups=[
            {"key": "alleinerziehende", "name": {"de": "Alleinerziehende"}},
            {"key": "familien", "name": {"de": "Familien"}},
        ],
        categories=[
            {"key": "wohnen", "name": {"de": "Wohnen"}},
            {"key": "bildung", "name": {"de": "Bildung"}},
        ],
        areas=["lobeda", "winzerla"],
        topics=["armut"],
        body="programmbeirat-abi",
        organisation="dezernat-4",
        steps=[
            {"kind": "publication", "starts_on": "2026-03-15"},
            {"kind": "submission", "starts_on": "2026-04-01", "ends_on": "2026-04-30"},
            {"kind": "evaluation", "starts_on": "2026-05-01"},
            {"kind": "report", "starts_on": "2026-07-01"},
            {"kind": "closure", "starts_on": "2026-09-01"},
        ],
        anonymous=True,
        consent_text={"de": "Mein Beitrag darf ohne meinen Namen veröffentlicht werden."},
        consent_version="2026-01",
        answer_days=60,
        smallest_group=5,
        delete_on="2027-03-31",
        visibility="public",
    )

    key: Key
    name: Texts
    goal: Annotated[LongTexts, Field(description="What is to be found out or decided (Ziel).")]
    methods: Annotated[
        list[ParticipationMethod], Field(min_length=1, max_length=9), AfterValidator(each_once)
    ]
    target_groups: Annotated[
        Sequence[Choice], Field(max_length=30, description="Whom it is for (Zielgruppen).")
    ] = []
    categories: Annotated[
        list[Choice], Field(max_length=50, description="What contributions are about.")
    ] = []
    areas: Annotated[
        list[Key],
        Field(
            max_length=500,
            description="Areas of the indicators service; contributions may name one.",
        ),
        AfterValidator(each_once),
    ] = []
    topics: Annotated[
        list[Key],
        Field(max_length=50, description="Topics of the indicators service."),
        AfterValidator(each_once),
    ] = []
    body: Annotated[Key | None, Field(description="The body that is to deal with it.")] = None
    organisation: Annotated[
        Key | None,
        Field(validate_default=True, description="Who conducts it; `body` or this is needed."),
    ] = None
    steps: Annotated[
        list[ParticipationStep],
        Field(min_length=1, max_length=6, description="In their order, each once."),
    ]
    cancelled_on: Annotated[
        date | None, Field(description="The day on which it was called off; null: it was not.")
    ] = None
    anonymous: Annotated[
        bool, Field(description="Contributions are taken from people who did not sign in.")
    ] = True
    consent_text: Annotated[
        LongTexts, Field(description="What contributors agree to (Einwilligungstext).")
    ]
    consent_version: Annotated[
        Line, Field(description="Its version; another text needs another version.")
    ]
    answer_days: Annotated[
        int, Field(ge=1, le=730, description="Days after which a contribution must be answered.")
    ] = 60
    smallest_group: Annotated[
        int,
        Field(ge=3, le=100, description="Numbers below this are never shown (kleinste Gruppe)."),
    ] = 5
    delete_on: Annotated[
        date, Field(description="The day on which contributions are erased, after the last step.")
    ]
    description: LongTexts | None = None
    website: Link | None = None
    visibility: Visibility = Visibility.public

    @field_validator("target_groups", "categories")
    @classmethod
    def _choices(cls, choices: Sequence[Choice]) -> Sequence[Choice]:
        each_once([choice.key for choice in choices])
        return choices

    @field_validator("organisation")
    @classmethod
    def _somebody_conducts_it(cls, organisation: str | None, info: ValidationInfo) -> str | None:
        if organisation is None and info.data.get("body") is None:
            raise ValueError("a body or an organisation conducts it")
        return organisation

    @field_validator("steps")
    @classmethod
    def _one_after_the_other(cls, steps: list[ParticipationStep]) -> list[ParticipationStep]:
        order = [STEPS.index(step.kind) for step in steps]
        if order != sorted(set(order)):
            raise ValueError("the steps come in their order, each once")
        for before, after in pairwise(steps):
            if after.starts_on <= (before.ends_on or before.starts_on):
                raise ValueError(f"{after.kind} begins before {before.kind} is over")
        return steps

    @field_validator("delete_on")
    @classmethod
    def _after_the_last_step(cls, delete_on: date, info: ValidationInfo) -> date:
        steps = info.data.get("steps")
        if steps and delete_on <= (steps[-1].ends_on or steps[-1].starts_on):
            raise ValueError("contributions are needed until the last step is over")
        return delete_on


class ParticipationProcess(Stored, NewParticipationProcess):
    """A participation process as it is stored, and where it stands today."""

    model_config = {
        **Stored.model_config,
        **NewParticipationProcess.model_config,
        "extra": "ignore",
    }

    state: ParticipationState
    target_groups: Sequence[Choice]
