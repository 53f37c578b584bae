"""Who takes part, as protected counts: never a person (Teilnehmende, geschützte Aggregate)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, field_validator, model_validator

from services.contracts.projects.esf import EsfCode
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Request,
    Stored,
    Visibility,
    example,
)
from services.contracts.shared.validity import not_before_start

PERSONAL = frozenset(code for code in EsfCode if code not in (EsfCode.EECO18, EsfCode.EECO19))
"""Codes that count people; the others count administrations and enterprises."""


class MonitoringMode(StrEnum):
    """What is entered (Erfassungsart): counts by gender, or data of each person where the programme
    demands it."""

    counts = "counts"
    persons = "persons"


class NewMonitoring(Request):
    """How a project keeps count of who takes part (Teilnehmendenerfassung)."""

    model_config = example(
        key="biwaq-jena-teilnehmende",
        project="biwaq-jena",
        programme="biwaq",
        mode="counts",
        threshold=5,
        legal_basis=None,
        visibility="public",
    )

    key: Key
    project: Annotated[Key, Field(description="Key of the project; one monitoring of each.")]
    programme: Annotated[Key | None, Field(description="Programme that asks for it.")] = None
    mode: MonitoringMode = MonitoringMode.counts
    threshold: Annotated[
        int, Field(ge=3, le=100, description="Counts below it, but not zero, are hidden.")
    ] = 5
    legal_basis: Annotated[
        Line | None, Field(description="By what data of persons may be kept (Rechtsgrundlage).")
    ] = None
    visibility: Visibility = Visibility.public

    @model_validator(mode="after")
    def _persons_need_a_basis(self) -> "NewMonitoring":
        if self.mode is MonitoringMode.persons and self.legal_basis is None:
            raise ValueError("data of persons need a legal basis")
        return self


class Monitoring(Stored, NewMonitoring):
    """A monitoring as it is stored."""

    model_config = ConfigDict(extra="ignore")


Count = Annotated[int, Field(ge=0, le=1_000_000)]


class NewParticipantCount(Request):
    """How many took part, by gender (Teilnehmendenzahl). Not known is null, never zero."""

    model_config = example(
        key="biwaq-jena-2024-arbeitslose",
        monitoring="biwaq-jena-teilnehmende",
        code="EECO02",
        starts_on="2024-01-01",
        ends_on="2024-12-31",
        women=34,
        men=41,
        non_binary=0,
    )

    key: Key
    monitoring: Annotated[Key, Field(description="Key of the monitoring.")]
    code: EsfCode
    starts_on: date
    ends_on: date
    women: Count | None = None
    men: Count | None = None
    non_binary: Count | None = None

    _span = field_validator("ends_on")(not_before_start)

    @field_validator("code")
    @classmethod
    def _counts_people(cls, code: EsfCode) -> EsfCode:
        if code not in PERSONAL:
            raise ValueError("this code does not count people")
        return code


class ParticipantCount(Stored, NewParticipantCount):
    """A count as it is stored: for those who enter it, not protected."""

    model_config = ConfigDict(extra="ignore")


class CellState(StrEnum):
    """What is said of a count (Stand der Zahl)."""

    shown = "shown"
    hidden = "hidden"
    unknown = "unknown"


class Cell(Answer):
    """A count, or why there is none."""

    value: int | None
    state: CellState


class ParticipationRow(Answer):
    """Of one code in one span, or over all (null)."""

    code: EsfCode
    starts_on: date | None
    ends_on: date | None
    women: Cell
    men: Cell
    non_binary: Cell
    total: Cell


class Participation(Answer):
    """Who took part, as it was published last (geschützte Teilnehmendenzahlen)."""

    model_config = example(
        monitoring="biwaq-jena-teilnehmende",
        project="biwaq-jena",
        mode="counts",
        threshold=5,
        edition=3,
        published_on="2025-01-31",
        rows=[
            {
                "code": "EECO02",
                "starts_on": "2024-01-01",
                "ends_on": "2024-12-31",
                "women": {"value": 34, "state": "shown"},
                "men": {"value": 41, "state": "shown"},
                "non_binary": {"value": 0, "state": "shown"},
                "total": {"value": 75, "state": "shown"},
            }
        ],
    )

    monitoring: Key
    project: Key
    mode: MonitoringMode
    threshold: int
    edition: int | None = Field(description="Its number; null while nothing was published.")
    published_on: date | None
    rows: Sequence[ParticipationRow]
