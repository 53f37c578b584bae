"""Progress: what was reached of what was wanted (Zielerreichung)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from services.contracts.projects.targets import AimDirection, Counting, PeriodKind
from services.contracts.shared.base import Answer, Key, Texts


class NoFigure(StrEnum):
    """Why there is no figure (Grund eines fehlenden Wertes). It is never a zero instead."""

    no_target = "no_target"
    no_baseline = "no_baseline"
    no_actual = "no_actual"
    missing_periods = "missing_periods"
    target_is_baseline = "target_is_baseline"
    against_direction = "against_direction"
    to_be_kept = "to_be_kept"
    not_begun = "not_begun"
    protected = "protected"
    not_published = "not_published"


class MilestoneState(StrEnum):
    """How it stands with a target (Stand des Zielwerts)."""

    none = "none"
    open = "open"
    reached = "reached"
    missed = "missed"
    unreported = "unreported"
    hidden = "hidden"


class Light(StrEnum):
    """Traffic light (Ampel)."""

    green = "green"
    amber = "amber"
    red = "red"
    grey = "grey"


class RollUpState(StrEnum):
    """Whether the parts are the whole (Stand der Summe)."""

    agrees = "agrees"
    differs = "differs"
    incomplete = "incomplete"
    not_additive = "not_additive"
    hidden = "hidden"


class PartProgress(Answer):
    """What was reached in one part."""

    value: Key
    target: Decimal | None
    actual: Decimal | None


class RollUp(Answer):
    """The parts of one dimension against the whole (Aufsummierung)."""

    dimension: Key
    parts: list[PartProgress]
    sum: Decimal | None = Field(description="Of the actual parts; null while one is missing.")
    missing: list[Key] = Field(description="Parts of which nothing is known; none of them is zero.")
    difference: Decimal | None = Field(description="The sum less the whole.")
    state: RollUpState


class Attainment(Answer):
    """What was reached of what was wanted, and how it was calculated."""

    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None = Field(
        description="Of approved updates only; of targets that count people, for others than the"
        " administration, as it was published."
    )
    actual_on: date | None = Field(description="The day up to which the actual value tells.")
    achievement: Decimal | None = Field(
        description="(actual - baseline) / (target - baseline) in per cent, two decimals. More than"
        " 100 when more was reached, below 0 when it went the other way."
    )
    no_achievement: NoFigure | None
    state: MilestoneState


class PeriodProgress(Attainment):
    """How a period went."""

    period: Key
    starts_on: date
    ends_on: date
    kind: PeriodKind
    locked: bool
    roll_ups: list[RollUp]


class IndicatorProgress(Attainment):
    """How a target indicator goes, over all its periods."""

    indicator: Key
    title: Texts
    unit: Texts
    direction: AimDirection
    counting: Counting
    on: date
    elapsed: Decimal | None = Field(description="Share of the time that is over, in per cent.")
    expected: Decimal | None = Field(description="Where it should be by now, in a straight line.")
    pace: Decimal | None = Field(description="Achievement / elapsed; 1 is just on time.")
    no_pace: NoFigure | None
    light: Light
    missing_periods: list[Key] = Field(description="Ended, and without an approved update.")
    periods: list[PeriodProgress]


class ResultProgress(Answer):
    """How a result goes, by its indicators."""

    result: Key
    on: date
    indicators: list[IndicatorProgress]
