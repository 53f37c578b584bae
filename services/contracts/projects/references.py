"""References: what projects point to in other services (Verweise)."""

from enum import StrEnum
from uuid import UUID

from services.contracts.boards.resolutions import ResolutionKind, ResolutionState
from services.contracts.shared.base import Answer, Texts, example


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
