"""What a cell says: numbers, rates, days and postcodes as offices and spreadsheets write them.

Where a cell can be read in two ways, the other cells of its column decide; where they do not,
nothing is guessed.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

from services.projects.allocation.rules import CENT

Decimals = Literal[",", "."]
Order = Literal["dmy", "mdy"]
_MOST = Decimal("999999999999.99")
_MONEY = re.compile(
    r"(?:€|EUR|Euro)?\s*([-−]?[\d.,'’ ]*\d)\s*(?:€|EUR|Euro)?", re.IGNORECASE | re.ASCII
)
_ONE_MARK = re.compile(r"(\d+)([.,])(\d+)", re.ASCII)
_RATE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(%|v\.\s?H\.)?", re.ASCII)
_PART = re.compile(r"0(?:\.\d+)?|1(?:\.0+)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_POSTCODE = re.compile(r"(?:DE?[-\s])?\s*(\d+)(?:\.0)?(?:[\s,]+(\S.*))?", re.DOTALL | re.ASCII)
_CODE = re.compile(r"(\d{1,3})(?:[.,]0+)?(?:\D.*)?", re.DOTALL | re.ASCII)
_COUNTRIES = {"deutschland": "DE", "germany": "DE", "brd": "DE", "d": "DE"}


class Unreadable(Exception):
    """A cell that is not what it should be; says what was expected."""

    def __init__(self, code: str, expected: str) -> None:
        super().__init__(expected)
        self.code, self.expected = code, expected


class Place(NamedTuple):
    """Where it is, as far as a cell says it."""

    postcode: str | None
    name: str | None
    repaired: bool = False


def decimals_of(cells: Iterable[str]) -> Decimals | None:
    """The decimal mark of a column, where cells that can be read in one way only agree on it."""
    found = {mark for cell in cells if (mark := _evident(_digits(cell) or ""))}
    return found.pop() if len(found) == 1 else None


def amount(cell: str, decimals: Decimals | None) -> Decimal:
    """Money to the cent: 330.311,51 or 330,311.51 or 330311.51 €."""
    digits = _digits(cell)
    if digits is None:
        raise Unreadable("number", "An amount such as 330.311,51 or 330311.51.")
    if digits.startswith("-"):
        raise Unreadable("negative", "An amount that is not negative.")
    mark = _evident(digits)
    if mark is None and _in_two_ways(digits):
        mark = decimals
        if mark is None:
            text = "An amount with cents: this may be thousands or decimals."
            raise Unreadable("ambiguous", text)
    plain = _plain(digits, mark)
    try:
        value = Decimal(plain)
        cents = value.quantize(CENT)
    except InvalidOperation:
        raise Unreadable("number", "An amount such as 330.311,51 or 330311.51.") from None
    # Spreadsheets store binary fractions: 0.30000000000000004 is 30 cents.
    if abs(value - cents) > Decimal("0.000001"):
        raise Unreadable("cents", "An amount with two decimals at most.")
    if cents > _MOST:
        raise Unreadable("too_large", "An amount below a billion thousands.")
    return cents


def rate(cell: str) -> Decimal:
    """A rate in per cent: 80.00%, 80%, 49,92 %, 80. Refused are 0.8 and more than 100."""
    found = _RATE.fullmatch(cell.strip())
    if found is None:
        raise Unreadable("rate", "A rate such as 80 % or 49,92%.")
    value = Decimal(found[1].replace(",", "."))
    if not found[2] and 0 < value <= 1:
        raise Unreadable("ambiguous", "A rate with its sign: 80 %, or 0.8 % if that is meant.")
    if value > 100:
        raise Unreadable("rate", "A rate of 100 % at most.")
    rounded = value.quantize(Decimal("0.0001"))
    if abs(rounded - value) > Decimal("0.0000001"):
        raise Unreadable("rate", "A rate with four decimals at most.")
    return rounded


def are_parts(cells: Iterable[str]) -> bool:
    """Whether all rates of a column are parts of one, without a sign."""
    found = [cell.strip() for cell in cells if cell.strip()]
    return bool(found) and all(_PART.fullmatch(cell) for cell in found)


def part(cell: str) -> Decimal:
    """A rate in per cent that is written as a part of one."""
    return rate(f"{Decimal(cell) * 100:f}%")


def order_of(cells: Iterable[str]) -> Order | None:
    """Day or month first, where the cells of a column agree; None where they contradict.

    A column in which no day is above 12 has the day first: that is the form of the Commission.
    """
    found: set[Order] = set()
    for cell in cells:
        parts = _DAY.fullmatch(cell.strip())
        if parts and "." not in cell:
            if int(parts[1]) > 12:
                found.add("dmy")
            elif int(parts[2]) > 12:
                found.add("mdy")
    return None if len(found) == 2 else found.pop() if found else "dmy"


def day(cell: str, order: Order | None) -> date:
    """A day: 31.12.2017, 2017-12-31, 31/12/2017, and 12/31/2017 where its column has it so."""
    text = cell.strip()
    expected = "A day such as 31.12.2017 or 2017-12-31."
    with suppress(ValueError):
        if iso := _ISO.fullmatch(text):
            return _within(date(int(iso[1]), int(iso[2]), int(iso[3])))
        if parts := _DAY.fullmatch(text):
            first, second, year = (int(part) for part in parts.groups())
            year += 2000 if len(parts[3]) == 2 else 0
            if "." in text or first > 12:
                return _within(date(year, second, first))
            if second > 12:
                return _within(date(year, first, second))
            if order is None and first != second:
                text = "A day in one order: this column has days and months first."
                raise Unreadable("ambiguous", text)
            return _within(date(year, *((first, second) if order == "mdy" else (second, first))))
    raise Unreadable("date", expected)


def place(cell: str, country: str | None) -> Place:
    """Postcode and town of one cell. A German postcode that lost its zero gets it back."""
    text = " ".join(cell.split())
    if country not in (None, "DE"):
        return Place(text[:20] or None, None)
    found = _POSTCODE.fullmatch(text)
    if found is None:
        if any(sign.isdigit() for sign in text):
            raise Unreadable("postcode", "One postcode such as 07743, with or without the town.")
        return Place(None, text or None)
    digits = found[1]
    if len(digits) == 4 and country == "DE" and digits[0] != "0":
        return Place(f"0{digits}", found[2], repaired=True)
    if len(digits) != 5:
        raise Unreadable("postcode", "A postcode of five digits, such as 07743.")
    return Place(digits, found[2])


def country(cell: str) -> str:
    """A country by its two letters or its name."""
    text = cell.strip()
    known = _COUNTRIES.get(text.casefold(), text.upper())
    if re.fullmatch(r"[A-Z]{2}", known) is None:
        raise Unreadable("country", "A country such as DE.")
    return known


def code(cell: str) -> int | None:
    """The code with which a type of intervention begins: 109, `109 - Aktive Inklusion`."""
    found = _CODE.fullmatch(cell.strip())
    return int(found[1]) if found and 1 <= int(found[1]) <= 182 else None


def looks_like_day(cell: str) -> bool:
    """Could be a day."""
    return bool(_DAY.fullmatch(cell.strip()) or _ISO.fullmatch(cell.strip()))


def looks_like_rate(cell: str) -> bool:
    """Is written as per cent."""
    found = _RATE.fullmatch(cell.strip())
    return bool(found and found[2])


def _digits(cell: str) -> str | None:
    found = _MONEY.fullmatch(cell.replace("\u00a0", " ").replace("\u202f", " ").strip())
    if found is None:
        return None
    return re.sub(r"['’ ]", "", found[1]).replace("−", "-")


def _evident(digits: str) -> Decimals | None:
    """The decimal mark where a number can be read in one way only."""
    digits = digits.lstrip("-")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d*|\d{1,3}(\.\d{3}){2,}", digits):
        return ","
    if re.fullmatch(r"\d{1,3}(,\d{3})+\.\d*|\d{1,3}(,\d{3}){2,}", digits):
        return "."
    found = _ONE_MARK.fullmatch(digits)
    if found and not _in_two_ways(digits):
        return "," if found[2] == "," else "."
    return None


def _in_two_ways(digits: str) -> bool:
    found = _ONE_MARK.fullmatch(digits)
    return bool(found and len(found[3]) == 3 and len(found[1]) <= 3 and found[1][0] != "0")


def _plain(digits: str, decimals: Decimals | None) -> str:
    """The number with a point. Without a known mark there may be none in it."""
    if decimals is None:
        return digits
    return digits.replace("." if decimals == "," else ",", "").replace(decimals, ".")


def _within(found: date) -> date:
    if not 1950 <= found.year <= 2100:
        raise Unreadable("date", "A day of the years 1950 to 2100.")
    return found
