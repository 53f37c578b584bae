"""Bodies: who advises, who decides, who steers, and on what (Gremien)."""

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from services.contracts.boards.external import ExternalId
from services.contracts.shared.base import (
    Key,
    Line,
    Link,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)
from services.contracts.shared.validity import EndsOn, StartsOn


class BodyKind(StrEnum):
    """What kind of body it is (Art des Gremiums)."""

    council = "council"
    committee = "committee"
    advisory_board = "advisory_board"
    steering_group = "steering_group"
    network = "network"
    planning_conference = "planning_conference"
    working_group = "working_group"
    team = "team"
    other = "other"


class Mandate(StrEnum):
    """What the word of a body is worth (Mandat): advice, a decision, or the course of a project."""

    advises = "advises"
    decides = "decides"
    steers = "steers"


NumberPattern = Annotated[
    Line,
    StringConstraints(
        max_length=60, pattern=r"^[^{}]*(\{year\}[^{}]*)?\{number\}[^{}]*(\{year\}[^{}]*)?$"
    ),
]
"""How numbers are written: `{number}` in four digits, once, and `{year}` where each begins anew."""


class EarlierMandates(Request):
    """What the word of a body was worth before (früheres Mandat)."""

    model_config = example(until="2024-06-30", mandates=["advises"])

    until: Annotated[date, Field(description="Last day.")]
    mandates: Annotated[list[Mandate], Field(min_length=1, max_length=3)]


class NewBody(Request):
    """A body (Gremium): a council, a committee, an advisory board, a steering group, a network."""

    model_config = example(
        key="planungsbeirat-lsz",
        name={"de": "Planungsbeirat LSZ", "en": "LSZ planning advisory board"},
        kind="advisory_board",
        mandates=["advises"],
        earlier_mandates=[],
        subjects=[
            {
                "de": "Landesprogramm „Solidarisches Zusammenleben der Generationen“",
                "en": 'State programme "Solidarity between the generations"',
            }
        ],
        tasks=[
            {
                "de": "Berät zu Projekten, Maßnahmen, Einrichtungen und Diensten",
                "en": "Advises on projects, measures, facilities and services",
            }
        ],
        topics=["haushalte-familien"],
        legal_basis=[],
        parent=None,
        hosted_by="dezernat-familie-bildung-soziales",
        coordinated_by=None,
        resolution_numbers=None,
        paper_numbers=None,
        starts_on=None,
        ends_on=None,
        description=None,
        website=None,
        external_id=None,
        visibility="public",
    )

    key: Key
    name: Texts
    kind: BodyKind
    mandates: Annotated[
        list[Mandate],
        Field(
            min_length=1,
            description="Each at most once. An advisory board (Beirat) never decides.",
        ),
    ]
    earlier_mandates: Annotated[
        list[EarlierMandates],
        Field(
            max_length=50,
            description="What they were before, in order of time; decisions are held to those of "
            "the day of their vote. Without it a change of `mandates` counts from today.",
        ),
    ] = []
    subjects: Annotated[
        list[Texts],
        Field(max_length=100, description="What it advises, decides or steers on (Gegenstände)."),
    ] = []
    tasks: Annotated[
        list[Texts], Field(max_length=100, description="What it does (Aufgaben).")
    ] = []
    topics: Annotated[
        list[Key],
        AfterValidator(each_once),
        Field(
            max_length=100,
            description="Topics of the indicators service that it advises or decides on "
            "(Themenfelder); findings of these that nobody answered are waiting for it.",
        ),
    ] = []
    legal_basis: Annotated[
        list[Line],
        Field(max_length=50, description="Rules it rests on, such as § 71 SGB VIII."),
    ] = []
    parent: Annotated[
        Key | None,
        Field(description="The body this one belongs to, such as a committee's council."),
    ] = None
    hosted_by: Annotated[
        Key | None, Field(description="The organisation that runs it: its department or office.")
    ] = None
    coordinated_by: Annotated[
        Key | None, Field(description="The organisation that coordinates its work.")
    ] = None
    resolution_numbers: Annotated[
        NumberPattern | None,
        Field(description="How its resolutions are numbered; null: `B-{number}/{year}`."),
    ] = None
    paper_numbers: Annotated[
        NumberPattern | None,
        Field(
            description="Of a council: how the papers of the municipality are numbered; null: "
            "`{number}/{year}`."
        ),
    ] = None
    starts_on: StartsOn = None
    ends_on: EndsOn = None
    description: LongTexts | None = None
    website: Link | None = None
    external_id: ExternalId = None
    visibility: Visibility = Visibility.public

    @field_validator("mandates")
    @classmethod
    def _fitting(cls, mandates: list[Mandate], info: ValidationInfo) -> list[Mandate]:
        if len(set(mandates)) < len(mandates):
            raise ValueError("a mandate is named twice")
        if info.data.get("kind") == BodyKind.advisory_board and Mandate.decides in mandates:
            raise ValueError("an advisory board advises; it does not decide")
        return mandates

    @field_validator("earlier_mandates")
    @classmethod
    def _one_after_the_other(cls, earlier: list[EarlierMandates]) -> list[EarlierMandates]:
        if any(after.until <= before.until for before, after in pairwise(earlier)):
            raise ValueError("each lasts longer than the one before")
        return earlier


class Body(Stored, NewBody):
    """A body as it is stored."""

    model_config = {**Stored.model_config, **NewBody.model_config, "extra": "ignore"}
