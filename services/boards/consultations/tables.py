"""Where consultations are kept."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.contracts.boards.consultations import ConsultationRole
from services.kit.tables import Resource, key_is_unique, refers_to


class ConsultationRow(Resource, Table, table=True):
    """A consultation (Beratung) of a paper in a body.

    The migration adds two triggers: only a body with the mandate to decide has the role `decides`,
    and the agenda item names paper and consultation.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        key_is_unique(),
        refers_to("paper", "boards.paper"),
        refers_to("body", "boards.body"),
        refers_to("meeting", "boards.meeting"),
        ForeignKeyConstraint(
            ["municipality_id", "agenda_item", "meeting"],
            [
                "boards.agenda_item.municipality_id",
                "boards.agenda_item.key",
                "boards.agenda_item.meeting",
            ],
        ),
        UniqueConstraint("municipality_id", "paper", "position", name="uq_consultation_position"),
        UniqueConstraint("municipality_id", "agenda_item"),
        UniqueConstraint("municipality_id", "external_id"),
        CheckConstraint("role IN ('hears', 'notes', 'advises', 'decides', 'other')", name="role"),
        CheckConstraint("state IN ('planned', 'held', 'cancelled')", name="state"),
        CheckConstraint("agenda_item IS NULL OR meeting IS NOT NULL", name="agenda_of_a_meeting"),
        CheckConstraint("state <> 'held' OR meeting IS NOT NULL", name="held_in_a_meeting"),
        Index(None, "municipality_id", "body", "key"),
        Index(None, "municipality_id", "meeting"),
    )

    paper: str
    body: str
    joint_with: list[str] = Field(sa_type=JSONB)
    role: str
    role_label: str | None = None
    position: int
    state: str
    meeting: str | None = None
    agenda_item: str | None = None
    external_id: str | None = None

    @property
    def authoritative(self) -> bool:
        """Whether a resolution on the paper is taken here."""
        return self.role == ConsultationRole.decides
