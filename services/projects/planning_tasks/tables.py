"""Where the tasks of a planning coordination are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class PlanningTaskRow(Resource, Table, table=True):
    """A task of a planning coordination (Aufgabe)."""

    __tablename__ = "planning_task"
    __table_args__ = (
        key_is_unique(),
        refers_to("field", "projects.planning_field"),
        CheckConstraint("due_on >= starts_on", name="due_after_its_start"),
    )

    title: dict[str, str] = Field(sa_type=JSONB)
    coordination: str
    field: str | None = None
    position: int
    step: str
    state: str
    starts_on: date | None = None
    due_on: date | None = None
    products: list[dict[str, Any]] = Field(sa_type=JSONB)
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
