"""When somebody must be asked again: pure functions."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from services.contracts.projects.participants import (
    DueFollowUp,
    DueKind,
    ParticipantExit,
    SixMonths,
)

WEEKS = timedelta(weeks=4)
MONTHS = 6


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(
    participant: str, leaving: ParticipantExit | None, later: SixMonths | None, on: date
) -> Iterator[DueFollowUp]:
    """What is still to be asked of somebody who left: within four weeks, and after six months."""
    if leaving is None:
        return
    asked = leaving.model_dump(exclude={"exited_on"})
    if None in asked.values():
        yield _due(participant, DueKind.leaving, leaving.exited_on + WEEKS, on)
    if later is None or None in later.model_dump().values():
        yield _due(participant, DueKind.six_months, months_after(leaving.exited_on, MONTHS), on)


def _due(participant: str, kind: DueKind, due_on: date, on: date) -> DueFollowUp:
    return DueFollowUp(participant=participant, kind=kind, due_on=due_on, overdue=due_on < on)
