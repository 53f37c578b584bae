"""What an update may be, and which step it may take: pure functions."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from services.contracts.projects.target_updates import NewTargetUpdate, UpdateState
from services.contracts.projects.targets import MeasureKind, TargetDimension
from services.kit.problems import Conflict, Forbidden, Invalid
from services.projects.progress.rules import rolled_up
from services.projects.states import check_step

STEPS = {
    UpdateState.draft: {UpdateState.submitted},
    UpdateState.submitted: {UpdateState.approved, UpdateState.returned},
    UpdateState.returned: {UpdateState.draft},
    UpdateState.approved: set[UpdateState](),
}
"""What was returned is a draft again with its next change. What was approved stays: a correction is
another update of the same period."""


def check_day(reported_on: date, starts_on: date, ends_on: date, today: date) -> None:
    """Refuse an update that tells of a day outside its period, or that is still to come."""
    if not starts_on <= reported_on <= ends_on:
        raise Invalid(
            "It tells of a day of its period.", pointer="/reported_on", code="outside_the_period"
        )
    if reported_on > today:
        raise Invalid("That day is still to come.", pointer="/reported_on", code="future")


def check_changeable(state: UpdateState) -> None:
    """Refuse (409) to change what is submitted or approved."""
    if state in (UpdateState.submitted, UpdateState.approved):
        raise Conflict(f"The update is {state}.", pointer="/state", code="not-open")


def submitted(
    new: NewTargetUpdate, dimensions: Sequence[TargetDimension], measure: MeasureKind
) -> Decimal:
    """The value that is submitted: the one given, or the sum of the parts of one dimension.

    Refuses an update without a value and with unknown parts, and parts that are all known and do
    not add up to it. Shares do not add up.
    """
    value = new.value
    if measure is MeasureKind.percentage:
        if value is None:
            raise Invalid("Say what was reached.", pointer="/value", code="missing")
        return value
    for dimension in dimensions:
        total = rolled_up(dimension, new.parts)
        if total is None:
            continue
        if value is None:
            value = total
        elif total != value:
            raise Invalid(
                f"The parts by {dimension.key} add up to {total:f}, not to {value:f}.",
                pointer="/parts",
                code="sum",
            )
    if value is None:
        raise Invalid(
            "Say what was reached, or all parts of one dimension.", pointer="/value", code="missing"
        )
    return value


def check_second(submitted_by: str | None, actor: str) -> None:
    """Refuse (403) that who submitted an update approves it (Vier-Augen-Prinzip)."""
    if submitted_by == actor:
        raise Forbidden("A second person approves what you have submitted.")


def check_turn(now: str, then: UpdateState) -> None:
    """Refuse (409) a step that the update cannot take."""
    check_step(UpdateState(now), then, STEPS)
    if UpdateState(now) is then:
        raise Conflict(f"The update is {then}.", pointer="/state", code="transition")
