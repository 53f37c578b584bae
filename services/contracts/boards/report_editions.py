"""Editions of coordinated reports: what was bound into them, for good (Ausfertigungen)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from services.contracts.boards.coordinated_reports import ReportChapter, ReportTemplateKind
from services.contracts.boards.evidences import Number
from services.contracts.indicators.values import ValueStatus
from services.contracts.projects.effects import (
    EffectOutcome,
    EffectUnknown,
    FigureRead,
    TargetState,
)
from services.contracts.projects.targets import AimDirection
from services.contracts.shared.base import (
    Answer,
    Key,
    Language,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class BindingKind(StrEnum):
    """What can be bound into a report (Bindung): one figure, a table, a chart or a map of figures;
    findings, recommendations, resolutions, measures, what measures are to change and what changed,
    releases, what organisations say in a participation process, the evidence of a decision, and the
    gaps in the red thread."""

    indicator = "indicator"
    table = "table"
    chart = "chart"
    map = "map"
    findings = "findings"
    recommendations = "recommendations"
    resolutions = "resolutions"
    measures = "measures"
    targets = "targets"
    effects = "effects"
    releases = "releases"
    statements = "statements"
    evidence = "evidence"
    gaps = "gaps"


class EditionStage(StrEnum):
    """How far an edition is (Stand der Ausfertigung)."""

    in_review = "in_review"
    returned = "returned"
    approved = "approved"
    published = "published"


class ShownFigure(Answer):
    """A figure as it is shown: a value, or a status that says why there is none."""

    indicator: Key
    area: Key
    period: str
    breakdown: str = Field(description="Such as `GES=GESM`; empty is the total.")
    release: int
    name: Texts
    area_name: Texts
    unit: Texts
    decimals: int
    source: str = Field(description="Who published it.")
    value: Number | None = Field(description="Null where the status says why.")
    status: ValueStatus
    reason: str | None = Field(description="The rule that hid or rounded the figure.")
    provisional: bool


class ShownPicture(Answer):
    """A drawing by language, with the words for those who do not see it."""

    svg: Mapping[Language, str]
    alt: Mapping[Language, str]
    caption: Mapping[Language, str]


class ShownEntry(Answer):
    """An entry of a list: a finding, a recommendation, a resolution, a measure, a release, a
    statement, a gap."""

    key: str = Field(description="Of a gap: what is missing, and after what.")
    title: Texts
    reference: str | None = Field(description="The number by which it is quoted.")
    of: Texts | None = Field(description="The body or the area that it is of.")
    day: date | None = Field(description="When it was decided, released, or begins.")
    state: str | None = Field(description="What became of it, how far it is.")
    text: LongTexts | None = Field(
        default=None,
        description="What was recommended or decided, where one is named by its key; of a "
        "statement, what it says.",
    )


class ShownTarget(Answer):
    """What a measure is to change on a figure of an area; of `effects`, what changed, too."""

    measure: Key
    title: Texts = Field(description="Of the measure.")
    indicator: Key
    name: Texts
    area: Key
    area_name: Texts
    unit: Mapping[Language, str]
    decimals: int
    breakdown: str = Field(description="Such as `GES=GESM`; empty is the total.")
    direction: AimDirection
    baseline_period: str | None
    baseline_value: Decimal | None
    target_value: Decimal | None
    due_on: date | None
    before: FigureRead | None = None
    after: FigureRead | None = None
    change: Decimal | None = None
    outcome: EffectOutcome | None = Field(default=None, description="Null in `targets`.")
    unknown: EffectUnknown | None = None
    target_state: TargetState | None = None


class Bound(Answer):
    """What a binding stood for when the edition was made."""

    kind: BindingKind
    figures: Sequence[ShownFigure] = Field(description="Of a figure, a table, of evidence.")
    picture: ShownPicture | None = Field(description="Of a chart or map.")
    entries: Sequence[ShownEntry] = Field(description="Of a list.")
    targets: Sequence[ShownTarget] = Field(
        default=(), description="Of the targets or effects of measures."
    )


class ReportContent(Answer):
    """All that an edition says."""

    title: Texts
    kind: ReportTemplateKind
    release: int
    released_at: datetime | None = Field(description="When the release became public.")
    on: date
    looked_up_on: date | None = Field(
        default=None,
        description="The day whose states of measures, targets and findings it tells: the one on "
        "which it was made, since nobody keeps how they were before.",
    )
    since: date | None
    chapters: Sequence[ReportChapter]
    bindings: Mapping[str, Bound] = Field(description="By the wording of the binding.")


class NewEdition(Request):
    """What is said of an edition when it is handed in for review."""

    model_config = example(
        changes={"de": "Die Quoten wurden auf den Stand der Veröffentlichung 3 gebracht."}
    )

    changes: Annotated[
        LongTexts | None,
        Field(description="What is different from the edition published before."),
    ] = None


class ReturnedEdition(Request):
    """Why an edition goes back to those who write it."""

    model_config = example(reason="Kapitel 2 nennt die Maßnahmen nicht.")

    reason: Annotated[str, Field(min_length=3, max_length=2000)]


class PublishedEdition(Request):
    """How an approved edition is published."""

    model_config = example(published_on="2026-07-15")

    published_on: Annotated[date | None, Field(description="Null is today.")] = None


_EDITION: dict[str, Any] = {
    "key": "ed-7hq4vn2kzd",
    "report": "armutsbericht-2026",
    "number": 2,
    "stage": "approved",
    "changes": {"de": "Die Quoten wurden auf den Stand der Veröffentlichung 3 gebracht."},
    "release": 3,
    "on": "2026-06-30",
    "audience": "public",
    "made_by": "token:planner",
    "decided_by": "token:secretary",
    "reason": "Kapitel 2 nennt die Maßnahmen nicht.",
    "sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    "publication": "armutsbericht",
    "version": 1,
    "visibility": "administration",
}
_CONTENT = {
    "title": {"de": "Armutsbericht der Stadt Jena 2026"},
    "kind": "poverty_report",
    "release": 3,
    "released_at": "2026-01-15T09:30:00Z",
    "on": "2026-06-30",
    "looked_up_on": "2026-07-02",
    "since": "2025-06-30",
    "chapters": [{"title": {"de": "Vorwort"}, "text": {"de": "Dies ist der dritte Bericht."}}],
    "bindings": {},
}


class ReportEdition(Stored):
    """An edition of a report (Ausfertigung), without what it says."""

    model_config = {
        **Stored.model_config,
        **example(**_EDITION),
        "extra": "ignore",
    }

    key: Key
    report: Key
    number: int = Field(description="Counts from 1 in each report; part of the address.")
    stage: EditionStage
    changes: LongTexts | None
    release: int
    on: date
    audience: Visibility
    made_by: str | None = Field(description="Who handed it in; for the administration.")
    decided_by: str | None = Field(description="Who approved or returned it; likewise.")
    reason: str | None = Field(description="Why it was returned.")
    sha256: str = Field(description="Of `content` as JSON, members sorted, without blanks.")
    publication: Key | None = Field(description="The publication that it appeared as.")
    version: int | None = Field(description="The version of that publication.")
    visibility: Visibility


class FrozenEdition(ReportEdition):
    """An edition with all that it says."""

    model_config = example(**_EDITION, content=_CONTENT)

    content: ReportContent
