"""How far the making of an edition has come (Fortschritt der Ausfertigung)."""

from enum import StrEnum

from pydantic import Field

from services.contracts.shared.base import Answer, Key, example
from services.contracts.shared.problems import Fault


class MakingState(StrEnum):
    """How far the making of an edition is (Fortschritt): it waits, what is bound in is looked up,
    the edition is made, or none could be made."""

    waiting = "waiting"
    looking_up = "looking_up"
    made = "made"
    refused = "refused"


class ReportMaking(Answer):
    """The making of an edition in the background (Ausfertigung in Arbeit)."""

    model_config = {
        **Answer.model_config,
        **example(
            report="armutsbericht-2026",
            state="refused",
            done=31,
            total=48,
            edition=2,
            faults=[
                {
                    "pointer": "/chapters/3/text/de",
                    "code": "no-figure",
                    "detail": "Line 3, character 1: The release holds no such figure.",
                    "line": 3,
                    "column": 1,
                }
            ],
        ),
    }

    report: Key
    state: MakingState
    done: int = Field(description="How many bindings are looked up.")
    total: int = Field(description="How many different bindings there are.")
    edition: int | None = Field(description="The number of the edition, once it is made.")
    faults: list[Fault] = Field(
        description="Why no edition could be made; pointers lead into the report."
    )
