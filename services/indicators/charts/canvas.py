"""What all charts are put together from: frame, hatching, legend, source line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.contracts.indicators.maps import Pattern
from services.contracts.shared.base import Language
from services.kit.drawing import looks
from services.kit.drawing.looks import GREY, INK, MUTED, TEXT, Spec

PALE = "#9ecae1"


class Segment(NamedTuple):
    """A line from one point to another."""

    x: float
    y: float
    x2: float
    y2: float


def hatching(
    x: float, y: float, width: float, height: float, pattern: Pattern, gap: float = 5
) -> list[Segment]:
    """The lines of a pattern within a rectangle; dots are lines hardly longer than wide."""
    if pattern is Pattern.dots:
        across, down = max(1, int(width // gap)), max(1, int(height // gap))
        return [
            Segment(px - 0.3, py, px + 0.3, py)
            for n in range(across)
            for m in range(down)
            for px, py in [(x + (n + 0.5) * width / across, y + (m + 0.5) * height / down)]
        ]
    rising = []
    offset = gap / 2
    while offset < width + height:
        start, end = max(0.0, offset - height), min(width, offset)
        rising.append(Segment(x + start, y + offset - start, x + end, y + offset - end))
        offset += gap
    if pattern is Pattern.diagonal:
        return rising
    falling = [Segment(2 * x + width - s.x, s.y, 2 * x + width - s.x2, s.y2) for s in rising]
    return rising + falling


@dataclass(frozen=True)
class Frame:
    """A plot of so many pixels with two linear scales; y grows downwards in pixels."""

    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    """The data at the top and at the bottom."""

    def data(self, segments: Iterable[Segment]) -> list[dict[str, float]]:
        """Lines in pixels as data of the two scales."""
        return [
            {
                "x": _round(self._x(line.x)),
                "y": _round(self._y(line.y)),
                "x2": _round(self._x(line.x2)),
                "y2": _round(self._y(line.y2)),
            }
            for line in segments
        ]

    def _x(self, pixel: float) -> float:
        return self.x[0] + pixel / self.width * (self.x[1] - self.x[0])

    def _y(self, pixel: float) -> float:
        return self.y[0] + pixel / self.height * (self.y[1] - self.y[0])


def _round(number: float) -> float:
    return float(f"{number:.7g}")


def layer(values: Sequence[Mapping[str, Any]], mark: Mapping[str, Any], **encoding: Any) -> Spec:
    """Marks of these values."""
    return {"data": {"values": list(values)}, "mark": dict(mark), "encoding": encoding}


def measure(
    field: str,
    domain: tuple[float, float],
    axis: Spec | None = None,
    pixels: tuple[float, float] | None = None,
) -> Spec:
    """A linear scale over exactly this domain; over these pixels, else over all of the plot."""
    scale: Spec = {"domain": list(domain), "nice": False, "zero": False}
    if pixels is not None:
        scale["range"] = list(pixels)
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis, "title": None}


def lines(values: Sequence[Mapping[str, Any]], frame: Frame, colour: str = GREY) -> Spec:
    """Hatching in a frame."""
    return layer(
        values,
        {"type": "rule", "color": colour, "strokeWidth": 1.2, "strokeCap": "round", "aria": False}
        | {"clip": True},
        x=measure("x", frame.x),
        y=measure("y", frame.y),
        x2={"field": "x2"},
        y2={"field": "y2"},
    )


def labels(values: Sequence[Mapping[str, Any]], mark: Spec, **encoding: Any) -> list[Spec]:
    """Texts that can be read on any ground: each stands on its own white outline."""
    said: Spec = {"type": "text", "color": INK, "fontSize": TEXT, **mark}
    outline = {**said, "stroke": "#ffffff", "strokeWidth": 3, "strokeJoin": "round", "aria": False}
    return [layer(values, outline, **encoding), layer(values, said, **encoding)]


class Key(NamedTuple):
    """One line of a legend: a swatch of colour and pattern, or a line; and what it means."""

    label: str
    colour: str | None = None
    pattern: Pattern = Pattern.none
    dash: bool = False


_SWATCH, _GAP, _LINE = 22, 7, 13


def legend(keys: Sequence[Key], width: float) -> Spec:
    """A legend of swatches below one another, their texts wrapped to the width."""
    texts: list[Spec] = []
    boxes: list[Spec] = []
    rules: list[Spec] = []
    hatches: list[Segment] = []
    top = 0.0
    for key in keys:
        rows = wrapped(key.label, width - _SWATCH - _GAP)
        texts.append({"x": _SWATCH + _GAP, "y": top + 1, "label": rows})
        if key.dash or key.colour is None:
            rules.append({"x": 0, "x2": _SWATCH, "y": top + 7, "dash": key.dash})
        else:
            box = {"x": 0, "x2": _SWATCH, "y": top + 1, "y2": top + 13, "colour": key.colour}
            boxes.append(box)
            if key.pattern is not Pattern.none:
                hatches += hatching(0, top + 1, _SWATCH, 12, key.pattern)
        top += _LINE * len(rows) + 5
    frame = Frame(width, top, (0, width), (0, top))
    x, y = measure("x", frame.x), measure("y", (top, 0))
    ends: Spec = {"x2": {"field": "x2"}}
    mark: Spec = {"type": "rect", "stroke": "#7a7a7a", "strokeWidth": 0.6, "aria": False}
    literal = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    parts = [layer(boxes, mark, x=x, y=y, **ends, y2={"field": "y2"}, fill=literal)]
    if hatches:
        drawn = lines(frame.data(hatches), frame)
        drawn["encoding"]["y"] = y
        parts.append(drawn)
    if rules:
        dash = {"condition": {"test": "datum.dash", "value": [4, 3]}, "value": [1, 0]}
        stroke = {"type": "rule", "color": INK, "strokeWidth": 1.4, "aria": False}
        parts.append(layer(rules, stroke, x=x, y=y, **ends, strokeDash=dash))
    said = {"type": "text", "align": "left", "baseline": "top", "color": INK, "fontSize": TEXT}
    parts.append(layer(texts, {**said, "lineHeight": _LINE}, x=x, y=y, text={"field": "label"}))
    return {"width": width, "height": top, "view": {"stroke": None}, "layer": parts}


def text_width(text: str, size: float = TEXT) -> float:
    """About how many pixels a text takes."""
    narrow = sum(letter in "iljtfr.,:;'|()[] I·" for letter in text)
    return size * (0.57 * (len(text) - narrow) + 0.31 * narrow)


def shortened(text: str, width: float, size: float = TEXT) -> str:
    """The text, cut with an ellipsis where it does not fit."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, width: float, size: float = TEXT) -> list[str]:
    """The text in lines that fit."""
    rows: list[str] = [""]
    for part in text.split(" "):
        tried = f"{rows[-1]} {part}".strip()
        if rows[-1] and text_width(tried, size) > width:
            rows.append(part)
        else:
            rows[-1] = tried
    return rows


def chart(
    parts: Sequence[Spec],
    *,
    width: float,
    title: str,
    subtitle: str,
    description: str,
    source: str,
    lang: Language,
    note: str | None = None,
    meta: Mapping[str, Any],
) -> Spec:
    """A whole chart: title, parts below one another, and where the figures come from."""
    said = [*(wrapped(note, width, 9) if note else []), *wrapped(source, width, 9)]
    mark = {"type": "text", "align": "left", "baseline": "top", "color": MUTED, "fontSize": 9}
    foot = layer(
        [{}],
        {**mark, "text": said, "lineHeight": 12},
        x={"value": 0},
        y={"value": 0},
    )
    foot |= {"width": width, "height": 12 * len(said), "view": {"stroke": None}}
    return looks.chart(
        wrapped(title, width, looks.TITLE),
        wrapped(subtitle, width, looks.SUBTITLE),
        description,
        [*parts, foot],
        lang,
        {**meta, "source": source, "note": note},
    )
