"""What a period may be, and when nothing of it changes: pure functions."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from services.contracts.projects.targets import (
    AimDirection,
    Counting,
    NewTargetPeriod,
    PeriodKind,
)
from services.kit.problems import Conflict, Invalid
from services.projects.target_indicators.rules import goes_against


class Span(NamedTuple):
    """When another period of the same indicator is."""

    key: str
    starts_on: date
    ends_on: date


def check(
    new: NewTargetPeriod,
    direction: AimDirection,
    counting: Counting,
    baseline: Decimal | None,
    others: Iterable[Span],
) -> None:
    """Refuse a milestone without a target, a target on the wrong side of the baseline, a second
    period with the same end, and one that overlaps where figures tell what a period brought."""
    if new.kind is not PeriodKind.report and new.target is None:
        raise Invalid(f"A {new.kind} needs a value.", pointer="/target", code="missing")
    if goes_against(direction, baseline, new.target):
        raise Invalid(
            "The target lies on the other side of the baseline.",
            pointer="/target",
            code="against_direction",
        )
    for other in others:
        if other.ends_on == new.ends_on:
            raise Invalid(
                f"The period {other.key!r} ends on the same day.", pointer="/ends_on", code="taken"
            )
        apart = other.ends_on < new.starts_on or new.ends_on < other.starts_on
        if counting is Counting.per_period and not apart:
            raise Invalid(
                f"It overlaps the period {other.key!r}: something would count twice.",
                pointer="/starts_on",
                code="overlaps",
            )


def check_open(locked: bool) -> None:
    """Refuse (409) any change of a locked period and of its updates."""
    if locked:
        raise Conflict("The period is locked. Unlock it first.", pointer="", code="locked")


def check_lock(locked: bool, wanted: bool) -> None:
    """Refuse (409) to lock what is locked, to unlock what is not."""
    if locked == wanted:
        word = "locked" if locked else "not locked"
        raise Conflict(f"The period is {word}.", pointer="", code="already")


def check_span(new: NewTargetPeriod, reported: Iterable[date]) -> None:
    """Refuse (409) a span that leaves out a day up to which an update of it tells."""
    if any(not new.starts_on <= day <= new.ends_on for day in reported):
        raise Conflict(
            "An update tells of a day that would be outside.", pointer="/starts_on", code="in_use"
        )
