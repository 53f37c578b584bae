"""A Vega-Lite specification of need and money of areas: pure functions.

One row for each area, one column for each thing that is compared: nothing needs a colour to be told
apart, and what has no number in a row is said there.
"""

from collections.abc import Callable, Mapping, Sequence

from services.contracts.projects.area_views import AreaView, AreaViews
from services.contracts.projects.portfolio import PortfolioSum
from services.contracts.shared.base import Language
from services.kit.drawing.looks import INK, STRONG, Spec, chart, in_order
from services.kit.writing import day
from services.projects.chart_style.rules import ALARM, PALE, ROWS, Words, in_words, names

MOST = 40
"""So many areas are drawn, those with the most unanswered need; the others are counted."""
_WIDTH, _ROW = 165, 30
_TITLE: Words = {
    "de": "Bedarf und Mittel nach Gebieten",
    "en": "Need and money by area",
    "it": "Bisogni e fondi per area",
}
_SAID: Words = {
    "de": "Stand {on}, Budgets der Maßnahmen {year}",
    "en": "As of {on}, budgets of measures {year}",
    "it": "Al {on}, bilanci delle misure {year}",
}
_SEVERAL: Words = {
    "de": "Maßnahmen für mehrere Gebiete zählen in jedem: {n}",
    "en": "Measures for several areas count in each: {n}",
    "it": "Le misure per più aree contano in ognuna: {n}",
}
_MORE: Words = {
    "de": "Nicht gezeichnete Gebiete: {n}",
    "en": "Areas not drawn: {n}",
    "it": "Aree non disegnate: {n}",
}
_NEED: Words = {
    "de": "{n}, davon {open} ohne Maßnahme",
    "en": "{n}, {open} without a measure",
    "it": "{n}, {open} senza misura",
}
_COLUMNS: Sequence[tuple[Words, Callable[[AreaView], PortfolioSum]]] = (
    (
        {"de": "Kommunale Mittel", "en": "Municipal money", "it": "Fondi comunali"},
        lambda one: one.municipal,
    ),
    (
        {"de": "Fördermittel", "en": "Money of grants", "it": "Fondi dei contributi"},
        lambda one: one.granted_budget,
    ),
    (
        {
            "de": "Bewilligt, alle Jahre",
            "en": "Granted, all years",
            "it": "Concesso, tutti gli anni",
        },
        lambda one: one.granted,
    ),
)
_BUDGETS = 2
"""The first columns are budgets of one year, so that their bars compare; others do not."""
_NEEDS: Words = {"de": "Offene Bedarfe", "en": "Open needs", "it": "Bisogni aperti"}


def areas(found: AreaViews, called: Mapping[str, Mapping[str, str]], lang: Language) -> Spec:
    """The specification with its data; `called`: what the areas are called."""
    drawn = sorted(found.areas, key=_neediest)[:MOST]
    labels = names([one.area for one in drawn], called, lang)
    said = _said(found, lang)
    columns = [_column(labels, [of(one) for one in drawn], lang) for _, of in _COLUMNS]
    budgets = max(_longest(column) for column in columns[:_BUDGETS])
    rows = [
        _bars(column, title[lang], budgets if place < _BUDGETS else _longest(column), place == 0)
        for place, (column, (title, _)) in enumerate(zip(columns, _COLUMNS, strict=True))
    ]
    needs = [_need(label, one, lang) for label, one in zip(labels, drawn, strict=True)]
    views = [{"hconcat": [*rows, _of_need(needs, _NEEDS[lang])], "spacing": 8}]
    described = [*said]
    for place, label in enumerate(labels):
        amounts = [
            f"{title[lang]} {column[place]['said']}"
            for column, (title, _) in zip(columns, _COLUMNS, strict=True)
        ]
        amounts.append(f"{_NEEDS[lang]} {needs[place]['said']}")
        described.append(f"{label}: {', '.join(amounts)}")
    meta = {"on": str(found.on), "year": found.year}
    return chart(_TITLE[lang], said, ". ".join(described) + ".", views, lang, meta)


def _said(found: AreaViews, lang: Language) -> list[str]:
    said = [_SAID[lang].format(on=day(found.on, lang), year=found.year)]
    said += [_SEVERAL[lang].format(n=found.several)] if found.several else []
    more = len(found.areas) - MOST
    return said + ([_MORE[lang].format(n=more)] if more > 0 else [])


def _neediest(one: AreaView) -> tuple[bool, int, int, str]:
    return one.area is None, -len(one.need.unanswered), -len(one.need.open), one.area or ""


def _column(labels: Sequence[str], sums: Sequence[PortfolioSum], lang: Language) -> list[Spec]:
    return [
        {
            "area": label,
            "value": None if one.amount is None else float(one.amount),
            "top": float(one.amount or 0),
            "said": in_words(one, lang),
        }
        for label, one in zip(labels, sums, strict=True)
    ]


def _need(label: str, one: AreaView, lang: Language) -> Spec:
    open_, unanswered = len(one.need.open), len(one.need.unanswered)
    said = _NEED[lang].format(n=open_, open=unanswered) if open_ else "–"
    bars = {"value": open_ or None, "unanswered": unanswered or None}
    return {"area": label, **bars, "top": open_, "said": said}


def _longest(column: Sequence[Spec]) -> float:
    return max((one["top"] for one in column), default=0.0)


def _bars(values: Sequence[Spec], title: str, longest: float, first: bool) -> Spec:
    return _view(values, title, longest, first, [("value", STRONG)])


def _of_need(values: Sequence[Spec], title: str) -> Spec:
    return _view(values, title, _longest(values), False, [("value", PALE), ("unanswered", ALARM)])


def _view(
    values: Sequence[Spec],
    title: str,
    longest: float,
    first: bool,
    bars: Sequence[tuple[str, str]],
) -> Spec:
    # The text stands on its own line above the bar, so that bars have the whole width.
    scale: Spec = {"domain": [0, longest or 1.0]}
    axis: Spec = {**ROWS, "labelLimit": 180}
    layers: list[Spec] = [
        {
            "mark": {
                "type": "bar",
                "color": colour,
                "stroke": INK,
                "strokeWidth": 0.6,
                "height": {"band": 0.3},
                "yOffset": 6,
            },
            "encoding": {
                "x": {"field": field, "type": "quantitative", "scale": scale, "axis": None}
            },
        }
        for field, colour in bars
    ]
    text: Spec = {"type": "text", "align": "left", "color": INK, "fontSize": 11, "dy": -6}
    layers.append({"mark": text, "encoding": {"x": {"value": 0}, "text": {"field": "said"}}})
    return {
        "title": {"text": title, "fontSize": 12, "anchor": "start", "offset": 6},
        "width": _WIDTH,
        "height": {"step": _ROW},
        "data": {"values": list(values)},
        "encoding": {"y": in_order("area", values, axis if first else None)},
        "layer": layers,
    }
