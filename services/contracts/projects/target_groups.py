"""Target groups: for whom something is planned and done (Zielgruppen)."""

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


class NewTargetGroup(Request):
    """A target group (Zielgruppe), by one key for all plans and measures."""

    model_config = example(
        key="alleinerziehende",
        name={"de": "Alleinerziehende", "en": "Single parents"},
        position=3,
        description={"de": "Haushalte mit einem Elternteil und Kindern unter 18 Jahren."},
        visibility="public",
    )

    key: Key
    name: Texts
    position: Annotated[int, Field(ge=0, le=10_000, description="Place in the list.")] = 0
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public


class TargetGroup(Stored, NewTargetGroup):
    """A target group as it is stored."""

    model_config = ConfigDict(extra="ignore")
