"""On which days a series meets: pure functions."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count, islice

from services.contracts.boards.series import NewMeetingSeries, Rhythm
from services.kit.days import HERE


def days(first: date, rhythm: Rhythm, interval: int, number: int) -> list[date]:
    """The days of so many meetings, the first included."""
    return list(islice(_days(first, rhythm, interval), number))


def times(new: NewMeetingSeries) -> list[tuple[datetime, datetime | None]]:
    """Start and end of each meeting: the same time of day in Germany, summer and winter."""
    first = new.starts_at.astimezone(HERE)
    length = new.ends_at - new.starts_at if new.ends_at is not None else None
    found = []
    for day in days(first.date(), new.rhythm, new.interval, new.count):
        starts_at = datetime.combine(day, first.time(), HERE)
        ends_at = starts_at + length if length is not None else None
        found.append((starts_at, ends_at))
    return found


def _days(first: date, rhythm: Rhythm, interval: int) -> Iterator[date]:
    for step in count():
        if rhythm == Rhythm.weekly:
            yield first + timedelta(weeks=interval * step)
            continue
        year, month = divmod(first.month - 1 + interval * step, 12)
        year, month = first.year + year, month + 1
        day = first.day if rhythm == Rhythm.monthly_day else _nth(year, month, first)
        if day <= monthrange(year, month)[1]:
            yield date(year, month, day)


def _nth(year: int, month: int, first: date) -> int:
    """The day of the month with the weekday of `first`, the same one in order; past the end for
    a fifth that there is not."""
    offset = (first.weekday() - date(year, month, 1).weekday()) % 7
    return 1 + offset + 7 * ((first.day - 1) // 7)
