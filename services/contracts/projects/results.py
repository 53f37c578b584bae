"""Results: what a project is to bring about (Ergebnisse)."""

from enum import StrEnum
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


class ResultLevel(StrEnum):
    """How far it reaches (Ebene): what is done (Output), what changes for those it is for
    (Outcome), what changes in the town (Impact)."""

    output = "output"
    outcome = "outcome"
    impact = "impact"


class NewResult(Request):
    """A result (Ergebnis) of a project, or of one of its grants."""

    model_config = example(
        key="sozialplanung-abgestimmt",
        project="biwaq-jena",
        grant=None,
        level="outcome",
        title={"de": "Die Fachplanungen sind aufeinander abgestimmt"},
        description=None,
        visibility="public",
    )

    key: Key
    project: Annotated[Key, Field(description="Key of the project.")]
    grant: Annotated[
        Key | None, Field(description="Key of the grant that promises it; one of the project.")
    ] = None
    level: ResultLevel
    title: Texts
    description: LongTexts | None = None
    visibility: Visibility = Visibility.public


class Result(Stored, NewResult):
    """A result as it is stored."""

    model_config = ConfigDict(extra="ignore")
