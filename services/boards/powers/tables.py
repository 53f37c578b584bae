"""Where powers are kept."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class PowerRow(Resource, Table, table=True):
    """A power (Befugnis) of a body.

    The migration adds a trigger: no body is given a power that its mandate does not carry.
    """

    __tablename__ = "power"
    __table_args__ = (
        key_is_unique(),
        refers_to("body", "boards.body"),
        UniqueConstraint("municipality_id", "key", "body", name="uq_power_of_body"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index(None, "municipality_id", "body", "key"),
    )

    body: str
    kind: str
    subject: dict[str, str] = Field(sa_type=JSONB)
    legal_basis: list[str] = Field(sa_type=JSONB)
    source: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
