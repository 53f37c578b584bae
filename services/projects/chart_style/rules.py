"""What charts of controlling have in common: pure functions.

Texts have a contrast of at least 4.5 on white. No chart says anything by colour alone: bars that
differ in meaning differ in their edge, their place or the text beside them, too.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.contracts.indicators.charts import VEGA_LITE
from services.contracts.projects.portfolio import PortfolioSum
from services.contracts.shared.base import Language
from services.kit import writing

Spec = dict[str, Any]
Words = Mapping[Language, str]
INK, MUTED, FAINT = "#1f1f1f", "#5c5c5c", "#e3e3e3"
STRONG, PALE, GREY, ALARM = "#2171b5", "#c6dbef", "#8a8a8a", "#b3261e"
WIDTH = 640
ROWS: Spec = {"labelPadding": 8, "title": None, "ticks": False, "domain": False}
"""The axis of bars that lie: names of their rows, nothing else."""
_UNKNOWN: Words = {"de": "+ {n} unbekannt", "en": "+ {n} unknown", "it": "+ {n} ignoti"}
_NOT_KNOWN: Words = {"de": "nicht bekannt", "en": "not known", "it": "non noto"}


def chart(
    title: str,
    said: str | Sequence[str],
    description: str,
    views: Sequence[Spec],
    lang: Language,
    meta: Mapping[str, Any],
) -> Spec:
    """Views below one another under a title; `description` tells the same in words."""
    decimal, thousands = writing.SIGNS[lang]
    number: Spec = {"decimal": decimal, "thousands": thousands, "grouping": [3]}
    return {
        "$schema": VEGA_LITE,
        "title": {"text": title, "subtitle": said},
        "description": description,
        "usermeta": {"planraum": {**meta, "lang": lang}},
        "spacing": 12,
        "vconcat": views,
        "config": {
            "background": "#ffffff",
            "padding": 16,
            "font": "Liberation Sans, Arial, sans-serif",
            "locale": {"number": {**number, "currency": ["", "\u00a0€"]}},
            "title": {
                "anchor": "start",
                "frame": "group",
                "fontSize": 17,
                "color": INK,
                "subtitleFontSize": 12,
                "subtitleColor": MUTED,
                "subtitlePadding": 5,
                "offset": 14,
            },
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK,
                "labelFontSize": 11,
                "titleColor": INK,
                "titleFontSize": 11,
                "titleFontWeight": "normal",
                "gridColor": FAINT,
            },
            "legend": {"labelColor": INK, "labelFontSize": 11},
        },
    }


def number(value: Decimal | float, lang: Language) -> str:
    """Whole numbers without decimals, in the signs of the language."""
    exact = Decimal(value)
    written = f"{exact:,.2f}" if abs(exact) < 1_000 and exact % 1 else f"{exact:,.0f}"
    return writing.in_signs(written, lang)


def beside(unknown: int, lang: Language) -> str:
    """What is said beside a sum of which something is not known."""
    return _UNKNOWN[lang].format(n=unknown) if unknown else ""


def in_words(one: PortfolioSum, lang: Language) -> str:
    """A sum in words: what is not known is no zero."""
    if one.amount is None:
        return _NOT_KNOWN[lang] if one.unknown else "–"
    return " ".join(filter(None, (f"{number(one.amount, lang)} €", beside(one.unknown, lang))))


def names(
    keys: Sequence[str | None], known: Mapping[str, Mapping[str, str]], lang: Language
) -> list[str]:
    """What groups are called; those of one name by their key, too, so that none is like another."""
    said = [_called(key, known, lang) for key in keys]
    return [
        f"{name} ({key})" if said.count(name) > 1 else name
        for key, name in zip(keys, said, strict=True)
    ]


def _called(key: str | None, known: Mapping[str, Mapping[str, str]], lang: Language) -> str:
    if key is None:
        return _NONE[lang]
    found = known.get(key)
    return writing.text(found, lang) if found else key


_NONE: Words = {"de": "(ohne)", "en": "(none)", "it": "(senza)"}
