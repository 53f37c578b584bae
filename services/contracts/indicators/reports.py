"""Reports: the social atlas and the social report of a release (Sozialatlas, Sozialbericht)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.shared.base import (
    Key,
    Line,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)

ReportKind = Literal["atlas", "social_report"]
"""An atlas has a page for each area; a social report has chapters of text, charts and tables."""


class Chapter(Request):
    """A chapter (Kapitel): a topic, what is said of it, and the indicators that show it."""

    title: Texts
    text: LongTexts | None = None
    indicators: Annotated[
        list[Key],
        Field(max_length=60, description="In the order in which they are printed."),
    ] = []


class ReportTexts(Request):
    """What people write of a report."""

    model_config = example(
        title={"de": "Sozialatlas Jena 2024", "en": "Social atlas of Jena 2024"},
        foreword={"de": "Der Atlas zeigt, wie die Menschen in den Stadtteilen leben."},
        chapters=[
            {
                "title": {"de": "Bevölkerung", "en": "Population"},
                "text": {"de": "Jena wächst seit 1999."},
                "indicators": ["bevoelkerung"],
            }
        ],
        visibility="public",
    )

    title: Texts
    foreword: LongTexts | None = None
    chapters: Annotated[
        list[Chapter],
        Field(
            max_length=60,
            description="If empty, a chapter for each topic that has figures in the release.",
        ),
    ] = []
    visibility: Visibility = Visibility.public


class NewReport(ReportTexts):
    """A report, bound to a release so that it can be produced again identically."""

    model_config = example(
        title={"de": "Sozialatlas Jena 2024", "en": "Social atlas of Jena 2024"},
        foreword={"de": "Der Atlas zeigt, wie die Menschen in den Stadtteilen leben."},
        chapters=[
            {
                "title": {"de": "Bevölkerung", "en": "Population"},
                "text": {"de": "Jena wächst seit 1999."},
                "indicators": ["bevoelkerung"],
            }
        ],
        visibility="public",
        key="sozialatlas-2024",
        kind="atlas",
        release=3,
        level="statistischer-bezirk",
        until="2024-12-31",
    )

    key: Key
    kind: ReportKind = "atlas"
    release: Annotated[int, Field(ge=1, description="Number of the release its figures are of.")]
    level: Annotated[Key, Field(description="The level of the areas that are compared.")]
    until: Annotated[
        date | None,
        Field(description="Figures of periods that end later are left out; null: none are."),
    ] = None

    @field_validator("chapters")
    @classmethod
    def _an_indicator_is_printed_once(
        cls, chapters: list[Chapter], _: ValidationInfo
    ) -> list[Chapter]:
        listed = [indicator for chapter in chapters for indicator in chapter.indicators]
        for indicator in listed:
            if listed.count(indicator) > 1:
                raise ValueError(f"{indicator} is listed twice")
        return chapters


class Report(Stored, NewReport):
    """A report as it is stored (Sozialatlas, Sozialbericht)."""

    model_config = {**Stored.model_config, **NewReport.model_config, "extra": "ignore"}

    digest: Annotated[
        Line, Field(description="SHA-256 of the words and shapes that were frozen with it.")
    ]
