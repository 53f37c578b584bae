"""Days as the municipalities count them, and in statements."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import col

HERE = ZoneInfo("Europe/Berlin")


def today() -> date:
    """The date in Germany."""
    return datetime.now(HERE).date()


def lasts(starts_on: Any, ends_on: Any, first: date, last: date) -> ColumnElement[bool]:
    """What lasts at some day from `first` to `last`; a null is open to its side."""
    begins, ends = col(starts_on), col(ends_on)
    return (begins.is_(None) | (begins <= last)) & (ends.is_(None) | (ends >= first))
