"""What is due in all services, in one calendar (Fristenkalender)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, Field

from services.contracts.shared.base import Answer, Page, Texts, example
from services.contracts.shared.deadlines import DeadlineKind, Party, Source


class DeadlineState(StrEnum):
    """How a deadline stands (Stand): to come, due within `soon` days, overdue, done."""

    open = "open"
    due_soon = "due_soon"
    overdue = "overdue"
    done = "done"


_DEADLINE = {
    "id": "implementation/familienzentren-bescheide",
    "service": "boards",
    "kind": "implementation",
    "on": "2026-05-31",
    "starts_at": "2026-05-31T08:00:00Z",
    "days_left": 12,
    "state": "due_soon",
    "title": {
        "de": "Zuwendungsbescheide an die beiden Träger",
        "en": "Notices to both organisations",
    },
    "what": "implementation:familienzentren-bescheide",
    "address": "/v1/jena/implementations/familienzentren-bescheide",
    "responsible": ["organisation:fachdienst-soziales"],
    "clause": "Nr. 3 des Beschlusses",
    "reason": {"de": "Beschluss 26/0312-BV", "en": "Resolution 26/0312-BV"},
}


class Deadline(Answer):
    """Something that is due (Frist, Termin)."""

    model_config = {**Answer.model_config, **example(**_DEADLINE)}

    id: str = Field(description="Of this deadline, the same for good.")
    service: Source
    kind: DeadlineKind
    on: date = Field(description="The last day on time, or the day on which it happens.")
    starts_at: AwareDatetime | None = Field(description="Of a meeting, when it begins.")
    days_left: int = Field(description="Until that day; below zero it is past.")
    state: DeadlineState
    title: Texts
    what: str = Field(description="What it is a deadline of: type and key.")
    address: str = Field(description="Where to read it.")
    responsible: Sequence[Party] = Field(
        description="Who has to act, as far as you may see them: body, organisation, account."
    )
    clause: str | None = Field(description="By which rule.")
    reason: Texts | None = Field(description="Why it is due.")


class Deadlines(Page[Deadline]):
    """One page of what is due, by day; a service that is away is named, not left out silently."""

    model_config = {**Answer.model_config, **example(items=[_DEADLINE], next=None, away=[])}

    away: Sequence[Source] = Field(
        description="Services that did not answer: what they have is missing here."
    )
