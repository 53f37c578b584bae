"""A Vega-Lite specification of the funding cliff: pure functions.

Money above and staff below, over the same steps: two scales in one plot would cross where nothing
crosses. Readable without colour, and ended by the first step for which nothing is granted.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.contracts.projects.portfolio_cliff import CliffPoint, CliffStep, GrantEnd
from services.contracts.shared.base import Language
from services.kit import writing
from services.kit.drawing import looks
from services.kit.drawing.looks import GREY, INK, STRONG, Spec, in_order
from services.projects.chart_style.rules import ALARM, WIDTH, beside, number

MONEY, STAFF = 220, 90
Values = Sequence[Mapping[str, Any]]
_LABELLED = 10
"""Up to so many steps have their amount written on them; with more the texts would touch."""
_QUARTERS = ("", "I", "II", "III", "IV")
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
        "de": "Stand {on}. ▼ Zahl der Zuwendungen, die ohne lückenlosen Anschluss enden",
        "en": "As of {on}. ▼ number of grants that end with nothing granted to follow at once",
        "it": "Al {on}. ▼ numero di contributi che terminano senza un seguito immediato",
    },
    "money": {"de": "Euro", "en": "Euros", "it": "Euro"},
    "fte": {"de": "VbE", "en": "FTE", "it": "ETP"},
    "description": {
        "de": "Bewilligte Mittel in {points} Zeitabschnitten: zuerst {first} Euro und {fte} VbE, "
        "zuletzt {last} Euro. {ends} Zuwendungen enden, {open} davon ohne Anschluss "
        "oder erst mit einer Lücke.",
        "en": "Granted money in {points} steps of time: first {first} euros and {fte} FTE, at last "
        "{last} euros. {ends} grants end, {open} of them with nothing granted to follow "
        "or only after a gap.",
        "it": "Fondi concessi in {points} periodi: all'inizio {first} euro e {fte} ETP, alla fine "
        "{last} euro. {ends} contributi terminano, {open} senza un seguito concesso o solo dopo un "
        "intervallo.",
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
    said = _word("subtitle" if points else "nothing", lang).format(on=writing.day(on, lang))
    drawn = looks.chart(
        _word("title", lang),
        said,
        _description(points, ends, lang),
        [_money(values, lang), _staff(values, lang)],
        lang,
        {"on": on.isoformat(), "by": by},
    )
    return drawn | {"data": {"values": values}}


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
        "said": "" if money is None else number(money, lang),
        "unknown": beside(unknown, lang),
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


def _money(values: Values, lang: Language) -> Spec:
    amount: Spec = {"field": "money", "type": "quantitative", "title": _word("money", lang)}
    amount |= {"scale": {"domainMin": 0}}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "color": STRONG, "width": {"band": 0.86}},
            "encoding": {"y": {**amount, "axis": {"format": ",.0f", "tickCount": 5}}},
        },
    ]
    few = len(values) <= _LABELLED
    above: Spec = {"type": "text", "baseline": "bottom", "fontSize": 11}
    on_top = {"y": {"field": "top", "type": "quantitative"}}
    if few:
        mark = {**above, "dy": -3, "color": INK}
        layers.append({"mark": mark, "encoding": {**on_top, "text": {"field": "said"}}})
    layers.append(
        {
            "mark": {**above, "dy": -16 if few else -3, "color": ALARM},
            "encoding": {**on_top, "text": {"field": "unknown" if few else "mark"}},
        }
    )
    ending = {"type": "text", "baseline": "top", "color": ALARM, "fontSize": 11, "dy": -24}
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
        "encoding": {"x": in_order("step", values, axis)},
        "layer": layers,
    }


def _staff(values: Values, lang: Language) -> Spec:
    axis: Spec = {"labelAngle": 0, "labelOverlap": "parity", "title": None, "ticks": False}
    fte: Spec = {"field": "fte", "type": "quantitative", "title": _word("fte", lang)}
    fte |= {"scale": {"domainMin": 0}}
    return {
        "width": WIDTH,
        "height": STAFF,
        "mark": {"type": "bar", "color": GREY, "width": {"band": 0.86}},
        "encoding": {
            "x": in_order("step", values, {**axis, "labelPadding": 6}),
            "y": {**fte, "axis": {"tickCount": 3, "format": ",~f"}},
        },
    }


def _step(day: date, by: CliffStep, lang: Language) -> str:
    if by is CliffStep.year:
        return str(day.year)
    if by is CliffStep.month:
        return f"{day.month:02}/{day.year}"
    quarter = (day.month + 2) // 3
    return f"Q{quarter} {day.year}" if lang == "en" else f"{_QUARTERS[quarter]}/{day.year}"


def _description(points: Sequence[CliffPoint], ends: Sequence[GrantEnd], lang: Language) -> str:
    if not points:
        return _word("nothing", lang)
    first, last = points[0], points[-1]
    return _word("description", lang).format(
        points=len(points),
        first=_amount(first, lang),
        last=_amount(last, lang),
        fte=number(float(first.fte), lang),
        ends=len(ends),
        open=sum(not end.successor_known for end in ends),
    )


def _amount(point: CliffPoint, lang: Language) -> str:
    return "?" if point.money.amount is None else number(float(point.money.amount), lang)


def _word(name: str, lang: Language) -> str:
    return _WORDS[name][lang]
