"""A strategy with everything below it, down to its measures (Zielbaum)."""

from collections.abc import Sequence

from pydantic import Field

from services.contracts.projects.measures import FundingState, MeasureGap, MeasureState
from services.contracts.projects.strategies import StrategyKind, StrategyState
from services.contracts.shared.base import Answer, Texts, example


class MeasureInTree(Answer):
    """A measure at its place below a strategy."""

    key: str
    title: Texts
    state: MeasureState
    responsible: str | None
    areas: list[str]
    target_groups: list[str]
    mandate: str | None
    grants: list[str]
    funding_state: FundingState
    gaps: list[MeasureGap]


class RecommendationInTree(Answer):
    """A recommendation of a board and the measures that answer it."""

    key: str
    title: Texts
    measures: list[MeasureInTree] = Field(description="Empty: nothing answers it yet.")


class GoalInTree(Answer):
    """A goal, its recommendations, and measures that answer none of them."""

    key: str
    title: Texts
    recommendations: list[RecommendationInTree]
    measures: list[MeasureInTree]


class FieldInTree(Answer):
    """A field of action and its goals."""

    key: str
    title: Texts
    goals: list[GoalInTree]


class PlanningFieldInTree(Answer):
    """A planning field that the plan covers or that one of its measures belongs to."""

    key: str
    covered: bool = Field(description="Named by the plan itself.")
    measures: list[str] = Field(description="Keys of the measures; empty: it has none yet.")


_MEASURE = {
    "key": "jobladen-lobeda",
    "title": {"de": "Jobladen Lobeda"},
    "state": "running",
    "responsible": "jenawirtschaft",
    "areas": ["lobeda"],
    "target_groups": ["arbeitsuchende"],
    "mandate": "familienzentren-beschluss-2026",
    "grants": ["biwaq-2019"],
    "funding_state": "open",
    "gaps": [],
}


class StrategyTree(Answer):
    """From strategy to measure (Zielbaum): what is in nothing above stands at the end."""

    model_config = example(
        key="armutspraeventionsstrategie-jena",
        title={"de": "Armutspräventionsstrategie der Stadt Jena"},
        kind="strategy",
        state="consulted",
        fields_of_action=[
            {
                "key": "strukturelle-armutspraevention",
                "title": {"de": "Strukturelle Armutsprävention"},
                "goals": [
                    {
                        "key": "bedarfsgerechte-infrastruktur",
                        "title": {"de": "Infrastruktur nach dem Bedarf planen"},
                        "recommendations": [
                            {
                                "key": "familienzentren-2026",
                                "title": {"de": "Familienzentren weiter fördern"},
                                "measures": [_MEASURE],
                            }
                        ],
                        "measures": [],
                    }
                ],
            }
        ],
        goals=[],
        measures=[],
        taken_up=[],
        planning_fields=[{"key": "sozialplanung", "covered": True, "measures": []}],
        hidden_links=0,
    )

    key: str
    title: Texts
    kind: StrategyKind
    state: StrategyState
    fields_of_action: Sequence[FieldInTree]
    goals: Sequence[GoalInTree] = Field(description="Those in no field of action.")
    measures: Sequence[MeasureInTree] = Field(description="Those with no goal.")
    taken_up: Sequence[MeasureInTree] = Field(
        description="Measures of other plans that this action plan takes up."
    )
    planning_fields: Sequence[PlanningFieldInTree] = Field(
        description="Across planning fields: which have measures, and which have none."
    )
    hidden_links: int = Field(description="Links that are not for you to see.")
