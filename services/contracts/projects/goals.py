"""Goals: what a strategy wants to reach (Ziele)."""

from typing import Annotated

from pydantic import ConfigDict, Field

from services.contracts.shared.base import (
    Key,
    Keys,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class NewGoal(Request):
    """A goal (Ziel) of a strategy or plan, mostly within a field of action."""

    model_config = example(
        key="bedarfsgerechte-infrastruktur",
        title={"de": "Sozial- und Bildungsinfrastruktur nach dem Bedarf planen"},
        strategy="armutspraeventionsstrategie-jena",
        field_of_action="strukturelle-armutspraevention",
        position=1,
        recommendations=["familienzentren-2026"],
        description=None,
        visibility="public",
    )

    key: Key
    title: Texts
    strategy: Annotated[Key, Field(description="Key of the strategy or plan, for good.")]
    field_of_action: Annotated[
        Key | None, Field(description="Key of the field of action, one of the same strategy.")
    ] = None
    position: Annotated[int, Field(ge=0, le=10_000, description="Place in the list.")] = 0
    recommendations: Annotated[
        Keys, Field(description="Recommendations of boards that serve the goal.")
    ] = Field(default_factory=list)
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public


class Goal(Stored, NewGoal):
    """A goal as it is stored."""

    model_config = ConfigDict(extra="ignore")

    hidden_links: Annotated[
        int, Field(description="Recommendations that are not for you to see.", examples=[0])
    ]
