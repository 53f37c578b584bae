"""A Vega-Lite specification of plan, actual and forecast by year: pure functions.

The grants' money above, the cost it pays for below, over the same years. A plan is an empty bar, an
actual a full one, a forecast a pale one with a broken edge, to be told apart in print.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from services.contracts.projects.portfolio import PortfolioFigures, PortfolioSum, PortfolioYear
from services.contracts.shared.base import Language
from services.kit.drawing.looks import INK, STRONG, Spec, chart
from services.kit.writing import day
from services.projects.chart_style.rules import ALARM, PALE, WIDTH, Words, in_words, number

MOST = 12
"""So many years are drawn, those nearest to the day: more could not be read."""
_LEVEL = 4
"""Up to so many years have room for amounts that are written level."""
_HEIGHT = 190
_KINDS: Mapping[str, Words] = {
    "plan": {"de": "Plan", "en": "Plan", "it": "Previsto"},
    "actual": {"de": "Ist", "en": "Actual", "it": "Effettivo"},
    "forecast": {"de": "Prognose", "en": "Forecast", "it": "Previsione"},
}
_VIEWS: Sequence[tuple[Words, Mapping[str, str]]] = (
    (
        {
            "de": "Geld der Zuwendungen, Euro",
            "en": "Money of grants, euros",
            "it": "Fondi dei contributi, euro",
        },
        {"plan": "allotted", "actual": "paid_out", "forecast": "forecast"},
    ),
    (
        {"de": "Ausgaben, Euro", "en": "Cost, euros", "it": "Spese, euro"},
        {"plan": "planned", "actual": "spent"},
    ),
)
_TITLE: Words = {
    "de": "Plan, Ist und Prognose nach Jahren",
    "en": "Plan, actual and forecast by year",
    "it": "Previsto, effettivo e previsione per anno",
}
_SAID: Words = {
    "de": "{what}. Stand {on}. ? ganz oder zum Teil nicht bekannt",
    "en": "{what}. As of {on}. ? not known, or in part",
    "it": "{what}. Al {on}. ? non noto, del tutto o in parte",
}
_MORE: Words = {
    "de": "Nicht gezeichnete Jahre: {n}",
    "en": "Years not drawn: {n}",
    "it": "Anni non disegnati: {n}",
}
_NOTHING: Words = {
    "de": "{what}. Am {on} ist nichts bewilligt.",
    "en": "{what}. Nothing is granted on {on}.",
    "it": "{what}. Al {on} nulla è concesso.",
}
ALL: Words = {"de": "Alle Zuwendungen", "en": "All grants", "it": "Tutti i contributi"}


def years(figures: PortfolioFigures, on: date, what: str, lang: Language) -> Spec:
    """The specification with its data; `what` says whose money it is."""
    drawn = _near(figures.years, on)
    told = (_SAID if drawn else _NOTHING)[lang].format(what=what, on=day(on, lang))
    left = len(figures.years) - len(drawn)
    said = [told, _MORE[lang].format(n=left)] if left else told
    views = [
        _view(drawn, title[lang], fields, lang, top=not number_)
        for number_, (title, fields) in enumerate(_VIEWS)
    ]
    return chart(_TITLE[lang], said, _described(drawn, told, lang), views, lang, {"on": str(on)})


def _near(every: Sequence[PortfolioYear], on: date) -> list[PortfolioYear]:
    nearest = sorted(every, key=lambda one: (abs(one.year - on.year), one.year))[:MOST]
    return sorted(nearest, key=lambda one: one.year)


def _view(
    every: Sequence[PortfolioYear],
    title: str,
    fields: Mapping[str, str],
    lang: Language,
    *,
    top: bool,
) -> Spec:
    values = [
        _value(one.year, kind, getattr(one, field), lang)
        for one in every
        for kind, field in fields.items()
    ]
    kinds = [_KINDS[kind][lang] for kind in _KINDS]
    amount: Spec = {"field": "money", "type": "quantitative", "title": title}
    if all(one["money"] is None for one in values):
        amount["scale"] = {"domain": [0, 1]}
    few = len(every) <= _LEVEL
    written: Spec = {"type": "text", "fontSize": 11 if few else 10, "color": INK}
    written |= (
        {"baseline": "bottom", "dy": -3}
        if few
        else {"angle": 270, "align": "left", "baseline": "middle", "dx": 4}
    )
    on_top: Spec = {"y": {"field": "top", "type": "quantitative"}}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "stroke": INK, "strokeWidth": 1.2},
            "encoding": {
                "y": {**amount, "axis": {"format": ",.0f", "tickCount": 4}},
                "fill": _scale(kinds, ["#ffffff", STRONG, PALE], top=top),
                "strokeDash": _scale(kinds, [[1, 0], [1, 0], [4, 3]], top=top),
            },
        },
        {"mark": written, "encoding": {**on_top, "text": {"field": "said"}}},
        {
            "mark": {
                "type": "text",
                "baseline": "top",
                "dy": 4,
                "color": ALARM,
                "fontSize": 12,
                "fontWeight": "bold",
            },
            "encoding": {"y": {"value": _HEIGHT}, "text": {"field": "mark"}},
        },
    ]
    axis: Spec = {"labelAngle": 0, "title": None, "ticks": False, "labelPadding": 20}
    return {
        "width": WIDTH,
        "height": _HEIGHT,
        "data": {"values": values},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "axis": axis},
            "xOffset": {"field": "kind", "scale": {"domain": kinds, "paddingInner": 0.15}},
        },
        "layer": layers,
    }


def _scale(kinds: Sequence[str], marks: Sequence[object], *, top: bool) -> Spec:
    legend: Spec = {"orient": "top", "title": None, "symbolType": "square", "symbolSize": 160}
    scale: Spec = {"domain": kinds, "range": marks}
    return {"field": "kind", "type": "nominal", "scale": scale, "legend": legend if top else None}


def _value(year: int, kind: str, one: PortfolioSum, lang: Language) -> Spec:
    money = None if one.amount is None else float(one.amount)
    return {
        "year": str(year),
        "kind": _KINDS[kind][lang],
        "money": money,
        "top": max(money or 0.0, 0.0),
        "said": "" if one.amount is None else number(one.amount, lang),
        "mark": "?" if one.unknown else "",
    }


def _described(every: Sequence[PortfolioYear], told: str, lang: Language) -> str:
    said = [told]
    for one in every:
        for title, fields in _VIEWS:
            amounts = ", ".join(
                f"{_KINDS[kind][lang]} {in_words(getattr(one, field), lang)}"
                for kind, field in fields.items()
            )
            said.append(f"{one.year}, {title[lang]}: {amounts}.")
    return " ".join(said)
