"""Periods of figures (Berichtszeiträume) as SDMX writes them.

A school year (Schuljahr) 2023/24 is the range `2023-08-01/P1Y`: SDMX writes it so, and so it is
kept apart from the calendar year. It begins on 1 August everywhere in Germany, whenever lessons do.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Frequency(StrEnum):
    """How long a period is; the codes are those of SDMX (CL_FREQ), but for the school year."""

    year = "A"
    school_year = "A-08"
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
_SCHOOL_YEAR = re.compile(r"([0-9]{4})-08-01/P1Y")
_ACCEPTED = "2024, 2024-S1, 2024-T1, 2024-Q1, 2024-03, 2024-W05, 2024-12-31 or 2023-08-01/P1Y"
_MONTH_NAMES = (
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SPLIT_YEAR = re.compile(r"(?:schuljahr |sj )?([0-9]{4})/([0-9]{4}|[0-9]{2})")
_QUARTER = re.compile(
    r"([1-4])\. ?(?:quartal|vj\.?) ([0-9]{4})|q([1-4])[ /]([0-9]{4})|([0-9]{4})-?q([1-4])"
)
_MONTH = re.compile(r"([0-9]{1,2})[/.]([0-9]{4})|([a-zä]+)\.? ([0-9]{4})")


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Read a period: year, half (S), third (T), quarter (Q), month, ISO week (W) or day.

    A day is a reporting date (Stichtag). Anything else, and years before 1800 or after 2199,
    is refused with PeriodRefused.
    """
    school = _SCHOOL_YEAR.fullmatch(text)
    if school and FIRST_YEAR <= int(school[1]) < LAST_YEAR:
        return _school_year(int(school[1]))
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


@lru_cache(maxsize=4096)
def parse_written(text: str) -> Period:
    """Read a period as tables write it too.

    `31.12.2024`, `2023/24` (a school year), `1. Quartal 2024`, `Q1 2024`, `2024Q1`, `März 2024`,
    `03/2024`, `2024-12-31T00:00:00`; else as `parse_period`.
    """
    plain = " ".join(text.split()).casefold().removesuffix("t00:00:00").removesuffix(" 00:00:00")
    return parse_period(_canonical(plain) or text.strip())


def _canonical(plain: str) -> str:
    if day := _DAY.fullmatch(plain):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if split := _SPLIT_YEAR.fullmatch(plain):
        year = int(split[1])
        follows = int(split[2]) == (year + 1 if len(split[2]) == 4 else (year + 1) % 100)
        return f"{year:04}-08-01/P1Y" if follows else ""
    if quarter := _QUARTER.fullmatch(plain):
        found = [group for group in quarter.groups() if group]
        number, of_year = sorted(found, key=len)
        return f"{of_year}-Q{number}"
    if month := _MONTH.fullmatch(plain):
        if month[1]:
            return f"{month[2]}-{int(month[1]):02}"
        named = [n for n, name in enumerate(_MONTH_NAMES, 1) if _names(month[3], name)]
        return f"{month[4]}-{named[0]:02}" if len(named) == 1 else ""
    return plain if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", plain) else ""


def _names(word: str, month: str) -> bool:
    return len(word) >= 3 and month.startswith(word)


def previous(period: Period) -> Period:
    """The period before, of the same frequency; before a reporting date, the same day a year ago.

    The first representable period has none before it: PeriodRefused.
    """
    if period.frequency is Frequency.school_year:
        if period.start.year == FIRST_YEAR:
            raise PeriodRefused(f"no period before {period.text}")
        return _school_year(period.start.year - 1)
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


def _school_year(year: int) -> Period:
    return Period(
        text=f"{year}-08-01/P1Y",
        start=date(year, 8, 1),
        end=date(year + 1, 7, 31),
        frequency=Frequency.school_year,
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
