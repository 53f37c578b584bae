"""From which day to which day a period of figures is, as the indicators service writes it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_FORM = re.compile(r"([0-9]{4})(?:-(?:([STQ])([1-4])|W([0-9]{2})|([0-9]{2})(?:-([0-9]{2}))?))?")
_SCHOOL_YEAR = re.compile(r"([0-9]{4})-08-01/P1Y")
_MONTHS = {"S": 6, "T": 4, "Q": 3}


@dataclass(frozen=True)
class Span:
    """First and last day, and how long such periods are: only alike ones can be compared."""

    start: date
    end: date
    kind: str


def span(text: str) -> Span | None:
    """A year, half, third, quarter, month, week, school year or day; None for anything else."""
    try:
        return _span(text)
    except ValueError:
        return None


def _span(text: str) -> Span | None:
    if school := _SCHOOL_YEAR.fullmatch(text):
        year = int(school[1])
        return Span(date(year, 8, 1), date(year + 1, 7, 31), "school")
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    year = int(form[1])
    if form[6]:
        day = date(year, int(form[5]), int(form[6]))
        return Span(day, day, "day")
    if form[4]:
        monday = date.fromisocalendar(year, int(form[4]), 1)
        return Span(monday, monday + timedelta(days=6), "week")
    if form[5]:
        return _months(year, int(form[5]), 1, "month")
    if form[2]:
        length = _MONTHS[form[2]]
        return _months(year, (int(form[3]) - 1) * length + 1, length, form[2])
    return _months(year, 1, 12, "year")


def _months(year: int, first: int, length: int, kind: str) -> Span:
    last = first + length - 1
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]), kind)
