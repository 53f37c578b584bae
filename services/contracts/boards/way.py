"""The whole way of a paper, from its first body to what was done about it (Beratungsverlauf)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from services.contracts.boards.consultations import ConsultationRole, ConsultationState
from services.contracts.boards.implementations import ImplementationState
from services.contracts.boards.papers import PaperState
from services.contracts.boards.recommendations import RecommendationState
from services.contracts.boards.resolutions import RecommendationResponse, ResolutionState
from services.contracts.boards.versions import AmendmentState
from services.contracts.boards.votes import VoteOutcome
from services.contracts.shared.base import Answer, Key, Texts, example


class VoteOnTheWay(Answer):
    """A vote that was taken on a step."""

    key: Key
    outcome: VoteOutcome
    yes: int | None
    no: int | None
    abstain: int | None


class RecommendationOnTheWay(Answer):
    """What a body recommended."""

    key: Key
    title: Texts
    state: RecommendationState


class TaskOnTheWay(Answer):
    """What follows from a resolution."""

    key: Key
    task: Texts
    responsible: Key
    due_on: date | None
    state: ImplementationState
    days_in_state: int
    overdue: bool


class ResolutionOnTheWay(Answer):
    """What a body decided."""

    key: Key
    reference: str
    title: Texts
    state: ResolutionState
    responses: Sequence[RecommendationResponse]
    tasks: Sequence[TaskOnTheWay]


class Step(Answer):
    """What one body did with the paper (Beratungsschritt)."""

    consultation: Key
    body: Key
    body_name: Texts
    role: ConsultationRole
    authoritative: bool
    state: ConsultationState
    meeting: Key | None
    meeting_name: Texts | None
    meeting_on: date | None
    agenda_item: Key | None
    days: int | None = Field(
        description="From the step before, or from the day on the paper, to this meeting."
    )
    result: str | None = Field(description="As the agenda says it, in German.")
    votes: Sequence[VoteOnTheWay]
    recommendations: Sequence[RecommendationOnTheWay]
    resolutions: Sequence[ResolutionOnTheWay]


class AmendmentOnTheWay(Answer):
    """An amendment that was proposed."""

    key: Key
    state: AmendmentState
    based_on: int


_STEP = {
    "consultation": "c-5rj3tq2wxa",
    "body": "planungsbeirat-lsz",
    "body_name": {"de": "Planungsbeirat LSZ"},
    "role": "advises",
    "authoritative": False,
    "state": "held",
    "meeting": "planungsbeirat-lsz-2026-1",
    "meeting_name": {"de": "1. Sitzung 2026"},
    "meeting_on": "2026-03-12",
    "agenda_item": "a-7hq4vn2kzd",
    "days": 24,
    "result": "Empfohlen",
    "votes": [{"key": "v-7hq4vn2kzd", "outcome": "adopted", "yes": 9, "no": 2, "abstain": 1}],
    "recommendations": [
        {
            "key": "familienzentren-2026",
            "title": {"de": "Familienzentren weiter fördern"},
            "state": "amended",
        }
    ],
    "resolutions": [],
}


class Way(Answer):
    """The way of a paper (Beratungsverlauf)."""

    model_config = example(
        paper="beirat-lsz-empfehlung-2026",
        reference="0017/2026",
        title={"de": "Familienzentren im Landesprogramm"},
        state="decided",
        dated_on="2026-02-16",
        days=57,
        steps=[_STEP],
        amendments=[],
    )

    paper: Key
    reference: str
    title: Texts
    state: PaperState
    dated_on: date
    days: Annotated[
        int, Field(description="From the day on the paper to its last meeting; until today if open")
    ]
    steps: Annotated[Sequence[Step], Field(description="Those that you may see, in their order.")]
    amendments: Sequence[AmendmentOnTheWay]
