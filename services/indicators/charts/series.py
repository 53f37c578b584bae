"""How figures went over time: one panel for each area, all on the same scale (Zeitreihe)."""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses import texts, words
from services.indicators.analyses.pictures import Picture, Place
from services.indicators.analyses.rules import Figure
from services.indicators.charts import canvas
from services.indicators.charts.canvas import Frame, Key, Segment
from services.indicators.charts.ranking import status_key
from services.indicators.maps.legends import pattern_of
from services.indicators.periods import Frequency, Period, PeriodRefused, parse_period, previous
from services.kit import writing
from services.kit.drawing import looks
from services.kit.drawing.looks import Spec

WIDTH = 640
_GAP = 22
_MOST_FILLED = 120
_EACH: Mapping[Language, str] = {"de": "jeweils am {day}", "en": "each {day}", "it": "al {day}"}
_COMPARED: Mapping[Language, str] = {
    "de": "zum Vergleich: {name}",
    "en": "for comparison: {name}",
    "it": "per confronto: {name}",
}


def every_period(known: Sequence[str]) -> list[str]:
    """The periods and those missing between them, so that a gap in time is one in the chart."""
    wanted = {parse_period(text) for text in known}
    if not wanted:
        return []
    first, place = min(wanted), max(wanted)
    chain: list[Period] = [place]
    while place > first and len(chain) < _MOST_FILLED:
        try:
            place = previous(place)
        except PeriodRefused:
            break
        chain.append(place)
    found = chain if wanted <= set(chain) else sorted(wanted, reverse=True)
    return [period.text for period in reversed(found)]


def series(picture: Picture, lang: Language) -> list[Spec]:
    """A panel for each area with its line, the municipality's beside it, gaps hatched."""
    periods = every_period(picture.periods)
    compared = [
        area
        for area in picture.above[:1]
        if picture.indicator["kind"] != "count" and picture.figure(area.key).value is not None
    ]
    columns = min(3, len(picture.areas))
    width = (WIDTH - _GAP * (columns - 1)) / columns - 34
    height = 150.0 if columns == 1 else 96.0
    known = [
        figure.value
        for area in [*picture.areas, *compared]
        for _, figure in picture.series(area.key)
        if figure.value is not None
    ]
    frame = Frame(width, height, (-0.5, len(periods) - 0.5), _span(known))
    panels = [_panel(picture, area, compared, periods, frame, lang) for area in picture.areas]
    grid: Spec = {"concat": panels, "columns": columns, "spacing": _GAP}
    keys = [
        Key(_COMPARED[lang].format(name=writing.text(area.name, lang)), dash=True)
        for area in compared
    ]
    occur = {
        picture.figure(area.key, period).status for area in picture.areas for period in periods
    }
    shown = {ValueStatus.normal, ValueStatus.limited}
    keys += [status_key(status, lang) for status in ValueStatus if status in occur - shown]
    return [grid, *([canvas.legend(keys, WIDTH)] if keys else [])]


def _span(known: Sequence[float]) -> tuple[float, float]:
    """Top and bottom of the scale: with zero, and with room for labels."""
    low, high = min([0.0, *known]), max([0.0, *known])
    return (high + (high - low or 1.0) * 0.22, low)


def short(periods: Sequence[str], lang: Language) -> tuple[list[str], str | None]:
    """Periods as an axis shows them; and the day of the year that all of them have in common."""
    read = [parse_period(text) for text in periods]
    days = {(period.end.month, period.end.day) for period in read}
    if read and read[0].frequency is Frequency.day and len(days) == 1:
        day = f"{read[0].end:%d.%m.}" if lang != "en" else f"{read[0].end:%d/%m}"
        return [period.text[:4] for period in read], _EACH[lang].format(day=day)
    if read and read[0].frequency in (Frequency.year, Frequency.day):
        return [words.period(period.text, lang) for period in read], None
    return [f"{period.text[5:]}/{period.text[2:4]}" for period in read], None


