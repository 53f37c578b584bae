"""How every chart looks, whoever draws it (Gestaltung der Diagramme): pure functions.

Texts have a contrast of at least 4.5 on white.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from services.contracts.indicators.charts import VEGA_LITE
from services.contracts.shared.base import Language
from services.kit import writing

Spec = dict[str, Any]
INK, MUTED, FAINT, STRONG = "#1f1f1f", "#5c5c5c", "#e3e3e3", "#2171b5"
GREY, LINE = "#8a8a8a", "#b0b0b0"
TEXT, SUBTITLE, TITLE = 11, 12, 17
"""Sizes of letters."""


def chart(
    title: str | Sequence[str],
    said: str | Sequence[str],
    description: str,
    views: Sequence[Spec],
    lang: Language,
    meta: Mapping[str, Any],
) -> Spec:
    """Views below one another under a title; `description` tells the same in words.

    `meta` says of which data it is made, for programs.
    """
    decimal, thousands = writing.SIGNS[lang]
    number: Spec = {"decimal": decimal, "thousands": thousands, "grouping": [3]}
    return {
        "$schema": VEGA_LITE,
        "title": {"text": title, "subtitle": said},
        "description": description,
        "usermeta": {"planraum": {**meta, "lang": lang}},
        "spacing": 14,
        "vconcat": list(views),
        "config": {
            "background": "#ffffff",
            "padding": 16,
            "font": "Liberation Sans, Arial, Helvetica, sans-serif",
            "locale": {"number": {**number, "currency": ["", "\u00a0€"]}},
            "title": {
                "anchor": "start",
                "frame": "group",
                "fontSize": TITLE,
                "fontWeight": "bold",
                "color": INK,
                "subtitleFontSize": SUBTITLE,
                "subtitleColor": MUTED,
                "subtitlePadding": 5,
                "offset": 14,
            },
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK,
                "labelFontSize": TEXT,
                "labelLimit": 400,
                "titleColor": INK,
                "titleFontSize": TEXT,
                "titleFontWeight": "normal",
                "gridColor": FAINT,
                "domainColor": LINE,
                "tickColor": LINE,
            },
            "legend": {"labelColor": INK, "labelFontSize": TEXT},
        },
    }


def in_order(field: str, values: Sequence[Mapping[str, Any]], axis: Spec | None) -> Spec:
    """The places of the marks, in the order of the values and the same in every view.

    Said, because Vega-Lite puts what has no bar in the first layer behind all others.
    """
    places = list(dict.fromkeys(value[field] for value in values))
    return {"field": field, "type": "ordinal", "scale": {"domain": places}, "axis": axis}
