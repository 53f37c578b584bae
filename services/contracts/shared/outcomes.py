"""What planning has produced, as each service tells it to the view of the planning cycle."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from pydantic import Field

from services.contracts.shared.base import Answer, Texts, example
from services.contracts.shared.deadlines import Source


class OutcomeKind(StrEnum):
    """What was produced (Ergebnis): figures released (Veröffentlichungsstand), a finding (Befund),
    a report (Bericht), a recommendation (Empfehlung), a resolution (Beschluss), a meeting that was
    held (Sitzung), a publication (Veröffentlichung), a process of participation with its report
    (Beteiligung), a task that was carried out (Umsetzung), a plan (Plan), a measure (Maßnahme), an
    effect (Wirkung), a paper that a task names (Drucksache)."""

    release = "release"
    finding = "finding"
    report = "report"
    recommendation = "recommendation"
    resolution = "resolution"
    meeting = "meeting"
    publication = "publication"
    participation = "participation"
    implementation = "implementation"
    plan = "plan"
    measure = "measure"
    effect = "effect"
    paper = "paper"


OUTCOME_OF: Mapping[OutcomeKind, Source] = {
    **dict.fromkeys(OutcomeKind, Source.boards),
    **dict.fromkeys(
        (OutcomeKind.release, OutcomeKind.finding, OutcomeKind.report), Source.indicators
    ),
    **dict.fromkeys((OutcomeKind.plan, OutcomeKind.measure, OutcomeKind.effect), Source.projects),
}
"""Which service keeps outcomes of a kind."""

_OUTCOME = {
    "kind": "resolution",
    "key": "familienzentren-beschluss-2026",
    "on": "2026-03-12",
    "title": {"de": "Familienzentren", "en": "Family centres"},
    "path": "resolutions/familienzentren-beschluss-2026",
    "sort": "council",
}


class Outcome(Answer):
    """Something that was produced, as its service knows it."""

    model_config = {**Answer.model_config, **example(**_OUTCOME)}

    kind: OutcomeKind
    key: str
    on: date | None = Field(description="Since when it is there; null: the day is not known.")
    title: Texts
    path: str = Field(description="Where it is, below the municipality.")
    sort: str | None = Field(description="What decides to which step it belongs.")


class OutcomeCount(Answer):
    """How many there are of one kind and sort that the reader may see."""

    model_config = example(kind="resolution", sort="council", count=12)

    kind: OutcomeKind
    sort: str | None
    count: int


class OutcomeList(Answer):
    """What a service has produced, of each kind and sort the newest, and how many there are."""

    model_config = example(
        items=[_OUTCOME], counts=[{"kind": "resolution", "sort": "council", "count": 12}]
    )

    items: Sequence[Outcome]
    counts: Sequence[OutcomeCount]
