"""Which periods a slot expects, when they are due, and which of them a delivery brings."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from services.contracts.indicators.slots import SlotPeriodicity, SlotState
from services.indicators.periods import Period, parse_period

_MONTHS: dict[SlotPeriodicity, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class Agreement(NamedTuple):
    """What of a slot decides which periods are expected, and when."""

    periodicity: SlotPeriodicity
    first_period: str
    last_period: str | None
    days_until_due: int
    reminder_days: int

    def expects(self, period: Period) -> bool:
        """Was this period agreed on?"""
        first, last = self.first_period, self.last_period
        return first <= period.text and (last is None or period.text <= last)

    def due_on(self, period: Period) -> date:
        """The last day on time: so many days after the end of the period."""
        return period.end + timedelta(days=self.days_until_due)

    def state(self, period: Period, missing: Iterable[str], today: date) -> SlotState:
        """Received when nothing is missing, overdue after the last day, expected before."""
        if not list(missing):
            return SlotState.received
        return SlotState.overdue if today > self.due_on(period) else SlotState.expected

    def reminds(self, period: Period, today: date) -> bool:
        """Is it time to speak of what is missing?"""
        return today >= self.due_on(period) - timedelta(days=self.reminder_days)


def period_of(day: date, periodicity: SlotPeriodicity) -> Period:
    """The period in which the day lies."""
    number = (day.month - 1) // _MONTHS[periodicity] + 1
    ends = {"month": f"-{number:02}", "quarter": f"-Q{number}", "half_year": f"-S{number}"}
    return parse_period(f"{day.year}{ends.get(periodicity, '')}")


def expected(agreement: Agreement, today: date) -> Iterator[Period]:
    """Every agreed period that has begun, the oldest first."""
    period = parse_period(agreement.first_period)
    while period.start <= today and agreement.expects(period):
        yield period
        period = period_of(period.end + timedelta(days=1), agreement.periodicity)


def brought(agreement: Agreement, start: date, end: date) -> str | None:
    """The period of the slot that figures of this span belong to, or None.

    Figures belong to the period that ends on the same day and is not shorter: the reporting date
    2025-03-31 and the month 2025-03 to 2025-Q1, but never the year 2025 to 2025-Q4.
    """
    period = period_of(end, agreement.periodicity)
    fits = period.end == end and period.start <= start and agreement.expects(period)
    return period.text if fits else None
