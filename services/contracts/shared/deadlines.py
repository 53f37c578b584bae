"""What is due, as each service tells it to the calendar of all of them (Fristen)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from services.contracts.shared.base import Answer, Texts, example


class Source(StrEnum):
    """Which service tells it (Dienst)."""

    indicators = "indicators"
    boards = "boards"
    projects = "projects"


class DeadlineKind(StrEnum):
    """What is due (Art der Frist): a meeting (Sitzung), the last day on which an invitation may
    arrive (Ladungsfrist), a task that follows from a resolution (Umsetzungsauftrag), answers to
    contributions (Antwort auf Beiträge), the end of a term (Ende der Amtszeit), somebody to be
    named (Benennung), a step of participation (Beteiligungsschritt), an obligation of a grant
    (Pflicht), a task of the planning coordination (Aufgabe), a period with a target (Zielwert), the
    end of a grant (Ende der Bewilligung), of a position (Ende der Stelle), of a measure (Ende der
    Maßnahme), the review of a plan (Fortschreibung), a delivery of figures (Datenlieferung)."""

    meeting = "meeting"
    invitation = "invitation"
    implementation = "implementation"
    contribution_answer = "contribution_answer"
    term = "term"
    nomination = "nomination"
    participation = "participation"
    obligation = "obligation"
    planning_task = "planning_task"
    target = "target"
    grant_end = "grant_end"
    position_end = "position_end"
    measure_end = "measure_end"
    review = "review"
    delivery = "delivery"


SOURCE_OF: Mapping[DeadlineKind, Source] = {
    **dict.fromkeys(DeadlineKind, Source.projects),
    DeadlineKind.delivery: Source.indicators,
    **dict.fromkeys(
        (
            DeadlineKind.meeting,
            DeadlineKind.invitation,
            DeadlineKind.implementation,
            DeadlineKind.contribution_answer,
            DeadlineKind.term,
            DeadlineKind.nomination,
            DeadlineKind.participation,
        ),
        Source.boards,
    ),
}
"""Which service tells of deadlines of a kind."""

Party = Annotated[
    str,
    Field(
        pattern=r"^(body|organisation|account):\S{1,200}$",
        description="A body, an organisation, or an account as the journal names who acts.",
        examples=["organisation:dezernat-4"],
    ),
]
_DUE = {
    "id": "implementation/familienzentren-bescheide",
    "kind": "implementation",
    "on": "2026-05-31",
    "title": {
        "de": "Zuwendungsbescheide an die beiden Träger",
        "en": "Notices to both organisations",
    },
    "what": "implementation:familienzentren-bescheide",
    "path": "implementations/familienzentren-bescheide",
    "responsible": ["organisation:fachdienst-soziales"],
    "done": False,
    "clause": None,
    "reason": {"de": "Beschluss 26/0312-BV", "en": "Resolution 26/0312-BV"},
    "starts_at": None,
    "sort": None,
    "revision": 1,
    "changed_at": "2026-03-12T14:00:00Z",
}


class Due(Answer):
    """A deadline as its service knows it."""

    model_config = {**Answer.model_config, **example(**_DUE)}

    id: str = Field(description="Of this deadline, the same for good: kind, key, part.")
    kind: DeadlineKind
    on: date
    title: Texts
    what: str = Field(description="What it is a deadline of: type and key.")
    path: str = Field(description="Where that is, below the municipality.")
    responsible: Sequence[Party] = Field(description="As far as the reader may see them.")
    done: bool
    clause: str | None
    reason: Texts | None
    starts_at: AwareDatetime | None
    sort: str | None = Field(default=None, description="Of a meeting its kind and the body's.")
    revision: int
    changed_at: datetime | None


class DueList(Answer):
    """The first deadlines that were asked for, by day and id."""

    model_config = example(items=[_DUE], more=False)

    items: Sequence[Due]
    more: bool = Field(description="There are more after the last of these.")
