"""Fields of action: into which a strategy is divided (Handlungsfelder)."""

from typing import Annotated

from pydantic import ConfigDict, Field

from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class NewFieldOfAction(Request):
    """A field of action (Handlungsfeld) of a strategy or plan."""

    model_config = example(
        key="strukturelle-armutspraevention",
        title={"de": "Strukturelle Armutsprävention", "en": "Prevention of structural poverty"},
        strategy="armutspraeventionsstrategie-jena",
        position=2,
        description={"de": "Bedarfsgerechte Planung der Sozial- und Bildungsinfrastruktur."},
        visibility="public",
    )

    key: Key
    title: Texts
    strategy: Annotated[Key, Field(description="Key of the strategy or plan, for good.")]
    position: Annotated[int, Field(ge=0, le=10_000, description="Place in the list.")] = 0
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public


class FieldOfAction(Stored, NewFieldOfAction):
    """A field of action as it is stored."""

    model_config = ConfigDict(extra="ignore")
