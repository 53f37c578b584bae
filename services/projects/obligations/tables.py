"""Where obligations are kept, and who sees to those of a grant."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.days import today
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to
from services.projects.tables import Table


class ObligationRow(Resource, Table, table=True):
    """An obligation (Pflicht); for the administration alone."""

    __tablename__ = "obligation"
    __table_args__ = (
        key_is_unique(),
        refers_to("grant", "projects.grant"),
        UniqueConstraint("municipality_id", "grant", "origin"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint("state IN ('open', 'done', 'waived', 'dropped')", name="state"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_on_a_day"),
        CheckConstraint("(due_on IS NULL) = (reason IS NOT NULL)", name="a_day_or_a_reason"),
        Index("ix_obligation_due", "municipality_id", "state", "due_on"),
    )

    grant: str
    kind: str
    origin: str
    title: dict[str, str] = Field(sa_type=JSONB)
    event_on: date | None = None
    raw_due: date | None = None
    due_on: date | None = None
    sorted_on: date
    reason: str | None = None
    clauses: list[dict[str, Any]] = Field(sa_type=JSONB)
    state: str
    responsible: str | None = None
    substitute: str | None = None
    done_on: date | None = None
    note: str | None = None
    reminders: list[dict[str, Any]] = Field(sa_type=JSONB)

    @property
    def days_left(self) -> int | None:
        """Days until it is due; below zero it is late."""
        return None if self.due_on is None else (self.due_on - today()).days

    @property
    def overdue(self) -> bool:
        """Is it open and its day past?"""
        return self.state == "open" and self.days_left is not None and self.days_left < 0


class AssignmentRow(TenantTable, Table, table=True):
    """Who sees to what follows from a grant (Zuständigkeit)."""

    __tablename__ = "obligation_assignment"
    __table_args__ = (refers_to("grant", "projects.grant"),)

    grant: str = Field(primary_key=True)
    responsible: str | None = None
    substitute: str | None = None
