"""Where votes are kept."""

from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class VoteRow(Resource, Table, table=True):
    """A vote (Abstimmung). Of a secret vote nothing says who voted how."""

    __tablename__ = "vote"
    __table_args__ = (
        key_is_unique(),
        refers_to("meeting", "boards.meeting"),
        refers_to("agenda_item", "boards.agenda_item"),
        refers_to("body", "boards.body"),
        CheckConstraint(
            "agenda_item IS NOT NULL OR purpose IN ('urgency', 'procedural')", name="on_an_item"
        ),
        CheckConstraint("method <> 'secret' OR ballots = '[]'", name="secret_is_secret"),
        CheckConstraint(
            "(state = 'closed') = (outcome IS NOT NULL) AND "
            "(state = 'closed') = (snapshot IS NOT NULL)",
            name="an_outcome_when_closed",
        ),
        Index(None, "municipality_id", "meeting", "key"),
    )

    meeting: str
    agenda_item: str | None = None
    body: str
    purpose: str
    question: dict[str, str] = Field(sa_type=JSONB)
    method: str
    majority: dict[str, Any] = Field(sa_type=JSONB)
    tie: str
    state: str
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    invalid: int | None = None
    ballots: list[dict[str, Any]] = Field(sa_type=JSONB)
    casting: str | None = None
    snapshot: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    outcome: str | None = None
    irregularities: list[dict[str, Any]] = Field(sa_type=JSONB)
