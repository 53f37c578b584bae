"""What needs attention in which project, and by which rule (Ampeln)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pydantic import Field

from services.contracts.projects.figures import Clause, Input
from services.contracts.projects.progress import Light
from services.contracts.shared.base import Answer, LongTexts, Texts, example


class LightKind(StrEnum):
    """What lit a traffic light (Anlass der Ampel)."""

    overdue_obligation = "overdue_obligation"
    money_late = "money_late"
    budget_exceeded = "budget_exceeded"
    lapse = "lapse"
    target_behind = "target_behind"
    position_gap = "position_gap"
    nothing_follows = "nothing_follows"


class LitLight(Answer):
    """One thing that needs attention, with the rule that says so."""

    model_config = example(
        kind="overdue_obligation",
        light="red",
        grant="wartburgkreis-sozialstrategie-2023",
        about="pflicht-4f1f0a3be2c94d10",
        day="2026-06-30",
        rule={
            "de": "Eine Pflicht ist offen und ihr Tag vorbei.",
            "en": "An obligation is open and its day is past.",
        },
        clauses=[],
        inputs=[{"name": "due_on", "value": "2026-06-30", "unit": "day"}],
    )

    kind: LightKind
    light: Light
    grant: str | None
    about: str | None = Field(
        description="Key of the obligation, target indicator or position; line or year of a figure."
    )
    day: date | None = Field(description="Since when, or from when.")
    rule: LongTexts = Field(description="When it is lit.")
    clauses: Sequence[Clause] = Field(description="Law, guideline or notice; none for our own.")
    inputs: Sequence[Input]


class ProjectLights(Answer):
    """The traffic light of a project, and what lit it (Projektampel)."""

    model_config = example(
        project="integrierte-sozialplanung-wartburgkreis",
        name={"de": "Integrierte Sozialplanung"},
        light="green",
        lit=[],
        unknown=["lapse"],
    )

    project: str
    name: Texts
    light: Light = Field(
        description="The worst of what is lit; grey where nothing is lit and something not known."
    )
    lit: Sequence[LitLight]
    unknown: Sequence[str] = Field(description="What nobody can tell, so that it cannot be lit.")
