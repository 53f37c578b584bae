"""Planning fields: what a municipality plans, and by which law (Planungsfelder)."""

from typing import Annotated

from pydantic import ConfigDict, Field

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


class NewPlanningField(Request):
    """A planning field (Planungsfeld), such as youth welfare planning."""

    model_config = example(
        key="altenhilfeplanung",
        name={"de": "Altenhilfeplanung", "en": "Elderly care planning"},
        legal_basis=["§ 71 SGB XII"],
        responsible="integrierte-sozialplanung-jena",
        tasks=[{"de": "Planung der Altenhilfe", "en": "Planning assistance for the elderly"}],
        description={"de": "Ältere Menschen nehmen selbständig am Leben der Gemeinschaft teil."},
        visibility="public",
    )

    key: Key
    name: Texts
    legal_basis: Lines = Field(default_factory=list)
    responsible: Annotated[
        Key | None, Field(description="Organisation that plans, such as a team.")
    ] = None
    tasks: TextList = Field(default_factory=list)
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public


class PlanningField(Stored, NewPlanningField):
    """A planning field as it is stored."""

    model_config = ConfigDict(extra="ignore")
