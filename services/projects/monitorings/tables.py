"""Where monitorings are kept."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class MonitoringRow(Resource, Table, table=True):
    """How a project keeps count of who takes part (Teilnehmendenerfassung)."""

    __tablename__ = "monitoring"
    __table_args__ = (
        key_is_unique(),
        refers_to("project", "projects.project"),
        refers_to("programme", "projects.programme"),
        UniqueConstraint("municipality_id", "project"),
        CheckConstraint("threshold >= 3", name="threshold"),
        CheckConstraint("mode = 'counts' OR legal_basis IS NOT NULL", name="legal_basis"),
    )

    project: str
    programme: str | None = None
    mode: str
    threshold: int
    legal_basis: str | None = None
