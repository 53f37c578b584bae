"""Where staffings are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class StaffingRow(Resource, Table, table=True):
    """A staffing (Besetzung). Pay of few tells of persons: for the administration alone."""

    __tablename__ = "staffing"
    __table_args__ = (
        key_is_unique(),
        refers_to("position", "projects.position"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("fte > 0 AND fte <= 10", name="somebody_is_there"),
        CheckConstraint("pension_liable_pay <= monthly_pay", name="liable_is_part_of_pay"),
        CheckConstraint("hours = '[]' OR fte <= 1", name="one_person_by_hours"),
        Index("ix_staffing_position", "municipality_id", "position"),
    )

    position: str
    starts_on: date
    ends_on: date | None = None
    fte: Decimal = Field(sa_type=Numeric(6, 4))
    pay_step: int | None = None
    monthly_pay: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    pension_liable_pay: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    annual_cost: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    hours: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    currency: str
