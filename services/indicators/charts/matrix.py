"""Areas by two classifications at once, such as status and dynamics (Indexmatrix)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from services.contracts.indicators.maps import Pattern
from services.contracts.shared.base import Language
from services.indicators.charts import canvas
from services.indicators.charts.canvas import Frame, Key
from services.kit.drawing import looks
from services.kit.drawing.looks import Spec

WIDTH, _SIDE, _TOP, _LINE, _TEXT = 640, 130, 34, 13, 10
_LOWEST, _MOST = 46, 14
_WORDS: Mapping[Language, tuple[str, str]] = {
    "de": ("{n} weitere", "ohne Zuordnung, weil ein Wert fehlt: {names}"),
    "en": ("{n} more", "in no class, because a value is missing: {names}"),
    "it": ("{n} altre", "senza classe, perché manca un valore: {names}"),
}


class Side(NamedTuple):
    """One of the two classifications: its name, the labels of its classes, their colours."""

    name: str
    labels: Sequence[str]
    colours: Sequence[str] = ()


def matrix(
    rows: Side,
    columns: Side,
    areas: Sequence[tuple[str, int | None, int | None]],
    lang: Language,
) -> list[Spec]:
    """The names of areas in the cell of their classes (counted from 1), with their number.

    The colour is that of the row; areas without one of the two classes are listed below.
    """
    width = (WIDTH - _SIDE) / len(columns.labels)
    cells: dict[tuple[int, int], list[str]] = {}
    outside = []
    for name, row, column in areas:
        if row is None or column is None:
            outside.append(name)
        else:
            cells.setdefault((row, column), []).append(name)
    heights = []
    written: dict[tuple[int, int], list[str]] = {}
    for row in range(1, len(rows.labels) + 1):
        for column in range(1, len(columns.labels) + 1):
            written[row, column] = _names(cells.get((row, column), []), width - 16, lang)
        most = max(len(written[row, column]) for column in range(1, len(columns.labels) + 1))
        heights.append(max(_LOWEST, most * _LINE + 30))
    boxes, numbers, names, heads = [], [], [], []
    top = float(_TOP)
    for row, height in enumerate(heights, 1):
        for column in range(1, len(columns.labels) + 1):
            left = _SIDE + (column - 1) * width
            count = len(cells.get((row, column), []))
            boxes.append(
                {
                    "x": left,
                    "x2": left + width,
                    "y": top,
                    "y2": top + height,
                    "row": rows.labels[row - 1],
                    "column": columns.labels[column - 1],
                    "count": count,
                    "colour": _pale(rows.colours[row - 1]) if count else "#ffffff",
                }
            )
            if count:
                numbers.append({"x": left + 8, "y": top + 6, "label": str(count)})
                told = {"x": left + 8, "y": top + 23, "label": written[row, column]}
                names.append(told)
        label = canvas.wrapped(rows.labels[row - 1], _SIDE - 14)
        heads.append({"x": 0, "y": top + 6, "label": label})
        top += height
    tops = [
        {
            "x": _SIDE + n * width + 8,
            "y": _TOP - 18,
            "label": canvas.shortened(label, width - 10),
        }
        for n, label in enumerate(columns.labels)
    ]
    sides = [
        {"x": 0, "y": _TOP - 18, "label": canvas.shortened(rows.name, _SIDE - 10)},
        {"x": _SIDE + 8, "y": 0, "label": columns.name},
    ]
    frame = Frame(WIDTH, top, (0, WIDTH), (0, top))
    x, y = canvas.measure("x", frame.x), canvas.measure("y", (top, 0))
    literal = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    ends: Spec = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    edge: Spec = {"type": "rect", "stroke": "#b0b0b0", "strokeWidth": 0.8, "tooltip": True}
    said: Spec = {"type": "text", "align": "left", "baseline": "top", "color": looks.INK}
    text = {"field": "label"}
    layers = [canvas.layer(boxes, edge, x=x, y=y, **ends, fill=literal)]
    for values, size, weight, colour in (
        (heads, 11, "normal", looks.INK),
        (tops, 11, "normal", looks.INK),
        (sides, 11, "bold", looks.MUTED),
        (numbers, 12, "bold", looks.INK),
        (names, _TEXT, "normal", looks.INK),
    ):
        style = {"fontSize": size, "fontWeight": weight, "color": colour, "lineHeight": _LINE}
        layers.append(canvas.layer(values, {**said, **style}, x=x, y=y, text=text))
    plot: Spec = {"width": WIDTH, "height": top, "view": {"stroke": None}, "layer": layers}
    if not outside:
        return [plot]
    missing = _WORDS[lang][1].format(names=", ".join(outside))
    return [plot, canvas.legend([Key(missing, "#ffffff", Pattern.diagonal)], WIDTH)]


def _names(names: Sequence[str], width: float, lang: Language) -> list[str]:
    shown = [canvas.shortened(name, width, _TEXT) for name in sorted(names)]
    if len(shown) <= _MOST:
        return shown
    return [*shown[: _MOST - 1], _WORDS[lang][0].format(n=len(shown) - _MOST + 1)]


def described(
    rows: Side, columns: Side, areas: Sequence[tuple[str, int | None, int | None]]
) -> list[str]:
    """How many areas are in each cell that holds any, in words."""
    said = []
    for row, first in enumerate(rows.labels, 1):
        for column, second in enumerate(columns.labels, 1):
            inside: list[Any] = [name for name, r, c in areas if (r, c) == (row, column)]
            if inside:
                said.append(f"{first} / {second}: {len(inside)}")
    return said


def _pale(colour: str) -> str:
    """Half of the colour, half white: names stay readable on it."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{(part + 255) // 2:02x}" for part in parts)
