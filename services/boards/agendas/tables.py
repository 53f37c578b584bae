"""Where agenda items are kept."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.contracts.shared.base import Visibility
from services.kit.tables import Resource, key_is_unique, refers_to


class AgendaItemRow(Resource, Table, table=True):
    """An item on the agenda of a meeting (Tagesordnungspunkt).

    A trigger on consultations keeps `paper` and `consultation`.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        key_is_unique(),
        UniqueConstraint("municipality_id", "external_id"),
        refers_to("meeting", "boards.meeting"),
        UniqueConstraint("municipality_id", "meeting", "position", name="uq_agenda_item_position"),
        UniqueConstraint("municipality_id", "key", "meeting", name="uq_agenda_item_of_meeting"),
        refers_to("paper", "boards.paper"),
        refers_to("again_of", "boards.agenda_item"),
        Index(None, "municipality_id", "paper"),
    )

    meeting: str
    number: str
    position: int
    title: dict[str, str] = Field(sa_type=JSONB)
    concerns: list[str] = Field(sa_type=JSONB)
    urgent: bool
    urgency_reason: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    again_of: str | None = None
    withdrawn: bool
    text: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    result: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    paper: str | None = None
    consultation: str | None = None
    external_id: str | None = None

    @property
    def public(self) -> bool:
        """Whether it is of the open part of the meeting (öffentlicher Teil)."""
        return self.visibility == Visibility.public
