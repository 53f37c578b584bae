"""References: what projects point to in other services (Verweise)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contracts.boards.resolutions import (
    Ended,
    EndingKind,
    ResolutionKind,
    ResolutionState,
)
from services.contracts.shared.base import Answer, Texts, example
from services.contracts.shared.references import Named


class ReferenceResource(StrEnum):
    """The collection that a reference points into."""

    organisations = "organisations"
    bodies = "bodies"
    areas = "areas"
    resolutions = "resolutions"
    recommendations = "recommendations"
    indicators = "indicators"
    findings = "findings"
    papers = "papers"
    meetings = "meetings"
    publications = "publications"
    reports = "reports"


class ResolutionStand(Answer):
    """Of a resolution: what kind it is, and whether it holds (Stand des Beschlusses)."""

    model_config = example(kind="decision", state="valid")

    kind: ResolutionKind
    state: ResolutionState
    ended: Ended | None = None

    def fall(self) -> tuple[ResolutionState, date | None] | None:
        """As what it no longer holds, and from which day on: without a day it never held."""
        if self.state is ResolutionState.void or self.ended is None:
            return None if self.state is ResolutionState.valid else (self.state, None)
        repealed = self.ended.kind is EndingKind.repeals
        state = ResolutionState.repealed if repealed else ResolutionState.replaced
        return state, self.ended.ends_from


class NamedResolution(Named, ResolutionStand):
    """A resolution's name, and whether it holds."""

    model_config = example(
        id="0193d3a4-5b6c-7d8e-9f00-112233445566",
        key="familienzentren-beschluss-2026",
        name={"de": "Förderung der Familienzentren"},
        visibility="public",
        kind="decision",
        state="valid",
    )


class Reference(Answer):
    """The name of what a key points to, kept fresh by this service (Verweis)."""

    model_config = example(
        resource="organisations",
        key="jenarbeit",
        id="0193d3a4-5b6c-7d8e-9f00-112233445566",
        name={"de": "jenarbeit - Jobcenter der Stadt Jena"},
    )

    resource: ReferenceResource
    key: str
    id: UUID
    name: Texts
