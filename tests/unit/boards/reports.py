"""What is bound into reports: a figure and an entry of a list."""

from typing import Any

FIGURE: dict[str, Any] = {
    "indicator": "quote",
    "area": "lobeda",
    "period": "2023",
    "breakdown": "",
    "release": 1,
    "name": {"de": "Quote", "en": "Rate"},
    "area_name": {"de": "Lobeda"},
    "unit": {"de": "Prozent"},
    "decimals": 1,
    "source": "Jobcenter",
    "value": 18.2,
    "status": "normal",
    "reason": None,
    "provisional": False,
}
ENTRY: dict[str, Any] = {
    "key": "jobladen",
    "title": {"de": "Jobladen"},
    "reference": None,
    "of": None,
    "day": "2026-01-01",
    "state": "planned",
}
