"""Where acts are kept."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.contracts.boards.acts import ActState
from services.kit.tables import Resource, key_is_unique, refers_to


class ActRow(Resource, Table, table=True):
    """An act (Akt) of a body under one of its powers.

    Triggers of the migration hold it to its vote and its power.
    """

    __tablename__ = "act"
    __table_args__ = (
        key_is_unique(),
        ForeignKeyConstraint(
            ["municipality_id", "power", "body"],
            ["boards.power.municipality_id", "boards.power.key", "boards.power.body"],
            name="fk_act_power",
        ),
        refers_to("vote", "boards.vote"),
        refers_to("body", "boards.body"),
        refers_to("meeting", "boards.meeting"),
        refers_to("agenda_item", "boards.agenda_item"),
        UniqueConstraint(
            "municipality_id", "vote", "power", "subject", "subject_key", name="uq_act_subject_key"
        ),
        Index(None, "municipality_id", "subject", "subject_key"),
        Index(None, "municipality_id", "decided_on", "key"),
    )

    power: str
    kind: str
    vote: str
    body: str
    meeting: str
    agenda_item: str
    decided_on: date
    subject: str
    subject_key: str
    title: dict[str, str] = Field(sa_type=JSONB)
    text: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    valid: bool

    @property
    def state(self) -> ActState:
        """Whether it holds."""
        return ActState.valid if self.valid else ActState.void
