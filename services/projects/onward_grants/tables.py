"""Where onward grants are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class OnwardGrantRow(Resource, Table, table=True):
    """An onward grant (Weiterleitung), with everything that happened to it."""

    __tablename__ = "onward_grant"
    __table_args__ = (
        key_is_unique(),
        refers_to("grant", "projects.grant"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("natural_person = (recipient IS NULL)", name="one_applies"),
        CheckConstraint(
            "visibility = 'administration' OR NOT natural_person", name="persons_are_private"
        ),
        CheckConstraint(
            "state IN ('applied', 'approved', 'granted', 'refused', 'withdrawn', 'closed')",
            name="state",
        ),
        CheckConstraint("0 <= awarded AND awarded <= bound", name="awarded_within_the_decision"),
        CheckConstraint("paid - recovered <= awarded", name="paid_within_the_award"),
        CheckConstraint(
            "0 <= repaid AND repaid <= recovered AND recovered <= paid", name="back_within_paid"
        ),
        Index(None, "municipality_id", "grant"),
    )

    grant: str
    recipient: str | None = None
    natural_person: bool
    title: dict[str, str] = Field(sa_type=JSONB)
    purpose: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    reference: str | None = None
    applied_on: date
    applied_amount: Decimal = Field(sa_type=Numeric(14, 2))
    eligible_cost: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    rule_scope: str | None = None
    starts_on: date
    ends_on: date
    state: str
    bound: Decimal = Field(sa_type=Numeric(14, 2))
    awarded: Decimal = Field(sa_type=Numeric(14, 2))
    paid: Decimal = Field(sa_type=Numeric(14, 2))
    recovered: Decimal = Field(sa_type=Numeric(14, 2))
    repaid: Decimal = Field(sa_type=Numeric(14, 2))
    ended_on: date | None = None
    end_reason: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    proof_due_on: date | None = None
    proof: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    decisions: list[dict[str, Any]] = Field(sa_type=JSONB)
    notices: list[dict[str, Any]] = Field(sa_type=JSONB)
    payouts: list[dict[str, Any]] = Field(sa_type=JSONB)
    recoveries: list[dict[str, Any]] = Field(sa_type=JSONB)
    repayments: list[dict[str, Any]] = Field(sa_type=JSONB)

    @property
    def to_recover(self) -> Decimal:
        """Paid, not accepted by the check, and not yet demanded back."""
        accepted = (self.proof or {}).get("accepted")
        open_ = Decimal(0) if accepted is None else self.paid - self.recovered - Decimal(accepted)
        return max(open_, Decimal("0.00"))
