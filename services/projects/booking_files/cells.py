"""Cells of bookings as finance systems write them: German numbers, days, texts."""

import re
from datetime import date

_NUMBER = {
    ",": re.compile(r"([+-]?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12})(?:,([0-9]{1,2}))?(-?)"),
    ".": re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.([0-9]{1,2}))?(-?)"),
}
_USUAL = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})*|[1-9][0-9]{3,11}),[0-9]{2}")
"""How nearly all amounts are written; they need no closer look."""
_OF_A_SHEET = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,2}))?()")
_AMBIGUOUS = re.compile(r"-?[0-9]{1,3}[.,][0-9]{3}")
_GERMAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\s]+")
_LONGEST = 300


class CellRefused(ValueError):
    """The cell is not what its column is to hold; the message is for people."""


def amount_of(cell: str, decimal: str, *, sheet: bool, reverse: bool) -> str:
    """An amount in euros as PostgreSQL reads numbers: `1.234,56`, `1234,5`, `1.234,56-`.

    In a `sheet`, cells that are numbers come with a point, whatever the texts have. Refused: more
    than two decimals, and in a sheet what could be thousands as well as decimals.
    """
    if decimal == "," and not sheet and not reverse and _USUAL.fullmatch(cell):
        return cell.replace(".", "").replace(",", ".").replace("-0.00", "0.00")
    text = cell.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").rstrip("€")
    text = text.replace("\u2212", "-").removesuffix("EUR")
    if sheet and _AMBIGUOUS.fullmatch(text):
        raise CellRefused(f"{cell.strip()[:40]!r} could be read in two ways")
    found = (sheet and _OF_A_SHEET.fullmatch(text)) or _NUMBER[decimal].fullmatch(text)
    if not found:
        raise CellRefused(f"{cell.strip()[:40]!r} is no amount with {decimal!r} before the cents")
    sign, whole, cents, behind = found.groups()
    if sign and behind:
        raise CellRefused(f"{cell.strip()[:40]!r} has two signs")
    minus = ("-" in (sign, behind)) is not reverse
    whole = whole.replace(".", "").replace(",", "").lstrip("0") or "0"
    cents = (cents or "").ljust(2, "0")
    nothing = whole == "0" and cents == "00"
    return f"{'-' if minus and not nothing else ''}{whole}.{cents}"


def day_of(cell: str) -> str:
    """A day as ISO 8601: `31.12.2024`, `31.12.24` or `2024-12-31`, with or without a time."""
    text = cell.strip().replace("T", " ").partition(" ")[0]
    found = _GERMAN.fullmatch(text)
    try:
        if not found:
            return date.fromisoformat(text).isoformat()
        day, month, year = (int(part) for part in found.groups())
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        raise CellRefused(f"{cell.strip()[:40]!r} is no day") from None


def year_of(cell: str) -> int:
    """A budget year."""
    text = cell.strip()
    if not (text.isascii() and text.isdecimal() and 1990 <= int(text) <= 2100):
        raise CellRefused(f"{text[:40]!r} is no budget year")
    return int(text)


def text_of(cell: str) -> str:
    """A text in one line, of at most 300 signs."""
    text = cell.strip()
    if not text.isprintable():
        text = _CONTROL.sub(" ", text).strip()
    return text[:_LONGEST]


def copied(text: str) -> str:
    """A text as COPY takes it; an empty one is null."""
    if not text:
        return "\\N"
    return text.replace("\\", "\\\\") if "\\" in text else text
