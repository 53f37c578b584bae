"""Where published operations are kept."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class OperationRow(Resource, Table, table=True):
    """A published operation (Vorhaben)."""

    __tablename__ = "operation"
    __table_args__ = (
        key_is_unique(),
        refers_to("list", "projects.operation_list"),
        refers_to("grant", "projects.grant"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("total_cost >= 0", name="money_is_not_negative"),
        CheckConstraint("union_share + national_share = total_cost", name="shares_give_the_total"),
        Index("ix_operation_list", "municipality_id", "list"),
        Index("ix_operation_grant", "municipality_id", "grant"),
    )

    list: str
    identifier: str | None = None
    beneficiary: str
    name: str
    purpose: str | None = None
    starts_on: date
    ends_on: date | None = None
    total_cost: Decimal = Field(sa_type=Numeric(14, 2))
    rate: Decimal | None = Field(default=None, sa_type=Numeric(7, 4))
    union_share: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    national_share: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    shares_computed: bool
    currency: str
    postcode: str | None = None
    place: str | None = None
    country: str | None = None
    intervention: str | None = None
    intervention_code: int | None = None
    specific_objective: str | None = None
    listed_from: date
    listed_until: date | None = None
    grant: str | None = None
