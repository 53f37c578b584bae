"""Acts: what a body did under one of its powers (Akte der Befugnisse)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.powers import PowerKind
from services.contracts.boards.recommendations import AsTheItem
from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class ActSubject(StrEnum):
    """What an act can be about: a collection of this or another service."""

    catalogue_versions = "catalogue_versions"
    indicators = "indicators"
    topics = "topics"
    facilities = "facilities"
    projects = "projects"
    measures = "measures"
    strategies = "strategies"
    recommendations = "recommendations"


class ActState(StrEnum):
    """Whether an act holds; void when its vote is (nichtig)."""

    valid = "valid"
    void = "void"


class NewAct(Request):
    """An act (Festlegung, Bewertung, Legitimation) of a body under a power."""

    model_config = example(
        key="indikatorenkatalog-2026",
        power="lenkungsgruppe-indikatoren",
        vote="v-5rj3tq2wxa",
        subject="catalogue_versions",
        subject_key="catalogue-1",
        title={"de": "Indikatoren des Armutsberichtes 2026"},
        text=None,
        visibility=None,
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    power: Annotated[Key, Field(description="The power it rests on, for good.")]
    vote: Annotated[Key, Field(description="The closed vote by which it was adopted, for good.")]
    subject: Annotated[ActSubject, Field(description="What it is about: one that the power covers")]
    subject_key: Key
    title: Texts
    text: LongTexts | None = None
    visibility: AsTheItem = None


class Act(Stored, NewAct):
    """An act as it is stored."""

    model_config = {**Stored.model_config, **NewAct.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["indikatorenkatalog-2026"])]
    kind: Annotated[PowerKind, Field(examples=["sets_indicators"])]
    body: Annotated[Key, Field(examples=["lenkungsgruppe-armutspraevention"])]
    meeting: Annotated[Key, Field(examples=["lenkungsgruppe-2026-1"])]
    agenda_item: Annotated[Key, Field(examples=["a-5rj3tq2wxa"])]
    decided_on: Annotated[date, Field(examples=["2026-03-12"])]
    state: Annotated[ActState, Field(examples=["valid"])]
    visibility: Visibility


class ActTexts(Request):
    """What may still be said of an act."""

    model_config = example(
        title={
            "de": "Indikatoren des Armutsberichtes 2026",
            "en": "Indicators of the poverty report 2026",
        },
        text=None,
        visibility="public",
    )

    title: Texts
    text: LongTexts | None = None
    visibility: Visibility
