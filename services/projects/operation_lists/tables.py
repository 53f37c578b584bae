"""Where lists of operations are kept."""

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique
from services.projects.tables import Table


class OperationListRow(Resource, Table, table=True):
    """A published list of operations (Vorhabenliste)."""

    __tablename__ = "operation_list"
    __table_args__ = (key_is_unique(),)

    title: dict[str, str] = Field(sa_type=JSONB)
    publisher: str
    website: str | None = None
    licence: str | None = None
    programming_period: str
    fund: str
    cci: str | None = None
    programme_name: str | None = None
    nuts: str | None = None
    columns: dict[str, str] = Field(sa_type=JSONB)
    interventions: list[dict[str, Any]] = Field(sa_type=JSONB)
    legal_entities: list[str] = Field(sa_type=JSONB)
    edition: date | None = None
