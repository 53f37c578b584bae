"""Where notices are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class NoticeRow(Resource, Table, table=True):
    """A notice (Bescheid): a version of a grant, with everything that holds from then on."""

    __tablename__ = "notice"
    __table_args__ = (
        key_is_unique(),
        refers_to("grant", "projects.grant"),
        UniqueConstraint("municipality_id", "grant", "number"),
        CheckConstraint(
            "kind IN ('award', 'amendment', 'extension', 'revocation', 'final')", name="kind"
        ),
        CheckConstraint("(kind = 'award') = (number = 1)", name="the_first_awards"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("amount >= 0 AND amount <= eligible_cost", name="amount_within_the_cost"),
    )

    grant: str
    number: int
    kind: str
    state: str
    reference: str | None = None
    issued_on: date
    effective_from: date
    starts_on: date
    ends_on: date
    eligible_cost: Decimal = Field(sa_type=Numeric(14, 2))
    amount: Decimal = Field(sa_type=Numeric(14, 2))
    rate: Decimal | None = Field(default=None, sa_type=Numeric(7, 4))
    financing: str
    sources: list[dict[str, Any]] = Field(sa_type=JSONB)
    budget_lines: list[dict[str, Any]] = Field(sa_type=JSONB)
    partner_budgets: list[dict[str, Any]] = Field(sa_type=JSONB)
    overrides: list[dict[str, Any]] = Field(sa_type=JSONB)
    conditions: list[dict[str, Any]] = Field(sa_type=JSONB)
    note: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    evidence: str | None = None
