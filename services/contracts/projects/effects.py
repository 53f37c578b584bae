"""What changed after a measure, on the figures that it was to change (Wirkung)."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from services.contracts.indicators.values import ValueStatus
from services.contracts.projects.targets import AimDirection
from services.contracts.shared.base import Answer, LongTexts, Texts, example


class EffectOutcome(StrEnum):
    """Where a figure went, seen from where it was to go (Entwicklung)."""

    as_wanted = "as_wanted"
    unchanged = "unchanged"
    against = "against"
    unknown = "unknown"


class EffectUnknown(StrEnum):
    """Why nobody can say what changed (Grund der Unklarheit)."""

    no_start = "no_start"
    not_published = "not_published"
    before_missing = "before_missing"
    before_hidden = "before_hidden"
    too_early = "too_early"
    after_missing = "after_missing"
    after_hidden = "after_hidden"


class TargetState(StrEnum):
    """Whether a target is reached (Zielerreichung)."""

    reached = "reached"
    not_yet = "not_yet"
    missed = "missed"
    unknown = "unknown"


class EffectNote(StrEnum):
    """What to mind when reading an effect (Hinweis)."""

    small_numbers = "small_numbers"
    provisional = "provisional"
    baseline_revised = "baseline_revised"
    estimated = "estimated"
    """In today's territory: an area was divided, and so was the figure."""


class FigureRead(Answer):
    """A figure as everybody sees it. Null is hidden or missing, as the status says, never zero."""

    period: str
    value: Decimal | None
    status: ValueStatus
    reason: str | None = Field(description="The rule that hid or rounded it.")


class ReferenceKind(StrEnum):
    """Why an area is compared with (Art des Vergleichs): the one above it, or a chosen one."""

    parent = "parent"
    chosen = "chosen"


class ComparedEffect(Answer):
    """The same figure in another area, over the same time (Vergleichsgebiet)."""

    area: str
    kind: ReferenceKind
    before: FigureRead | None
    after: FigureRead | None
    change: Decimal | None
    change_percent: Decimal | None
    difference: Decimal | None = Field(
        description="How much more or less the area of the measure changed than this one."
    )
    difference_percent: Decimal | None = Field(
        description="The same of the changes in per cent, in percentage points."
    )


class CrosswalkRead(Answer):
    """A change of the territory by which figures were led to where they are (Umsteigeschlüssel)."""

    crosswalk: str
    revision: int = Field(description="As it was when the effect was found.")


class TargetEffect(Answer):
    """What became of one target of a measure (Wirkung auf einen Zielwert)."""

    indicator: str
    name: Texts | None = Field(description="Null where the figure is not published.")
    unit: Texts | None
    breakdown: str
    area: str
    direction: AimDirection
    before: FigureRead | None
    after: FigureRead | None
    change: Decimal | None
    change_percent: Decimal | None = Field(description="Null before zero.")
    outcome: EffectOutcome
    unknown: EffectUnknown | None
    progress_percent: Decimal | None = Field(
        description="How far it has come from the baseline to the target; above 100 is beyond it, "
        "below 0 is the other way."
    )
    target_state: TargetState | None = Field(description="Null without a target value.")
    compared: list[ComparedEffect]
    territory: date | None = Field(
        description="Of an area that is no more its last day; null: that of the answer."
    )
    crosswalks: list[CrosswalkRead] = Field(
        description="Changes of the territory by which these figures were led there, the earliest "
        "first; empty: nothing is known to have changed."
    )
    notes: list[EffectNote]


class MeasureEffects(Answer):
    """What changed after a measure (Wirkungsbetrachtung), and how not to read it."""

    model_config = example(
        measure="jobladen-lobeda",
        release=7,
        released_at="2026-01-15T09:30:00Z",
        territory="2026-01-15",
        evaluated_at="2026-01-15T09:30:02Z",
        releases=[7, 5],
        results=[],
        caveat={"de": "Eine Veränderung nach der Maßnahme ist noch keine Wirkung der Maßnahme."},
    )

    measure: str
    release: int | None = Field(description="The release the figures are of; null: none yet.")
    released_at: datetime | None
    territory: date = Field(
        description="The day in whose areas the figures of every time are (Gebietsstand)."
    )
    evaluated_at: datetime | None = Field(
        description="When it was stored; null: computed for this answer."
    )
    releases: list[int] = Field(
        description="Releases of which an effect is kept, newest first; each can be read by "
        "`release`. There is one where the effect changed: by a release, or by a change of the "
        "territory that was entered after it."
    )
    results: list[TargetEffect] = Field(description="One for each target that you may see.")
    caveat: LongTexts = Field(description="To be shown wherever an effect is shown.")
