"""Where participants are kept: three tables, of which none has a past.

Data minimisation: what the journal says (that something changed, when, by whom) is enough, and what
is deleted is gone. Facts, special categories and who it is stand apart.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.ids import uuid7
from services.kit.tables import TenantTable, key_is_unique, refers_to
from services.projects.tables import Table


def _of_participant() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["municipality_id", "participant"],
        ["projects.participant.municipality_id", "projects.participant.id"],
        ondelete="CASCADE",
    )


class ParticipantRow(TenantTable, Table, table=True):
    """A participant by a pseudonym (Teilnehmende)."""

    __tablename__ = "participant"
    __table_args__ = (
        key_is_unique(),
        refers_to("monitoring", "projects.monitoring"),
        CheckConstraint("gender IN ('women', 'men', 'non_binary')", name="gender"),
        CheckConstraint(
            "employment IN ('unemployed', 'inactive', 'employed')", name="one_employment_status"
        ),
        CheckConstraint("erase_on > entered_on", name="erased_later"),
        CheckConstraint("exited_on >= entered_on", name="exits_after_entry"),
        Index("ix_participant_monitoring", "municipality_id", "monitoring", "key"),
        Index("ix_participant_erase_on", "municipality_id", "erase_on"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    key: str
    monitoring: str
    edition: int = 1
    """Grows with every change; sent as the ETag."""
    entered_on: date
    gender: str
    age: int
    employment: str | None = None
    unemployed_months: int | None = None
    education: str | None = None
    third_country_national: bool | None = None
    foreign_background: bool | None = None
    housing_exclusion: bool | None = None
    rural: bool | None = None
    no_answer: dict[str, str] = Field(sa_type=JSONB)
    re_entered_on: list[str] = Field(sa_type=JSONB)
    exited_on: date | None = None
    leaving: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    six_months: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    erase_on: date


class ParticipantSpecialRow(TenantTable, Table, table=True):
    """Special categories (besondere Kategorien, Art. 9 GDPR)."""

    __tablename__ = "participant_special"
    __table_args__ = (_of_participant(),)

    participant: UUID = Field(primary_key=True)
    disability: bool | None = None
    minority: bool | None = None


class ParticipantIdentityRow(TenantTable, Table, table=True):
    """Who it is (Schlüsseltabelle)."""

    __tablename__ = "participant_identity"
    __table_args__ = (
        _of_participant(),
        UniqueConstraint("municipality_id", "monitoring", "same"),
    )

    participant: UUID = Field(primary_key=True)
    monitoring: str
    same: str
    """Name and birth date in one written form: nobody is two participants of one project."""
    given_name: str
    family_name: str
    birth_date: date
    contact: str | None = None


class ParticipantTallyRow(TenantTable, Table, table=True):
    """How many of those who were erased counted, and as what: nothing of a person."""

    __tablename__ = "participant_tally"
    __table_args__ = (
        refers_to("monitoring", "projects.monitoring"),
        CheckConstraint("count > 0", name="somebody"),
    )

    monitoring: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    code: str = Field(primary_key=True)
    gender: str = Field(primary_key=True)
    count: int
