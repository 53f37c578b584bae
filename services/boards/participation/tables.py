"""Where participation processes are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class ParticipationProcessRow(Resource, Table, table=True):
    """A participation process (Beteiligungsverfahren)."""

    __tablename__ = "participation_process"
    __table_args__ = (
        key_is_unique(),
        refers_to("body", "boards.body"),
        refers_to("organisation", "boards.organisation"),
        CheckConstraint("body IS NOT NULL OR organisation IS NOT NULL", name="conducted"),
        CheckConstraint("smallest_group >= 3", name="smallest_group"),
        Index(None, "municipality_id", "body", "key"),
    )

    name: dict[str, str] = Field(sa_type=JSONB)
    goal: dict[str, str] = Field(sa_type=JSONB)
    methods: list[str] = Field(sa_type=JSONB)
    target_groups: list[dict[str, Any]] = Field(sa_type=JSONB)
    categories: list[dict[str, Any]] = Field(sa_type=JSONB)
    areas: list[str] = Field(sa_type=JSONB)
    area_names: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSONB, sa_column_kwargs={"server_default": "{}"}
    )
    """Key -> name of the areas, as the indicators service said when they were entered."""
    topics: list[str] = Field(sa_type=JSONB)
    body: str | None = None
    organisation: str | None = None
    steps: list[dict[str, Any]] = Field(sa_type=JSONB)
    public_from: date | None = None
    """When the public learns of it: with the first step after preparation."""
    submission_from: date | None = None
    submission_until: date | None = None
    cancelled_on: date | None = None
    anonymous: bool
    consent_text: dict[str, str] = Field(sa_type=JSONB)
    consent_version: str
    answer_days: int
    smallest_group: int
    delete_on: date
    description: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    website: str | None = None
    report: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    """The feedback report as it was published: protected counts, nothing else."""
