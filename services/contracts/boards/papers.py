"""Papers: what bodies are asked to hear, advise on or decide (Vorlagen, Drucksachen)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.boards.external import ExternalId
from services.contracts.shared.base import (
    Key,
    Keys,
    Line,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class PaperKind(StrEnum):
    """What kind of paper it is (Art der Drucksache)."""

    resolution_proposal = "resolution_proposal"
    information = "information"
    report = "report"
    motion = "motion"
    amendment = "amendment"
    inquiry = "inquiry"
    answer = "answer"
    recommendation = "recommendation"
    statement = "statement"
    other = "other"


class PaperState(StrEnum):
    """How far a paper has come (Stand der Drucksache)."""

    draft = "draft"
    submitted = "submitted"
    decided = "decided"
    closed = "closed"
    withdrawn = "withdrawn"


class NewPaper(Request):
    """A paper (Vorlage, Drucksache): a proposal, a report, a motion, a recommendation."""

    model_config = example(
        key="beirat-lsz-empfehlung-2026",
        reference="0017/2026",
        title={"de": "Familienzentren im Landesprogramm: Empfehlung des Planungsbeirats"},
        kind="resolution_proposal",
        kind_label="Beschlussvorlage",
        dated_on="2026-02-16",
        state="submitted",
        originator_organisations=["dezernat-familie-bildung-soziales"],
        originator_bodies=["planungsbeirat-lsz"],
        originator_persons=[],
        under_direction_of=["dezernat-familie-bildung-soziales"],
        concerned_organisations=[],
        related=[],
        superordinate=[],
        topics=["familie"],
        areas=["jena"],
        projects=["lsz"],
        measures=["familienzentren"],
        text={"de": "Der Sozialausschuss beschließt, die Familienzentren weiter zu fördern."},
        external_id=None,
        visibility="public",
    )

    key: Annotated[
        Key | None, Field(description="Leave it out to get one made of the reference number.")
    ] = None
    reference: Annotated[
        Line | None,
        Field(
            description="The number on the paper (Drucksachennummer), one per municipality; leave "
            "it out to get the next one."
        ),
    ] = None
    title: Texts
    kind: PaperKind
    kind_label: Annotated[
        Line | None, Field(description="What this municipality calls such a paper.")
    ] = None
    dated_on: Annotated[
        date | None, Field(description="The day on the paper; today when left out.")
    ] = None
    state: Annotated[
        PaperState,
        Field(
            description="A draft is for the administration alone. It is submitted, then decided by "
            "a resolution, closed without one, or withdrawn."
        ),
    ] = PaperState.draft
    originator_organisations: Annotated[
        Keys, Field(description="Organisations it comes from (Einreicher).")
    ] = []
    originator_bodies: Annotated[Keys, Field(description="Bodies it comes from.")] = []
    originator_persons: Annotated[
        Keys, Field(description="Persons it comes from; shown to those who may see the person.")
    ] = []
    under_direction_of: Annotated[
        Keys, Field(description="Departments in charge of it, the first leads (Federführung).")
    ] = []
    concerned_organisations: Annotated[
        Keys,
        Field(description="Organisations that gain or lose by it; their people may be biased."),
    ] = []
    related: Annotated[Keys, Field(description="Papers on the same matter.")] = []
    superordinate: Annotated[Keys, Field(description="Papers that this one belongs to.")] = []
    topics: Annotated[Keys, Field(description="Topics of the indicators service.")] = []
    areas: Annotated[Keys, Field(description="Areas of the indicators service.")] = []
    projects: Annotated[
        Keys,
        Field(
            description="Projects of the projects service that it is about; the people of "
            "organisations named there may be biased."
        ),
    ] = []
    measures: Annotated[Keys, Field(description="Measures of the projects service.")] = []
    text: Annotated[
        LongTexts | None, Field(description="What is proposed, in words (Beschlussvorschlag).")
    ] = None
    external_id: ExternalId = None
    visibility: Visibility = Visibility.administration

    @field_validator("visibility")
    @classmethod
    def _drafts_are_internal(cls, visibility: Visibility, info: ValidationInfo) -> Visibility:
        draft = info.data.get("state") == PaperState.draft
        if draft and visibility != Visibility.administration:
            raise ValueError("a draft is for the administration alone")
        return visibility


class Paper(Stored, NewPaper):
    """A paper as it is stored; it names other things as far as the reader may see them."""

    model_config = {**Stored.model_config, **NewPaper.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["beirat-lsz-empfehlung-2026"])]
    reference: Annotated[str, Field(examples=["0017/2026"])]
    dated_on: date
