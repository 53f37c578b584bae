"""Areas in the order of their rank (Rangfolge)."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.contracts.indicators.maps import Pattern
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses import texts, words
from services.indicators.analyses.pictures import Picture, Place
from services.indicators.analyses.rules import Cases
from services.indicators.charts import canvas
from services.indicators.charts.canvas import Frame, Key, Segment
from services.indicators.maps import rules as maps
from services.indicators.maps.legends import pattern_of
from services.kit import writing
from services.kit.drawing import looks
from services.kit.drawing.looks import Spec

WIDTH, ROW, BAR = 640, 21, 13
LONGEST = 230
_HATCHED = 0.86
"""How much of the width is hatched where there is no value: more than any bar could say."""
_X_AXIS = {"grid": True, "domain": False, "ticks": False, "tickCount": 5, "format": ",~f"}
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "de": {
        "interval": "Bereich, in dem die Quote bei Berücksichtigung des Zufalls liegt (95 %)",
        "few": "( ) wenige Fälle: vom Zufall stark beeinflusst",
    },
    "en": {
        "interval": "range of the rate if chance is taken into account (95 %)",
        "few": "( ) few cases: much moved by chance",
    },
    "it": {
        "interval": "intervallo del tasso tenendo conto del caso (95 %)",
        "few": "( ) pochi casi: molto influenzato dal caso",
    },
}


def ranking(picture: Picture, lang: Language) -> list[Spec]:
    """Bars by rank with intervals and reference; areas without a value last, hatched."""
    found = maps.assess(picture)
    ordered = sorted(picture.areas, key=lambda area: _place(picture, area, found))
    compared = [area for area in picture.above[:1] if _compares(picture, area)]
    few = {key for key, one in found.counted.items() if isinstance(one, Cases) and one.few}
    names = [_name(picture, area, found, lang) for area in ordered]
    gutter = round(min(LONGEST, max(canvas.text_width(name) for name in names)) + 12)
    width = WIDTH - gutter
    domain = _domain(picture, found, compared)
    frame = Frame(width, ROW * len(ordered), domain, (-0.5, len(ordered) - 0.5))
    x = canvas.measure("value", domain, _X_AXIS, (gutter, WIDTH))
    y = canvas.measure("row", (frame.y[1], frame.y[0]))
    bars, marks, signs = [], [], []
    hatches: list[Segment] = []
    for row, (area, name) in enumerate(zip(ordered, names, strict=True)):
        figure, interval = picture.figure(area.key), found.intervals[area.key]
        label = texts.label(picture.indicator, figure, lang)
        said: dict[str, Any] = {
            "area": area.key,
            "row": row,
            "name": canvas.shortened(name, LONGEST),
            "status": figure.status,
        }
        if figure.value is None:
            top, wide = row * ROW + (ROW - BAR) / 2, width * _HATCHED
            hatches += canvas.hatching(0, top, wide, BAR, pattern_of(figure.status), 6)
            end = domain[0] + _HATCHED * (domain[1] - domain[0])
            signs.append({**said, "label": label, "end": end})
            continue
        half = BAR / ROW / 2
        bars.append(
            {
                **said,
                "value": figure.value,
                "zero": 0,
                "top": row - half,
                "bottom": row + half,
                "label": f"({label})" if area.key in few else label,
                "end": max(figure.value, interval.upper if interval else figure.value, 0),
                "colour": canvas.PALE if area.key in few else looks.STRONG,
            }
        )
        if interval:
            marks.append({"row": row, "lower": interval.lower, "upper": interval.upper})
    literal = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    parts = [
        canvas.layer(
            bars,
            {"type": "rect", "tooltip": True},
            x=x,
            x2={"field": "zero"},
            y={**y, "field": "top"},
            y2={"field": "bottom"},
            fill=literal,
        )
    ]
    if hatches:
        drawn = canvas.lines(frame.data(hatches), frame)
        drawn["encoding"] |= {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
        parts.append(drawn)
    if marks:
        whisker = {"type": "rule", "color": looks.INK, "strokeWidth": 1.1}
        parts.append(
            canvas.layer(marks, whisker, x={**x, "field": "lower"}, x2={"field": "upper"}, y=y)
        )
    if compared:
        parts.append(
            canvas.layer(
                [{"area": area.key, "value": picture.figure(area.key).value} for area in compared],
                {"type": "rule", "color": looks.INK, "strokeWidth": 1.4, "strokeDash": [4, 3]},
                x=x,
            )
        )
    left: Spec = {"align": "left", "baseline": "middle"}
    named, at_end = {"field": "name"}, {**x, "field": "end"}
    parts.append(
        canvas.layer(
            bars + signs,
            {"type": "text", "color": looks.INK, "fontSize": looks.TEXT, **left},
            x={"value": 0},
            y=y,
            text=named,
        )
    )
    parts += canvas.labels(bars + signs, {**left, "dx": 5}, x=at_end, y=y, text={"field": "label"})
    plot = {"width": WIDTH, "height": frame.height, "layer": parts}
    return [plot, *_legend(picture, compared, bool(marks), bool(few), lang)]


def _name(picture: Picture, area: Place, found: maps.Assessment, lang: Language) -> str:
    standing = found.standings[area.key]
    rank = f"{standing.rank(picture.polarity)}.  " if standing else "–  "
    return rank + writing.text(area.name, lang)


def _compares(picture: Picture, area: Place) -> bool:
    return picture.indicator["kind"] != "count" and picture.figure(area.key).value is not None


def _domain(
    picture: Picture, found: maps.Assessment, compared: Sequence[Place]
) -> tuple[float, float]:
    figures = [picture.figure(area.key) for area in [*picture.areas, *compared]]
    values = [0.0, *(figure.value for figure in figures if figure.value is not None)]
    ends = [end for span in found.intervals.values() if span is not None for end in span]
    low, high = min([*values, *ends]), max([*values, *ends])
    room = (high - low or 1.0) * 0.17
    return (low - room if low < 0 else low, high + room)


def _place(picture: Picture, area: Place, found: maps.Assessment) -> tuple[int, int, str]:
    standing = found.standings[area.key]
    rank = standing.rank(picture.polarity) if standing else 0
    return (0 if standing else 1, rank, area.key)


def _legend(
    picture: Picture,
    compared: Sequence[Place],
    intervals: bool,
    few: bool,
    lang: Language,
) -> list[Spec]:
    keys = []
    for area in compared:
        label = texts.label(picture.indicator, picture.figure(area.key), lang)
        keys.append(Key(f"{writing.text(area.name, lang)}: {label}", dash=True))
    if intervals:
        keys.append(Key(_WORDS[lang]["interval"]))
    if few:
        keys.append(Key(_WORDS[lang]["few"], canvas.PALE))
    keys += statuses(picture, lang)
    return [canvas.legend(keys, WIDTH)] if keys else []


def statuses(picture: Picture, lang: Language) -> list[Key]:
    """The reasons for missing values that occur, with their pattern and sign."""
    occur = {picture.figure(area.key).status for area in picture.areas}
    return [status_key(status, lang) for status in ValueStatus if status in occur - _SHOWN]


_SHOWN = {ValueStatus.normal, ValueStatus.limited}


def status_key(status: ValueStatus, lang: Language) -> Key:
    """How a reason is drawn and what it means."""
    pattern: Pattern = pattern_of(status)
    return Key(f"{words.marker(status)}  {words.reason(status, lang)}", "#ffffff", pattern)
