"""Topics and life situations: in which order a town is described (Themenfelder, Lebenslagen)."""

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


class TopicKind(StrEnum):
    """A field of subjects, or the situation of a group of people."""

    topic = "topic"
    life_situation = "life_situation"


class NewTopic(Request):
    """A topic (Themenfeld) or a life situation (Lebenslage)."""

    model_config = example(
        key="mindestsicherung",
        name={"de": "Mindestsicherung", "en": "Minimum income benefits"},
        kind="topic",
        parent=None,
        position=4,
        description={"de": "Wer auf Leistungen nach dem SGB II oder SGB XII angewiesen ist."},
        visibility="public",
    )

    key: Key
    name: Texts
    kind: TopicKind = TopicKind.topic
    parent: Annotated[Key | None, Field(description="The topic it is part of.")] = None
    position: int = Field(
        default=0, ge=0, le=999, description="Place among those of the same parent; 0 comes first."
    )
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public


class Topic(Stored, NewTopic):
    """A topic as it is stored."""

    model_config = {**Stored.model_config, **NewTopic.model_config, "extra": "ignore"}
