"""Where acts are kept."""

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.grounds.tables import OfVote, of_vote
from services.boards.tables import Table
from services.contracts.boards.acts import ActState
from services.kit.tables import key_is_unique


class ActRow(OfVote, Table, table=True):
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
        *of_vote(),
        UniqueConstraint(
            "municipality_id", "vote", "power", "subject", "subject_key", name="uq_act_subject_key"
        ),
        Index(None, "municipality_id", "subject", "subject_key"),
    )

    power: str
    kind: str
    subject: str
    subject_key: str
    title: dict[str, str] = Field(sa_type=JSONB)
    text: dict[str, str] | None = Field(default=None, sa_type=JSONB)

    @property
    def state(self) -> ActState:
        """Whether it holds."""
        return ActState.valid if self.valid else ActState.void
