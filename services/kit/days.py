"""Days as the municipalities count them: in Germany."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, cast, func
from sqlmodel import col

HERE = ZoneInfo("Europe/Berlin")


def today() -> date:
    """The date in Germany."""
    return datetime.now(HERE).date()


def day(moment: datetime) -> date:
    """The date in Germany of a moment."""
    return moment.astimezone(HERE).date()


def left_of_day(moment: datetime) -> float:
    """Seconds from a moment until another day begins in Germany."""
    midnight = datetime.combine(day(moment) + timedelta(days=1), time.min, HERE)
    return midnight.timestamp() - moment.timestamp()


def day_of(moment: Any) -> ColumnElement[date]:
    """The date in Germany of a column of moments."""
    return cast(func.timezone(HERE.key, moment), Date)


Day = date | ColumnElement[date]


def lasts(starts_on: Any, ends_on: Any, first: Day, last: Day) -> ColumnElement[bool]:
    """What lasts at some day from `first` to `last`; a null is open to its side."""
    begins, ends = col(starts_on), col(ends_on)
    return (begins.is_(None) | (begins <= last)) & (ends.is_(None) | (ends >= first))


def holds_on(row: Any, day: date) -> ColumnElement[bool]:
    """The rows with `starts_on` and `ends_on` that hold on the day."""
    return lasts(row.starts_on, row.ends_on, day, day)
