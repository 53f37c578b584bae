"""Where recommendations are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.contracts.boards.recommendations import RecommendationState
from services.kit.tables import Resource, key_is_unique, refers_to

_STATES = {
    "follows": RecommendationState.followed,
    "amends": RecommendationState.amended,
    "rejects": RecommendationState.rejected,
}


class RecommendationRow(Resource, Table, table=True):
    """A recommendation (Empfehlung).

    Triggers of the migration hold it to its vote: none is stored whose vote was not adopted, and
    `valid` follows the vote. `answer` follows the responses of valid resolutions.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        key_is_unique(),
        refers_to("vote", "boards.vote"),
        refers_to("body", "boards.body"),
        refers_to("meeting", "boards.meeting"),
        refers_to("agenda_item", "boards.agenda_item"),
        refers_to("paper", "boards.paper"),
        refers_to("consultation", "boards.consultation"),
        refers_to("addressed_to", "boards.body"),
        UniqueConstraint("municipality_id", "vote"),
        CheckConstraint("answer IN ('follows', 'amends', 'rejects')", name="answer"),
        Index(None, "municipality_id", "decided_on", "key"),
        Index(None, "municipality_id", "paper"),
        Index(None, "municipality_id", "agenda_item"),
    )

    vote: str
    body: str
    meeting: str
    agenda_item: str
    paper: str | None = None
    consultation: str | None = None
    decided_on: date
    title: dict[str, str] = Field(sa_type=JSONB)
    text: dict[str, str] = Field(sa_type=JSONB)
    addressed_to: str | None = None
    findings: list[dict[str, Any]] = Field(sa_type=JSONB)
    valid: bool
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
