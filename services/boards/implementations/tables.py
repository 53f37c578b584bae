"""Where tasks that follow from resolutions are kept, and the reports on them."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to

_STATES = "('open', 'in_progress', 'done', 'dropped')"


class ImplementationRow(Resource, Table, table=True):
    """A task that follows from a resolution (Umsetzungsauftrag)."""

    __tablename__ = "implementation"
    __table_args__ = (
        key_is_unique(),
        refers_to("resolution", "boards.resolution"),
        refers_to("responsible", "boards.organisation"),
        CheckConstraint(f"state IN {_STATES}", name="state"),
        Index(None, "municipality_id", "resolution"),
        Index(None, "municipality_id", "due_on", "key"),
    )

    resolution: str
    task: dict[str, str] = Field(sa_type=JSONB)
    responsible: str
    due_on: date | None = None
    state: str
    state_since: date


class ImplementationReportRow(Resource, Table, table=True):
    """A report on a task (Umsetzungsbericht); who may see the task sees it too."""

    __tablename__ = "implementation_report"
    __table_args__ = (
        key_is_unique(),
        refers_to("implementation", "boards.implementation"),
        CheckConstraint(f"state IN {_STATES}", name="state"),
        Index(None, "municipality_id", "implementation", "key"),
    )

    implementation: str
    state: str
    reported_on: date
    text: dict[str, str] = Field(sa_type=JSONB)
