"""Statements: what organisations say in a participation process (Stellungnahmen)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.contributions import Decision
from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Visibility,
    example,
)


class Position(StrEnum):
    """Where an organisation stands (Haltung)."""

    supports = "supports"
    supports_partly = "supports_partly"
    opposes = "opposes"
    neutral = "neutral"


class StatementAnswer(Request):
    """What was made of a statement, and why (Abwägungsergebnis)."""

    model_config = example(
        decision="accepted",
        reason={"de": "Der Vorschlag ist übernommen."},
        answered_on="2026-06-01",
    )

    decision: Decision
    reason: LongTexts
    answered_on: date


class NewStatement(Request):
    """A statement of an organisation (Stellungnahme)."""

    model_config = example(
        key="paritaetischer-armutspraevention-2026",
        process="armutspraevention-2026",
        organisation="paritaetischer",
        position="supports_partly",
        text={"de": "Die Beratung sollte auch am Abend erreichbar sein."},
        received_on="2026-04-20",
        answer=None,
        visibility="public",
    )

    key: Key
    process: Annotated[Key, Field(description="The process it is for, for good.")]
    organisation: Annotated[Key, Field(description="Who says it, for good.")]
    position: Position
    text: Annotated[LongTexts, Field(description="Without names of persons.")]
    received_on: date
    answer: Annotated[
        StatementAnswer | None, Field(description="Null while it is not answered.")
    ] = None
    visibility: Visibility = Visibility.public


class Statement(Stored, NewStatement):
    """A statement as it is stored."""

    model_config = {**Stored.model_config, **NewStatement.model_config, "extra": "ignore"}
