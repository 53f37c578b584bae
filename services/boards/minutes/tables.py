"""Where minutes are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class MinutesRow(Resource, Table, table=True):
    """Minutes (Niederschrift); their key is that of the meeting.

    `frozen` is what they tell once they are approved. It names people by their memberships, so
    that it keeps no name that the register has erased.
    """

    __tablename__ = "minutes"
    __table_args__ = (
        key_is_unique(),
        refers_to("meeting", "boards.meeting"),
        refers_to("body", "boards.body"),
        refers_to("chair", "boards.membership"),
        refers_to("clerk", "boards.membership"),
        refers_to("approved_by", "boards.vote"),
        CheckConstraint("(state = 'approved') = (frozen IS NOT NULL)", name="frozen_when_approved"),
    )

    meeting: str
    body: str
    chair: str | None = None
    clerk: str | None = None
    opened_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    closed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    notes: list[dict[str, Any]] = Field(sa_type=JSONB)
    readers: str
    state: str
    corrections: list[dict[str, str]] = Field(sa_type=JSONB)
    approved_by: str | None = None
    approved_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    frozen: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
