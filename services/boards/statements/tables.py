"""Where statements are kept."""

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class StatementRow(Resource, Table, table=True):
    """A statement of an organisation (Stellungnahme)."""

    __tablename__ = "statement"
    __table_args__ = (
        key_is_unique(),
        refers_to("process", "boards.participation_process"),
        refers_to("organisation", "boards.organisation"),
        Index(None, "municipality_id", "process", "key"),
        Index(None, "municipality_id", "organisation", "key"),
    )

    process: str
    organisation: str
    position: str
    text: dict[str, str] = Field(sa_type=JSONB)
    received_on: date
    answer: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
