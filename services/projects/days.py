"""Days as the municipalities count them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Berlin")


def today() -> date:
    """The date in Germany."""
    return datetime.now(HERE).date()
