"""Where plans meet, and where they contradict one another (Überschneidungen, Widersprüche)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from services.contracts.projects.targets import AimDirection
from services.contracts.shared.base import Answer, Texts, example


class PlanInOverlap(Answer):
    """One of two plans that meet."""

    key: str
    title: Texts


class SharedPlace(Answer):
    """An area and a target group that both plans are about."""

    area: str = Field(description="Where one plan names a part of what the other does, the part.")
    within: str | None = Field(
        description="The larger area that one of the plans names; null where both name the same."
    )
    target_group: str
    measures: list[str] = Field(
        description="Measures of both plans for them, in the area or one that it lies in."
    )


class PlanOverlap(Answer):
    """Two plans for the same people in the same place (Überschneidung)."""

    plans: list[PlanInOverlap] = Field(description="Two, in the order of their keys.")
    places: list[SharedPlace]


class OpposingMeasure(Answer):
    """A measure and where it is to move a figure."""

    measure: str
    plan: str | None
    area: str = Field(description="Where: in the area, or in one that it lies in.")
    direction: AimDirection


class Contradiction(Answer):
    """Measures that are to move the same figure of an area in opposite directions (Widerspruch)."""

    indicator: str
    breakdown: str
    area: str = Field(description="Where the figures are of an area and of a part of it, the part.")
    measures: list[OpposingMeasure]


class PlanNotCompared(PlanInOverlap):
    """A plan of which nobody can tell whom it meets."""

    missing: list[Literal["areas", "target_groups"]] = Field(
        description="What neither it nor one of its measures names."
    )


class PlanOverlaps(Answer):
    """What the plans that hold on a day say of one another."""

    model_config = example(
        on="2027-03-01",
        overlaps=[
            {
                "plans": [
                    {"key": "altenhilfeplan", "title": {"de": "Altenhilfeplan"}},
                    {"key": "teilhabeplan", "title": {"de": "Teilhabeplan"}},
                ],
                "places": [
                    {
                        "area": "lobeda-west",
                        "within": "jena",
                        "target_group": "aeltere-menschen",
                        "measures": ["barrierefreie-wege"],
                    }
                ],
            }
        ],
        contradictions=[
            {
                "indicator": "heimplaetze",
                "breakdown": "",
                "area": "jena",
                "measures": [
                    {
                        "measure": "heimausbau",
                        "plan": "altenhilfeplan",
                        "area": "jena",
                        "direction": "increase",
                    },
                    {
                        "measure": "wohnen-zu-hause",
                        "plan": "teilhabeplan",
                        "area": "jena",
                        "direction": "decrease",
                    },
                ],
            }
        ],
        not_compared=[
            {
                "key": "armutspraeventionsstrategie-jena",
                "title": {"de": "Armutspräventionsstrategie"},
                "missing": ["target_groups"],
            }
        ],
    )

    on: date
    overlaps: Sequence[PlanOverlap]
    contradictions: Sequence[Contradiction]
    not_compared: Sequence[PlanNotCompared] = Field(
        description="Plans that may meet others, for they do not say where or for whom they are."
    )
