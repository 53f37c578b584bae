"""Days as the municipalities count them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, and_, cast, func, or_

HERE = ZoneInfo("Europe/Berlin")


def today() -> date:
    """The date in Germany."""
    return datetime.now(HERE).date()


def day(moment: datetime) -> date:
    """The date in Germany of a moment."""
    return moment.astimezone(HERE).date()


def day_of(moment: Any) -> ColumnElement[date]:
    """The date in Germany of a column of moments."""
    return cast(func.timezone(HERE.key, moment), Date)


def holds_on(row: Any, day: date) -> ColumnElement[bool]:
    """The rows with `starts_on` and `ends_on` that hold on the day; null has no bound."""
    begun = or_(row.starts_on.is_(None), row.starts_on <= day)
    return and_(begun, or_(row.ends_on.is_(None), row.ends_on >= day))
