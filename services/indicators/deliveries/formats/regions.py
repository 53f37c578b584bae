"""Which variable of an official file names the area, and which belong to its period."""

import re
from collections.abc import Sequence

from services.indicators.deliveries.formats.figures import BadCell

_REGION = re.compile(
    r"DG|DINSG|D?LAND\w*|BLAND\w*|REGBEZ\w*|NUTS\w*|KREIS\w*|GEMEIN\w*|GEO[A-Z]{2}\w*|STADT\w*"
)
# Months and quarters come as a variable beside the year; they belong to the period.
_WITHIN_YEAR = {"MONAT": ("MONAT", "-{:02}"), "QUARTG": ("QUART", "-Q{}")}


def is_region(code: str) -> bool:
    """Is this the code of a variable whose attributes are areas?"""
    return _REGION.fullmatch(code) is not None


def region_among(codes: Sequence[str], column: str) -> int:
    """Which of the variables is the area; refused with BadCell: none."""
    place = next((n for n, code in enumerate(codes) if is_region(code)), None)
    if place is None:
        named = ", ".join(codes)[:80]
        raise BadCell(column, "region_missing", f"none of {named} is a region")
    return place


def within_year(code: str, attribute: str) -> str | None:
    """What a variable adds to the year: '-07', '-Q3', '' for its total; None: it is no period."""
    if code not in _WITHIN_YEAR:
        return None
    prefix, form = _WITHIN_YEAR[code]
    number = attribute.removeprefix(prefix)
    if attribute and not (number.isascii() and number.isdigit() and len(number) <= 2):
        raise BadCell("variable_attribute_code", "period_unreadable", f"{attribute} in the year")
    return form.format(int(number)) if attribute else ""
