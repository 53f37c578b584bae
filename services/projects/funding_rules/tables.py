"""Where the rules of programmes are kept."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class FundingRuleRow(Resource, Table, table=True):
    """A figure of the rules of a programme (Förderregel)."""

    __tablename__ = "funding_rule"
    __table_args__ = (
        key_is_unique(),
        refers_to("programme", "projects.programme"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("(value IS NULL) <> (text IS NULL)", name="a_value_or_a_text"),
        Index("ix_funding_rule_programme", "municipality_id", "programme", "parameter"),
    )

    programme: str | None = None
    parameter: str
    scope: str | None = None
    value: Decimal | None = Field(default=None, sa_type=Numeric(14, 4))
    text: str | None = None
    unit: str
    starts_on: date | None = None
    ends_on: date | None = None
    clause: str
    source: str | None = None
    verified: bool
    note: dict[str, str] | None = Field(default=None, sa_type=JSONB)
