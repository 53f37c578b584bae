"""How far a piece of work in the background has come (Fortschritt)."""

from enum import StrEnum

from pydantic import Field

from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.shared.base import Answer, Key, example


class Phase(StrEnum):
    """What is being done with a delivery."""

    waiting = "waiting"
    reading = "reading"
    matching = "matching"
    checking = "checking"
    keeping = "keeping"
    finished = "finished"


class DeliveryProgress(Answer):
    """How far the check of a delivery has come (Fortschritt der Prüfung)."""

    model_config = {
        **Answer.model_config,
        **example(
            delivery="delivery-7", state="received", phase="reading", done=250000, total=None
        ),
    }

    delivery: Key
    state: DeliveryState
    phase: Phase
    done: int = Field(description="Rows while reading, steps while checking.")
    total: int | None = Field(description="Of how many; null while nobody can know.")
