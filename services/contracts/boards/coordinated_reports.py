"""Coordinated reports: chapters of text with figures, pictures and lists bound into them
(Koordinierte Berichte)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from services.contracts.shared.base import (
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)


class ReportTemplateKind(StrEnum):
    """What kind of report it is (Berichtsart): poverty report, report on living conditions,
    newsletter, proof of progress for an advisory board, decision paper for a committee."""

    poverty_report = "poverty_report"
    living_conditions = "living_conditions"
    newsletter = "newsletter"
    progress = "progress"
    decision_paper = "decision_paper"


class ReportStage(StrEnum):
    """How far a report is (Stand): what is in review or approved is not changed any more, nor while
    an edition is being made of it."""

    draft = "draft"
    making = "making"
    in_review = "in_review"
    approved = "approved"
    published = "published"


class ReportChapter(Request):
    """A chapter (Kapitel): light markup with bindings.

    Paragraphs are separated by an empty line; `## ` begins a heading, `- ` an entry of a list;
    `**bold**`, `*italic*`, `[words](https://...)`. A binding stands in two braces.
    """

    model_config = example(
        title={"de": "Kinder in Armutslagen", "en": "Children in poverty"},
        text={
            "de": "In Lobeda-West liegt die Quote bei "
            "{{indicator:sgb2-quote/lobeda-west@release}}.\n\n"
            "{{recommendations:body=planungsbeirat-lsz}}"
        },
    )

    title: Texts
    text: LongTexts


class NewCoordinatedReport(Request):
    """A coordinated report (Koordinierter Bericht) in work."""

    model_config = example(
        key="armutsbericht-2026",
        kind="poverty_report",
        title={"de": "Armutsbericht der Stadt Jena 2026", "en": "Poverty report of Jena 2026"},
        body="planungsbeirat-lsz",
        strategy="armutspraeventionsstrategie-jena",
        recommendation="familienzentren-2026",
        level="stadtbezirk",
        indicators=["sgb2-quote"],
        chapters=[
            {
                "title": {"de": "Kinder in Armutslagen"},
                "text": {
                    "de": "In Lobeda-West liegt die Quote bei "
                    "{{indicator:sgb2-quote/lobeda-west@release}}."
                },
            }
        ],
        release=3,
        on="2026-06-30",
        since="2025-06-30",
        audience="public",
        publication="armutsbericht",
    )

    key: Key
    kind: ReportTemplateKind
    title: Texts
    body: Annotated[
        Key | None, Field(description="The body that it is for, or that commissioned it.")
    ] = None
    strategy: Annotated[Key | None, Field(description="The strategy or plan that it is about.")] = (
        None
    )
    recommendation: Annotated[
        Key | None, Field(description="The recommendation that is put to a decision.")
    ] = None
    level: Annotated[Key | None, Field(description="The level of areas that it compares.")] = None
    indicators: Annotated[
        list[Key],
        Field(max_length=60, description="The indicators that its readers or a group agreed on."),
        AfterValidator(each_once),
    ] = []
    chapters: Annotated[
        list[ReportChapter],
        Field(max_length=60, description="None when it is created: those of its template."),
    ] = []
    release: Annotated[
        int, Field(ge=1, le=10**9, description="The release whose figures it shows.")
    ]
    on: Annotated[date, Field(description="The day whose state it shows (Stichtag).")]
    since: Annotated[
        date | None,
        Field(
            description="What is new is told after this day; null: after the day of the last "
            "published edition."
        ),
    ] = None
    audience: Annotated[
        Visibility,
        Field(description="Who may read its published editions; it shows no more than they see."),
    ] = Visibility.public
    publication: Annotated[
        Key | None,
        Field(description="The publication that it appears as; null: one with its own key."),
    ] = None

    @model_validator(mode="after")
    def _in_order(self) -> "NewCoordinatedReport":
        if self.since is not None and self.since >= self.on:
            raise ValueError("what is new lies between `since` and `on`: `since` is not before it")
        return self


class CoordinatedReport(Stored, NewCoordinatedReport):
    """A coordinated report in work, for the administration; readers get its editions."""

    model_config = {
        **Stored.model_config,
        **NewCoordinatedReport.model_config,
        "extra": "ignore",
    }

    stage: ReportStage
    edition: int | None = Field(
        description="The number of its newest edition; null while there is none.", examples=[2]
    )
