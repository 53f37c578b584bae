"""Reading the cell of a value: decimal numbers and the signs of official tables (DIN 55301)."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from services.contracts.indicators.values import ValueStatus, marker_of


class CellRefused(ValueError):
    """The cell is neither a number nor a known sign; `code` is stable."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Reading(NamedTuple):
    """A value and its status."""

    value: Decimal | None
    status: ValueStatus


MARKERS: dict[str, ValueStatus] = {
    **{
        marker_of(status): status
        for status in ValueStatus
        if marker_of(status) and status is not ValueStatus.limited
    },
    "": ValueStatus.missing,
    "\N{EN DASH}": ValueStatus.nothing,
    "\N{EM DASH}": ValueStatus.nothing,
    "\N{MIDDLE DOT}": ValueStatus.unknown,
    "\N{BULLET}": ValueStatus.unknown,
    # A supplier's secret is to us an unknown value: only our own rule hides figures.
    "*": ValueStatus.unknown,
    "X": ValueStatus.not_meaningful,
    "…": ValueStatus.pending,
}
"""The signs that stand instead of a value."""

_LONGEST = 40
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_BROKEN = re.compile(r"[+-]?([0-9]{1,15})([.,])([0-9]{1,10})")
_GROUPED = {
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,10})?"),
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,10})?"),
}


def decimal_separator(cells: Iterable[str], *, grouped: bool) -> str:
    """The decimal separator of a file: ',' or '.', '' if no cell tells, '?' if cells disagree.

    `grouped` says that thousands may be separated too: then "1.234" tells nothing.
    """
    found = set()
    for cell in cells:
        if "," in cell or "." in cell:
            hint = _hint(cell.strip().strip("()"), grouped)
            if hint:
                found.add(hint)
    return "?" if len(found) > 1 else "".join(found)


def read_cell(text: str, decimal: str, *, grouped: bool) -> Reading:
    """The value and the status of a cell, given the decimal separator of its file.

    A number in parentheses is of limited reliability. Refused with CellRefused: anything that is
    no plain decimal number of at most 15 digits before and 10 after the separator (so no NaN, no
    exponent), and a separator that could stand for thousands as well as for decimals.
    """
    text = text.strip()
    status = MARKERS.get(text)
    if status is not None:
        return Reading(None, status)
    if len(text) > _LONGEST:
        raise CellRefused("number_unreadable", f"{text[:_LONGEST]!r}... is too long for a number")
    if text[0] == "(" and text[-1] == ")":
        return Reading(_number(text[1:-1].strip(), decimal, grouped), ValueStatus.limited)
    return Reading(_number(text, decimal, grouped), ValueStatus.normal)


def _number(text: str, decimal: str, grouped: bool) -> Decimal:
    if _WHOLE.fullmatch(text):
        return Decimal(text)
    broken = _BROKEN.fullmatch(text)
    if broken and broken[2] == decimal:
        return Decimal(text.replace(",", "."))
    hint = _hint(text, grouped)
    if broken or hint or any(form.fullmatch(text) for form in _GROUPED.values()):
        if hint and hint == decimal:
            return Decimal(text.replace("." if hint == "," else ",", "").replace(",", "."))
        raise CellRefused(
            "number_ambiguous",
            f"{text!r} could be read in two ways; write no thousands separators"
            " and use one decimal separator in the whole file",
        )
    raise CellRefused("number_unreadable", f"{text!r} is neither a number nor a known sign")


def _hint(text: str, grouped: bool) -> str:
    """The decimal separator that this number alone makes certain, or ''."""
    broken = _BROKEN.fullmatch(text)
    if broken:
        whole, separator, places = broken.groups()
        certain = not grouped or len(places) != 3 or len(whole) > 3 or whole[0] == "0"
        return str(separator) if certain else ""
    if grouped:
        return next((mark for mark, form in _GROUPED.items() if form.fullmatch(text)), "")
    return ""
