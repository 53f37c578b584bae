"""Where reports are kept."""

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.indicators.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to


class ReportRow(Resource, Table, table=True):
    """A report (Bericht). `digest` names the words and shapes that are frozen with it."""

    __tablename__ = "report"
    __table_args__ = (key_is_unique(), refers_to("level", "indicators.area_level"))

    title: dict[str, str] = Field(sa_type=JSONB)
    foreword: dict[str, str] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    chapters: list[dict[str, Any]] = Field(sa_type=JSONB)
    kind: str
    release: int
    level: str
    until: date | None = None
    digest: str


class FrozenRow(TenantTable, Table, table=True):
    """Words and shapes as they were when a report was made, by the digest of their JSON."""

    __tablename__ = "report_frozen"

    digest: str = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_type=JSONB)
