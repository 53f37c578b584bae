"""Recommendations: what a body advises others to do (Empfehlungen)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.evidences import AnsweredFinding, Evidence, NewEvidence
from services.contracts.shared.base import (
    Key,
    Keys,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)

VoteOnIt = Annotated[
    Key, Field(description="The closed vote by which it was adopted, for good; one vote each.")
]
Evidences = Annotated[
    list[NewEvidence],
    Field(max_length=50, description="Published figures it rests on; checked and kept as they are"),
]
Findings = Annotated[
    Keys, Field(description="Findings of needs analysis that it answers (Befunde).")
]
AsTheItem = Annotated[
    Visibility | None, Field(description="Null: as the item of the agenda it was voted on in.")
]


class RecommendationState(StrEnum):
    """What became of a recommendation (Stand der Empfehlung)."""

    open = "open"
    followed = "followed"
    amended = "amended"
    rejected = "rejected"
    void = "void"


class DecisionTexts(Request):
    """What may still be said of a recommendation or resolution."""

    model_config = example(
        title={"de": "Familienzentren weiter fördern", "en": "Go on funding family centres"},
        text={"de": "Der Planungsbeirat empfiehlt, die Familienzentren weiter zu fördern."},
        visibility="public",
    )

    title: Texts
    text: Annotated[
        LongTexts, Field(description="The German text is for good; others can be added.")
    ]
    visibility: Visibility


class NewRecommendation(Request):
    """A recommendation (Empfehlung) that a body adopted in a meeting."""

    model_config = example(
        key="familienzentren-2026",
        vote="v-7hq4vn2kzd",
        title={"de": "Familienzentren weiter fördern"},
        text={"de": "Der Planungsbeirat empfiehlt, die Familienzentren weiter zu fördern."},
        addressed_to="sozialausschuss",
        findings=[],
        evidence=[],
        visibility=None,
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    vote: VoteOnIt
    title: Texts
    text: LongTexts
    addressed_to: Annotated[
        Key | None, Field(description="The body that is to decide; null where that is open.")
    ] = None
    findings: Findings = []
    evidence: Evidences = []
    visibility: AsTheItem = None


class Recommendation(Stored):
    """A recommendation as it is stored, and what became of it."""

    model_config = {
        **Stored.model_config,
        **example(
            key="familienzentren-2026",
            vote="v-7hq4vn2kzd",
            body="planungsbeirat-lsz",
            meeting="planungsbeirat-lsz-2026-1",
            agenda_item="a-7hq4vn2kzd",
            paper="beirat-lsz-empfehlung-2026",
            consultation="c-5rj3tq2wxa",
            decided_on="2026-03-12",
            title={"de": "Familienzentren weiter fördern"},
            text={"de": "Der Planungsbeirat empfiehlt, die Familienzentren weiter zu fördern."},
            addressed_to="sozialausschuss",
            state="open",
            findings=[],
            evidence=[],
            visibility="public",
        ),
        "extra": "ignore",
    }

    key: Key
    vote: Key
    body: Key
    meeting: Key
    agenda_item: Key
    paper: Key | None = Field(description="The paper it was given on, if the reader may see it.")
    consultation: Key | None
    decided_on: date
    title: Texts
    text: LongTexts
    addressed_to: Key | None
    state: RecommendationState = Field(
        description="What the latest valid resolution made of it; void when its vote is."
    )
    findings: Sequence[AnsweredFinding] = Field(description="Those that you may see.")
    evidence: Sequence[Evidence]
    visibility: Visibility
