"""Where invitations are kept."""

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class InvitationRow(Resource, Table, table=True):
    """The invitation to a meeting (Einladung); its key is that of the meeting.

    A later one replaces an earlier one, which stays in the history.
    """

    __tablename__ = "invitation"
    __table_args__ = (key_is_unique(), refers_to("meeting", "boards.meeting"))

    meeting: str
    sent_on: date
    received_on: date | None = None
    receipts: list[dict[str, Any]] = Field(sa_type=JSONB)
    urgent: bool
    reason: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    states_shortening: bool
    states_again: bool
    agenda: list[dict[str, Any]] = Field(sa_type=JSONB)
    full_days: int | None = None
    needed_days: int
    in_due_form: bool
    clause: str | None = None
    verified: bool
    findings: list[dict[str, Any]] = Field(sa_type=JSONB)
    needs_finding: bool
    reached: list[str] = Field(sa_type=JSONB)
