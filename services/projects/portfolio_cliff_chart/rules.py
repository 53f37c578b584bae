"""A Vega-Lite specification of the funding cliff: pure functions.

Money above and staff below, over the same steps: two scales in one plot would cross where nothing
crosses. Readable without colour, and ended by the first step for which nothing is granted.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.contracts.projects.portfolio_cliff import CliffPoint, CliffStep, GrantEnd
from services.contracts.shared.base import Language

Spec = dict[str, Any]
VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH, MONEY, STAFF = 640, 220, 90
_FONT, _INK, _MUTED, _FAINT = "Liberation Sans, Arial, sans-serif", "#1f1f1f", "#5c5c5c", "#e3e3e3"
_MONEY, _STAFF, _OPEN = "#2171b5", "#8a8a8a", "#b3261e"
_LABELLED = 10
"""Up to so many steps have their amount written on them; with more the texts would touch."""
_QUARTERS = ("", "I", "II", "III", "IV")
_SIGNS: Mapping[Language, tuple[str, str]] = {"de": (",", "."), "en": (".", ","), "it": (",", ".")}
_WORDS: Mapping[str, Mapping[Language, str]] = {
    "title": {
        "de": "Förderklippe: bewilligte Mittel und Stellen",
        "en": "Funding cliff: granted money and staff",
        "it": "Fine dei finanziamenti: fondi concessi e personale",
    },
    "nothing": {
        "de": "Am Stichtag läuft keine Bewilligung.",
        "en": "No grant runs on this day.",
        "it": "Nessuna concessione è in corso in questa data.",
    },
    "subtitle": {
        "de": "Stand {on}. ▼ Zahl der Zuwendungen, die ohne bewilligten Anschluss enden",
        "en": "As of {on}. ▼ number of grants that end with nothing granted to follow",
        "it": "Al {on}. ▼ numero di contributi che terminano senza un seguito concesso",
    },
    "money": {"de": "Euro", "en": "Euros", "it": "Euro"},
    "fte": {"de": "VbE", "en": "FTE", "it": "ETP"},
    "unknown": {"de": "+ {n} unbekannt", "en": "+ {n} unknown", "it": "+ {n} ignoti"},
    "description": {
        "de": "Bewilligte Mittel in {points} Zeitabschnitten: zuerst {first} Euro und {fte} VbE, "
        "zuletzt {last} Euro. {ends} Zuwendungen enden, {open} davon ohne bewilligten Anschluss.",
        "en": "Granted money in {points} steps of time: first {first} euros and {fte} FTE, at last "
        "{last} euros. {ends} grants end, {open} of them with nothing granted to follow.",
        "it": "Fondi concessi in {points} periodi: all'inizio {first} euro e {fte} ETP, alla fine "
        "{last} euro. {ends} contributi terminano, {open} senza un seguito concesso.",
    },
}


def chart(
    points: Sequence[CliffPoint],
    ends: Sequence[GrantEnd],
    on: date,
    by: CliffStep,
    lang: Language,
) -> Spec:
    """The specification with its data. What is not known is no bar and is said."""
    values = [_value(point, ends, by, lang) for point in points]
    if points:
        values.append(_after(points[-1].ends_on + timedelta(days=1), by, lang))
    decimal, thousands = _SIGNS[lang]
    said = _word("subtitle" if points else "nothing", lang).format(on=_day(on, lang))
    return {
        "$schema": VEGA_LITE,
        "title": {"text": _word("title", lang), "subtitle": said},
        "description": _description(points, ends, lang),
        "usermeta": {"planraum": {"on": on.isoformat(), "by": by, "lang": lang}},
        "data": {"values": values},
        "spacing": 12,
        "vconcat": [_money(len(values), lang), _staff(lang)],
        "config": {
            "background": "#ffffff",
            "padding": 16,
            "font": _FONT,
            "locale": {
                "number": {
                    "decimal": decimal,
                    "thousands": thousands,
                    "grouping": [3],
                    "currency": ["", "\u00a0€"],
                }
            },
            "title": {
                "anchor": "start",
                "frame": "group",
                "fontSize": 17,
                "color": _INK,
                "subtitleFontSize": 12,
                "subtitleColor": _MUTED,
                "subtitlePadding": 5,
                "offset": 14,
            },
            "view": {"stroke": None},
            "axis": {
                "labelColor": _INK,
                "labelFontSize": 11,
                "titleColor": _INK,
                "titleFontSize": 11,
                "titleFontWeight": "normal",
                "gridColor": _FAINT,
            },
        },
    }


def _value(
    point: CliffPoint, ends: Sequence[GrantEnd], by: CliffStep, lang: Language
) -> Mapping[str, Any]:
    money = None if point.money.amount is None else float(point.money.amount)
    opened = sum(
        point.starts_on <= end.ends_on <= point.ends_on and not end.successor_known for end in ends
    )
    unknown = point.money.unknown
    return {
        "from": point.starts_on.isoformat(),
        "step": _step(point.starts_on, by, lang),
        "money": money,
        "top": money or 0.0,
        "said": "" if money is None else _number(money, lang),
        "unknown": _word("unknown", lang).format(n=unknown) if unknown else "",
        "mark": "?" if unknown else "",
        "fte": float(point.fte),
        "open": opened,
        "ending": f"▼ {opened}" if opened else "",
    }


def _after(day: date, by: CliffStep, lang: Language) -> Mapping[str, Any]:
    """The first step after the last notice: nothing is granted for it, and that is known."""
    nothing: Spec = {"money": 0.0, "top": 0.0, "said": "0", "fte": 0.0, "open": 0}
    words = dict.fromkeys(("unknown", "mark", "ending"), "")
    return {"from": day.isoformat(), "step": _step(day, by, lang), **nothing, **words}


def _money(steps: int, lang: Language) -> Spec:
    amount: Spec = {"field": "money", "type": "quantitative", "title": _word("money", lang)}
    amount |= {"scale": {"domainMin": 0}}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "color": _MONEY, "width": {"band": 0.86}},
            "encoding": {"y": {**amount, "axis": {"format": ",.0f", "tickCount": 5}}},
        },
    ]
    few = steps <= _LABELLED
    above: Spec = {"type": "text", "baseline": "bottom", "fontSize": 11}
    on_top = {"y": {"field": "top", "type": "quantitative"}}
    if few:
        mark = {**above, "dy": -3, "color": _INK}
        layers.append({"mark": mark, "encoding": {**on_top, "text": {"field": "said"}}})
    layers.append(
        {
            "mark": {**above, "dy": -16 if few else -3, "color": _OPEN},
            "encoding": {**on_top, "text": {"field": "unknown" if few else "mark"}},
        }
    )
    ending = {"type": "text", "baseline": "top", "color": _OPEN, "fontSize": 11, "dy": -24}
    layers.append(
        {
            "mark": {**ending, "fontWeight": "bold"},
            "encoding": {"y": {"value": 0}, "text": {"field": "ending"}},
        }
    )
    axis: Spec = {"labels": False, "ticks": False, "title": None}
    return {
        "width": WIDTH,
        "height": MONEY,
        "encoding": {"x": _steps(axis)},
        "layer": layers,
    }


def _staff(lang: Language) -> Spec:
    axis: Spec = {"labelAngle": 0, "labelOverlap": "parity", "title": None, "ticks": False}
    fte: Spec = {"field": "fte", "type": "quantitative", "title": _word("fte", lang)}
    fte |= {"scale": {"domainMin": 0}}
    return {
        "width": WIDTH,
        "height": STAFF,
        "mark": {"type": "bar", "color": _STAFF, "width": {"band": 0.86}},
        "encoding": {
            "x": _steps({**axis, "labelPadding": 6}),
            "y": {**fte, "axis": {"tickCount": 3, "format": ",~f"}},
        },
    }


def _steps(axis: Spec) -> Spec:
    return {"field": "step", "type": "ordinal", "sort": None, "axis": axis}


def _step(day: date, by: CliffStep, lang: Language) -> str:
    if by is CliffStep.year:
        return str(day.year)
    if by is CliffStep.month:
        return f"{day.month:02}/{day.year}"
    quarter = (day.month + 2) // 3
    return f"Q{quarter} {day.year}" if lang == "en" else f"{_QUARTERS[quarter]}/{day.year}"


def _day(day: date, lang: Language) -> str:
    if lang == "de":
        return f"{day:%d.%m}.{day.year}"
    return day.isoformat() if lang == "en" else f"{day:%d/%m}/{day.year}"


def _description(points: Sequence[CliffPoint], ends: Sequence[GrantEnd], lang: Language) -> str:
    if not points:
        return _word("nothing", lang)
    first, last = points[0], points[-1]
    return _word("description", lang).format(
        points=len(points),
        first=_amount(first, lang),
        last=_amount(last, lang),
        fte=_number(float(first.fte), lang),
        ends=len(ends),
        open=sum(not end.successor_known for end in ends),
    )


def _amount(point: CliffPoint, lang: Language) -> str:
    return "?" if point.money.amount is None else _number(float(point.money.amount), lang)


def _number(number: float, lang: Language) -> str:
    """Whole numbers without decimals, in the signs of the language."""
    decimal, thousands = _SIGNS[lang]
    written = f"{number:,.2f}" if number < 1_000 and number % 1 else f"{number:,.0f}"
    return written.translate(str.maketrans(",.", thousands + decimal))


def _word(name: str, lang: Language) -> str:
    return _WORDS[name][lang]
