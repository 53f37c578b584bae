"""Days in statements."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import col


def lasts(starts_on: Any, ends_on: Any, first: date, last: date) -> ColumnElement[bool]:
    """What lasts at some day from `first` to `last`; a null is open to its side."""
    begins, ends = col(starts_on), col(ends_on)
    return (begins.is_(None) | (begins <= last)) & (ends.is_(None) | (ends >= first))


def today() -> date:
    """The date in Germany."""
    return datetime.now(ZoneInfo("Europe/Berlin")).date()
