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
    """A value as PostgreSQL reads numbers, its status, and whether it may still change."""

    value: str | None
    status: ValueStatus
    provisional: bool = False


MARKERS: dict[str, ValueStatus] = {
    **{
        marker_of(status): status
        for status in ValueStatus
        if marker_of(status) and status is not ValueStatus.limited
    },
    "": ValueStatus.missing,
    "\N{EN DASH}": ValueStatus.nothing,
    "\N{EM DASH}": ValueStatus.nothing,
    "\N{MINUS SIGN}": ValueStatus.nothing,
    "\N{MIDDLE DOT}": ValueStatus.unknown,
    "\N{BULLET}": ValueStatus.unknown,
    # A supplier's secret is to us an unknown value: only our own rule hides figures.
    "*": ValueStatus.unknown,
    "X": ValueStatus.not_meaningful,
    "…": ValueStatus.pending,
}
"""The signs that stand instead of a value."""

QUALITIES: dict[str, tuple[ValueStatus, bool]] = {
    "": (ValueStatus.normal, False),
    "e": (ValueStatus.normal, False),
    "r": (ValueStatus.normal, False),
    "p": (ValueStatus.normal, True),
    "s": (ValueStatus.limited, False),
    "()": (ValueStatus.limited, False),
}
"""Signs beside a value: final, revised, provisional, estimated, of limited reliability. What was
revised is told by the versions of a figure; an estimate is limited in what it says."""

_LONGEST = 60
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_BROKEN = re.compile(r"[+-]?([0-9]{1,15})([.,])([0-9]{1,20})")
_GROUPED = {
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,20})?"),
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,20})?"),
}
_BLANK_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,4}(?:[.,][0-9]{1,20})?")
_SIGNED = re.compile(r"(.*[0-9]) ?([prs])")


def decimal_of(cell: str, *, grouped: bool) -> str:
    """The decimal separator that this cell alone makes certain: ',' or '.', or ''.

    `grouped` says that thousands may be separated too: then "1.234" tells nothing.
    """
    if "," not in cell and "." not in cell:
        return ""
    return _hint(_without_blanks(cell.strip().strip("()")), grouped)


def decimal_separator(cells: Iterable[str], *, grouped: bool) -> str:
    """The first certain separator among these cells, or ''."""
    return next((hint for cell in cells if (hint := decimal_of(cell, grouped=grouped))), "")


def read_cell(text: str, decimal: str, *, grouped: bool) -> Reading:
    """The value and the status of a cell, given the decimal separator of its file.

    A number in parentheses is of limited reliability; p, r and s behind a number are the signs of
    `QUALITIES`. Refused with CellRefused: anything that is no plain decimal number of at most 15
    digits before and 20 after the separator (so no NaN, no exponent), and a separator that could
    stand for thousands as well as for decimals.
    """
    text = text.strip()
    status = MARKERS.get(text)
    if status is not None:
        return Reading(None, status)
    if len(text) > _LONGEST:
        raise CellRefused("number_unreadable", f"{text[:_LONGEST]!r}... is too long for a number")
    if text[0] == "(" and text[-1] == ")":
        number = _number(text[1:-1].strip(), decimal, grouped)
        return Reading(number, ValueStatus.limited)
    signed = _SIGNED.fullmatch(text)
    if signed:
        return Reading(_number(signed[1], decimal, grouped), *QUALITIES[signed[2]])
    return Reading(_number(text, decimal, grouped), ValueStatus.normal)


def times(value: str, factor: Decimal) -> str:
    """The value multiplied by a factor."""
    return f"{Decimal(value) * factor:f}"


def _number(text: str, decimal: str, grouped: bool) -> str:
    text = _without_blanks(text)
    if _WHOLE.fullmatch(text):
        return text
    broken = _BROKEN.fullmatch(text)
    if broken and broken[2] == decimal:
        return text.replace(",", ".")
    hint = _hint(text, grouped)
    if broken or hint or any(form.fullmatch(text) for form in _GROUPED.values()):
        if hint and hint == decimal:
            return text.replace("." if hint == "," else ",", "").replace(",", ".")
        raise CellRefused(
            "number_ambiguous",
            f"{text!r} could be read in two ways; write no thousands separators"
            " and use one decimal separator in the whole file",
        )
    raise CellRefused("number_unreadable", f"{text!r} is neither a number nor a known sign")


def _without_blanks(text: str) -> str:
    """Blanks between groups of three digits are one way to write thousands."""
    if _BLANK_GROUPS.fullmatch(text):
        return text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    return text


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
