"""What is kept of a vote with whatever rests on it."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, refers_to


class OfVote(Resource):
    """What was decided by a vote: where and by whom it was taken, and whether it holds."""

    vote: str
    body: str
    meeting: str
    agenda_item: str
    decided_on: date
    valid: bool


class OnPaper(OfVote):
    """What was decided in words, on a step of a paper's way if there is one."""

    paper: str | None = None
    consultation: str | None = None
    title: dict[str, str] = Field(sa_type=JSONB)
    text: dict[str, str] = Field(sa_type=JSONB)
    findings: list[dict[str, Any]] = Field(sa_type=JSONB)


def of_vote() -> tuple[ForeignKeyConstraint | Index, ...]:
    """What its table refers to and how it is listed: part of `__table_args__`."""
    return (
        *(refers_to(name, f"boards.{name}") for name in ("vote", "body", "meeting", "agenda_item")),
        Index(None, "municipality_id", "decided_on", "key"),
    )


def on_paper() -> tuple[ForeignKeyConstraint | Index, ...]:
    """The same for what may be decided on a paper."""
    return (
        *of_vote(),
        *(refers_to(name, f"boards.{name}") for name in ("paper", "consultation")),
        Index(None, "municipality_id", "paper"),
        Index(None, "municipality_id", "agenda_item"),
    )
