"""What a recommendation may be: pure functions."""

from collections.abc import Collection, Mapping

from services.contracts.boards.bodies import Mandate
from services.contracts.boards.recommendations import RecommendationState as State
from services.contracts.boards.resolutions import ResponseKind
from services.kit.problems import Invalid

ANSWERS: Mapping[State, ResponseKind | None] = {
    State.open: None,
    State.followed: ResponseKind.follows,
    State.amended: ResponseKind.amends,
    State.rejected: ResponseKind.rejects,
}
"""State of a valid recommendation -> the answer that makes it so."""


def check_addressee(mandates: Collection[str]) -> None:
    """Refuse to address a body that cannot decide."""
    if Mandate.decides not in mandates:
        raise Invalid(
            "The body has no mandate to decide on it.", pointer="/addressed_to", code="no-mandate"
        )