def _panel(
    picture: Picture,
    area: Place,
    compared: Sequence[Place],
    periods: Sequence[str],
    frame: Frame,
    lang: Language,
) -> Spec:
    figures = [picture.figure(area.key, period) for period in periods]
    points = _points(picture, figures, periods, lang)
    shown, _ = short(periods, lang)
    x = canvas.measure("at", frame.x, _axis(shown, frame.width))
    ticks = {"tickCount": 4, "domain": False, "ticks": False, "format": ",~f", "labelPadding": 6}
    y = canvas.measure("value", (frame.y[1], frame.y[0]), ticks)
    parts = []
    hatches = _hatched(figures, frame)
    if hatches:
        drawn = canvas.lines(frame.data(hatches), frame)
        drawn["encoding"] |= {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
        parts.append(drawn)
    for other in compared:
        row = [picture.figure(other.key, period) for period in periods]
        mark = {"type": "line", "color": looks.INK, "strokeWidth": 1.1, "strokeDash": [4, 3]}
        parts.append(_line(_points(picture, row, periods, lang), mark, x, y))
    parts.append(_line(points, {"type": "line", "color": looks.STRONG, "strokeWidth": 2}, x, y))
    dots = {"type": "point", "filled": True, "size": 26, "color": looks.STRONG, "opacity": 1}
    parts.append(canvas.layer(points, {**dots, "tooltip": True}, x=x, y=y))
    under = _under(picture, points, compared, frame)
    for point in points[:1] + points[1:][-1:]:
        baseline, away = ("top", 6) if point["at"] in under else ("bottom", -5)
        mark = {"align": _align(point, periods, frame), "baseline": baseline, "dy": away}
        parts += canvas.labels([point], mark, x=x, y=y, text={"field": "label"})
    name = canvas.shortened(writing.text(area.name, lang), frame.width + 30, 12)
    title = {"text": name, "fontSize": 12, "anchor": "start", "frame": "group", "offset": 6}
    return {"title": title, "width": frame.width, "height": frame.height, "layer": parts}


def _points(
    picture: Picture, figures: Sequence[Figure], periods: Sequence[str], lang: Language
) -> list[dict[str, Any]]:
    """The values; `run` numbers the stretches between gaps, over which no line is drawn."""
    points, run = [], 0
    for at, (figure, period) in enumerate(zip(figures, periods, strict=True)):
        if figure.value is None:
            run += 1
            continue
        points.append(
            {
                "at": at,
                "period": period,
                "value": figure.value,
                "label": texts.label(picture.indicator, figure, lang),
                "run": run,
            }
        )
    return points


def _line(points: Sequence[Mapping[str, Any]], mark: Spec, x: Spec, y: Spec) -> Spec:
    return canvas.layer(points, mark, x=x, y=y, detail={"field": "run", "type": "nominal"})


def _align(point: Mapping[str, Any], periods: Sequence[str], frame: Frame) -> str:
    """Centred over its point, unless it would reach over the edge."""
    step, half = frame.width / len(periods), canvas.text_width(point["label"]) / 2
    if (point["at"] + 0.5) * step < half:
        return "left"
    return "right" if (len(periods) - point["at"] - 0.5) * step < half else "center"


def _under(
    picture: Picture, points: Sequence[Mapping[str, Any]], compared: Sequence[Place], frame: Frame
) -> set[int]:
    """Points whose label stands below them, because the line to compare with is above."""
    room = 18 / frame.height * (frame.y[0] - frame.y[1])
    found = set()
    for point in points:
        for other in compared:
            beside = picture.figure(other.key, point["period"]).value
            value = point["value"]
            if beside is not None and value < beside and value - frame.y[1] > room:
                found.add(point["at"])
    return found


def _hatched(figures: Sequence[Figure], frame: Frame) -> list[Segment]:
    """Bands over the periods without a value; neighbours for one reason are one band."""
    step, at = frame.width / len(figures), 0
    found: list[Segment] = []
    for status, run in groupby(figures, key=lambda f: f.status if f.value is None else None):
        length = len(list(run))
        if status is not None:
            box = (at * step, 0, length * step, frame.height)
            found += canvas.hatching(*box, pattern_of(status), 9)
        at += length
    return found


def _axis(shown: Sequence[str], width: float) -> Spec:
    needed = max(map(canvas.text_width, shown)) + 14
    every = max(1, -(-len(shown) * needed // width))
    ticks = [at for at in range(len(shown)) if (len(shown) - 1 - at) % every == 0]
    return {
        "values": ticks,
        "labelExpr": f"{json.dumps(list(shown), ensure_ascii=False)}[datum.value]",
        "grid": False,
        "labelOverlap": False,
        "labelPadding": 4,
    }


def spell(picture: Picture, lang: Language) -> str:
    """From which to which period, and the day of the year if it is always the same."""
    first, last = picture.periods[0], picture.periods[-1]
    if first == last:
        return words.period(last, lang)
    shown, each = short([first, last], lang)
    if each is None:
        return f"{words.period(first, lang)} – {words.period(last, lang)}"
    return f"{shown[0]} – {shown[1]}, {each}"


def description(picture: Picture, lang: Language) -> str:
    """First and last value of each area, for those who do not see the lines."""
    unit = writing.text(picture.indicator["unit"], lang)
    head = f"{texts.title(picture, lang)} ({unit}), {spell(picture, lang)}"
    said = []
    for area in [*picture.areas[:_TOLD], *picture.above[:1]]:
        known = [(p, figure) for p, figure in picture.series(area.key) if figure.value is not None]
        if known:
            ends = [
                f"{words.period(period, lang)} {texts.label(picture.indicator, figure, lang)}"
                for period, figure in known[:1] + known[1:][-1:]
            ]
            said.append(f"{writing.text(area.name, lang)}: {', '.join(ends)}")
    return ". ".join([head, *said]) + "."


_TOLD = 8
