"""Numbers, days and texts as people write and read them, in the languages that are spoken here."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from services.contracts.shared.base import Language

SIGNS: Mapping[Language, tuple[str, str]] = {"de": (",", "."), "en": (".", ","), "it": (",", ".")}
"""Decimal and thousands separators."""
_MONTHS: Mapping[Language, str] = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
}
_DAYS: Mapping[Language, str] = {"de": "%d.%m.%Y", "en": "%Y-%m-%d", "it": "%d/%m/%Y"}


def text(texts: Mapping[Any, str] | None, lang: str) -> str:
    """The text in the language, else in German."""
    return "" if texts is None else texts.get(lang) or texts["de"]


def in_signs(number: str, lang: Language) -> str:
    """A number that is written as 12,345.6 in the signs of the language."""
    point, thousands = SIGNS[lang]
    return number.translate({ord(","): thousands, ord("."): point})


def number(value: float | Decimal, decimals: int, lang: Language) -> str:
    """A number with that many decimals: 12.345,6 in German; with -1, full tens."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    return in_signs(f"{exact + 0:,.{max(decimals, 0)}f}".replace("-", "−"), lang)


def month(on: date, lang: Language) -> str:
    """The name of the month in which a day is."""
    return _MONTHS[lang].split()[on.month - 1]


def day(on: date, lang: Language) -> str:
    """A day in figures: 31.12.2024, 2024-12-31, 31/12/2024."""
    return on.strftime(_DAYS[lang])


def day_on_paper(on: date, lang: Language) -> str:
    """A day as papers write it: 31.12.2024, 31 December 2024, 31 dicembre 2024."""
    return day(on, lang) if lang == "de" else f"{on.day} {month(on, lang)} {on.year}"


def day_in_words(on: date, lang: Language) -> str:
    """A day with the name of its month, also in German: 31. Dezember 2024."""
    return f"{on.day}{'.' if lang == 'de' else ''} {month(on, lang)} {on.year}"
