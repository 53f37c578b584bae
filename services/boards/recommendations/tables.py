"""Where recommendations are kept."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from services.boards.grounds.tables import OnPaper, on_paper
from services.boards.tables import Table
from services.contracts.boards.recommendations import RecommendationState
from services.kit.tables import key_is_unique, refers_to

_STATES = {
    "follows": RecommendationState.followed,
    "amends": RecommendationState.amended,
    "rejects": RecommendationState.rejected,
}


class RecommendationRow(OnPaper, Table, table=True):
    """A recommendation (Empfehlung).

    Triggers of the migration hold it to its vote: none is stored whose vote was not adopted, and
    `valid` follows the vote. `answer` follows the responses of valid resolutions.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        key_is_unique(),
        *on_paper(),
        refers_to("addressed_to", "boards.body"),
        UniqueConstraint("municipality_id", "vote"),
        CheckConstraint("answer IN ('follows', 'amends', 'rejects')", name="answer"),
    )

    addressed_to: str | None = None
    answer: str | None = None

    @property
    def state(self) -> RecommendationState:
        """What became of it."""
        return state_of(self.valid, self.answer)


def state_of(valid: bool, answer: str | None) -> RecommendationState:
    """What became of a recommendation whose vote holds or not, by the answer to it."""
    if not valid:
        return RecommendationState.void
    return _STATES[answer] if answer else RecommendationState.open
