"""Exclusions: who takes no part in an item for a conflict of interest (Befangenheit)."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from services.contracts.shared.base import Key, LongTexts, Request, Stored, Visibility, example


class ExclusionState(StrEnum):
    """Whether the exclusion holds (vorgeschlagen, festgestellt, verneint)."""

    proposed = "proposed"
    confirmed = "confirmed"
    dismissed = "dismissed"


class ExclusionOrigin(StrEnum):
    """Where it comes from: the member's organisation is named in the item, or somebody said so."""

    named = "named"
    declared = "declared"


class NewExclusion(Request):
    """A conflict of interest that somebody has declared (persönliche Beteiligung)."""

    model_config = example(
        agenda_item="a-7hq4vn2kzd",
        membership="m-5rj3tq2wxa",
        reason={"de": "Leitet die Einrichtung, über deren Förderung beraten wird"},
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    agenda_item: Annotated[Key, Field(description="The item, for good.")]
    membership: Annotated[Key, Field(description="Who, as a membership of the body; for good.")]
    reason: Annotated[LongTexts | None, Field(description="Why.")] = None


class ExclusionDecision(Request):
    """What the body found (Entscheidung über den Ausschluss)."""

    model_config = example(
        state="confirmed", reason={"de": "Der Träger ist Empfänger der Zuwendung"}
    )

    state: Literal[ExclusionState.confirmed, ExclusionState.dismissed]
    reason: LongTexts


class Exclusion(Stored, NewExclusion):
    """An exclusion as it is stored."""

    model_config = {**Stored.model_config, **NewExclusion.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["e-7hq4vn2kzd"])]
    meeting: Key
    origin: ExclusionOrigin
    organisation: Annotated[
        Key | None, Field(description="The organisation that is named in the item.")
    ]
    state: ExclusionState
    decision_reason: LongTexts | None
    decided_at: datetime | None
    visibility: Visibility
