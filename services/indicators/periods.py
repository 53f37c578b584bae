"""Periods of figures (Berichtszeiträume) as SDMX writes them."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Frequency(StrEnum):
    """How long a period is; the codes are those of SDMX (CL_FREQ)."""

    year = "A"
    half = "S"
    third = "T"
    quarter = "Q"
    month = "M"
    week = "W"
    day = "D"


class PeriodRefused(ValueError):
    """The text names no period."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """A period: its text, its first and its last day. Ordered by last, then by first day."""

    end: date
    start: date
    text: str = field(compare=False)
    frequency: Frequency = field(compare=False)


FIRST_YEAR, LAST_YEAR = 1800, 2199
_MONTHS = {
    Frequency.year: 12,
    Frequency.half: 6,
    Frequency.third: 4,
    Frequency.quarter: 3,
    Frequency.month: 1,
}
_FORM = re.compile(r"([0-9]{4})(?:-(?:([STQ])([1-4])|W([0-9]{2})|([0-9]{2})(?:-([0-9]{2}))?))?")
_ACCEPTED = "2024, 2024-S1, 2024-T1, 2024-Q1, 2024-03, 2024-W05 or 2024-12-31"


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Read a period: year, half (S), third (T), quarter (Q), month, ISO week (W) or day.

    A day is a reporting date (Stichtag). Anything else, and years before 1800 or after 2199,
    is refused with PeriodRefused.
    """
    form = _FORM.fullmatch(text)
    if form is None:
        raise PeriodRefused(f"{text[:40]!r} is not a period; write {_ACCEPTED}")
    year = int(form[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodRefused(f"{text!r}: the year must lie between {FIRST_YEAR} and {LAST_YEAR}")
    try:
        if form[6]:
            return _day(date(year, int(form[5]), int(form[6])))
        if form[4]:
            return _week(date.fromisocalendar(year, int(form[4]), 1))
        if form[5]:
            return _part(year, Frequency.month, int(form[5]))
        if form[2]:
            return _part(year, Frequency(form[2]), int(form[3]))
    except ValueError:
        raise PeriodRefused(f"{text!r} is not in the calendar") from None
    return _part(year, Frequency.year, 1)


def previous(period: Period) -> Period:
    """The period before, of the same frequency; before a reporting date, the same day a year ago.

    The first representable period has none before it: PeriodRefused.
    """
    if period.frequency is Frequency.day:
        year = period.start.year - 1
        last = monthrange(year, period.start.month)[1]
        before = _day(period.start.replace(year=year, day=min(period.start.day, last)))
    elif period.frequency is Frequency.week:
        before = _week(period.start - timedelta(days=7))
    else:
        day = period.start - timedelta(days=1)
        part = (day.month - 1) // _MONTHS[period.frequency] + 1
        before = _part(day.year, period.frequency, part)
    if int(before.text[:4]) < FIRST_YEAR:
        raise PeriodRefused(f"no period before {period.text}")
    return before


def _part(year: int, frequency: Frequency, number: int) -> Period:
    months = _MONTHS[frequency]
    if not 1 <= number <= 12 // months:
        raise ValueError(number)
    last = number * months
    text = f"{year}"
    if frequency is Frequency.month:
        text += f"-{number:02}"
    elif frequency is not Frequency.year:
        text += f"-{frequency}{number}"
    return Period(
        text=text,
        start=date(year, last - months + 1, 1),
        end=date(year, last, monthrange(year, last)[1]),
        frequency=frequency,
    )


def _week(monday: date) -> Period:
    year, week, _ = monday.isocalendar()
    return Period(
        text=f"{year}-W{week:02}",
        start=monday,
        end=monday + timedelta(days=6),
        frequency=Frequency.week,
    )


def _day(day: date) -> Period:
    return Period(text=day.isoformat(), start=day, end=day, frequency=Frequency.day)
