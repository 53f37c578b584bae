"""Powers: what a body may do beyond giving advice, and by which rule (Befugnisse)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import (
    Key,
    Line,
    Link,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)
from services.contracts.shared.validity import EndsOn, StartsOn


class PowerKind(StrEnum):
    """What a body may do (Art der Befugnis)."""

    directs_pilots = "directs_pilots"
    sets_indicators = "sets_indicators"
    judges_progress = "judges_progress"
    realigns_topics = "realigns_topics"
    sets_recommendations = "sets_recommendations"
    sets_measures = "sets_measures"
    agrees_strategy = "agrees_strategy"
    decides_offers = "decides_offers"
    legitimises_strategy = "legitimises_strategy"


class NewPower(Request):
    """A power (Befugnis) of a body."""

    model_config = example(
        key="lenkungsgruppe-indikatoren",
        body="lenkungsgruppe-armutspraevention",
        kind="sets_indicators",
        subject={
            "de": "Festlegung der Indikatoren für den Armutsbericht",
            "en": "Setting the indicators of the poverty report",
        },
        legal_basis=[],
        source="https://www.jena.de",
        starts_on=None,
        ends_on=None,
        visibility="public",
    )

    key: Key
    body: Annotated[Key, Field(description="The body that has it, for good.")]
    kind: Annotated[
        PowerKind,
        Field(
            description="For good. Binding powers need the mandate to steer or to decide; what is "
            "offered is decided by a deciding body, a strategy is legitimised by a council."
        ),
    ]
    subject: Annotated[Texts, Field(description="On what, in words.")]
    legal_basis: Annotated[
        list[Line],
        Field(max_length=50, description="Rules it rests on, such as statutes or guidelines."),
    ] = []
    source: Annotated[Link | None, Field(description="Where this can be read.")] = None
    starts_on: StartsOn = None
    ends_on: EndsOn = None
    visibility: Visibility = Visibility.public


class Power(Stored, NewPower):
    """A power as it is stored."""

    model_config = {**Stored.model_config, **NewPower.model_config, "extra": "ignore"}
