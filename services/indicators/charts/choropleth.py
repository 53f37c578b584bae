"""Areas coloured by class (Choroplethenkarte)."""

from collections.abc import Iterator, Mapping
from math import cos, radians
from typing import Any

from pydantic_core import from_json

from services.contracts.indicators.maps import Pattern
from services.contracts.shared.base import Language
from services.indicators.analyses import texts
from services.indicators.analyses.pictures import Picture
from services.indicators.charts import canvas
from services.indicators.charts.canvas import Key
from services.indicators.maps.rules import Drawing
from services.indicators.maps.shapes import Shapes
from services.kit import writing
from services.kit.drawing.looks import Spec

WIDTH, MAP, HIGHEST, _BESIDE = 640, 430, 520, 20
_LINE = "#6b6b6b"
_LABELLED = 0.3
VALUES, NUMBERS = 10, 7
"""Sizes of what stands on areas."""
_BORDER = {"stroke": "#4d4d4d", "strokeWidth": 0.6}


def choropleth(picture: Picture, drawn: Drawing, shapes: Shapes, lang: Language) -> list[Spec]:
    """The map with its legend beside it.

    On the areas stand their values, with their names where they fit; where they are too many for
    that, the numbers of their classes, so that colour alone tells nothing.
    """
    import shapely

    places = [area for area in picture.areas if area.version in shapes]
    parsed = [shapely.from_geojson(shapes[area.version].decode()) for area in places]
    west, south, east, north = shapely.total_bounds(parsed)
    shrink = cos(radians((south + north) / 2))
    wide, high = (east - west) * shrink or 1e-6, north - south or 1e-6
    pixel = max(wide / MAP, high / HIGHEST)
    width, height = round(wide / pixel), round(high / pixel)
    features: list[dict[str, Any]] = []
    hatches: list[dict[str, Any]] = []
    said: dict[int, list[dict[str, Any]]] = {VALUES: [], NUMBERS: []}
    for area, shape in zip(places, parsed, strict=True):
        figure = picture.figure(area.key)
        line, label = drawn.entry(area.key, figure), texts.label(picture.indicator, figure, lang)
        features.append(
            {
                "type": "Feature",
                "id": area.key,
                "geometry": _clockwise(shape),
                "properties": {
                    "name": writing.text(area.name, lang),
                    "value": figure.value,
                    "status": figure.status,
                    "label": label,
                    "number": line["number"],
                    "colour": line["colour"],
                },
            }
        )
        if line["pattern"] is not Pattern.none:
            hatches.append(_hatched(shape, line["pattern"], pixel, shrink))
        told = [writing.text(area.name, lang), label.replace("\u00a0%", "")]
        number = line["number"] or label
        look = {"colour": readable_on(line["colour"]), "sign": figure.value is None}
        for size, lines in ((VALUES, told), (NUMBERS, [str(number)])):
            if (place := _label(shape, lines, size, pixel, shrink)) is not None:
                said[size].append({**place, **look})
    # A few values only would look like a choice.
    size = VALUES if len(said[VALUES]) >= len(places) * _LABELLED else NUMBERS
    parts = _parts(features, hatches, said[size], size)
    plot = {
        "width": width,
        "height": height,
        "projection": {"type": "mercator"},
        "layer": parts,
    }
    keys = [
        Key(
            (f"{entry['number']} = " if size == NUMBERS and entry["number"] else "")
            + f"{entry['label']}  ({entry['count']})",
            entry["colour"],
            entry["pattern"],
        )
        for entry in drawn.legend
    ]
    room = WIDTH - width - _BESIDE
    return [{"hconcat": [plot, canvas.legend(keys, room)], "spacing": _BESIDE}]


def _parts(
    features: list[dict[str, Any]],
    hatches: list[dict[str, Any]],
    labels: list[dict[str, Any]],
    size: int,
) -> list[Spec]:
    literal = {"field": "properties.colour", "type": "nominal", "scale": None, "legend": None}
    parts = [
        canvas.layer(
            features,
            {"type": "geoshape", **_BORDER},
            fill=literal,
            tooltip=[
                {"field": "properties.name", "type": "nominal"},
                {"field": "properties.label", "type": "nominal"},
            ],
        )
    ]
    if hatches:
        mark = {"type": "geoshape", "filled": False, "stroke": _LINE, "strokeWidth": 1.1}
        parts.append(canvas.layer(hatches, {**mark, "strokeCap": "round", "aria": False}))
    if labels:
        where: Spec = {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "label"},
        }
        said: Spec = {"type": "text", "fontSize": size, "baseline": "middle"}
        said["lineHeight"] = size + 2
        halo = {**said, "stroke": "#ffffff", "strokeWidth": 3, "aria": False}
        signs = [label for label in labels if label["sign"]]
        if signs:
            parts.append(canvas.layer(signs, halo, **where))
        parts.append(canvas.layer(labels, said, **where, color={**literal, "field": "colour"}))
    return parts


def _clockwise(shape: Any) -> Mapping[str, Any]:
    """As the drawing library reads rings: the inside lies to the right, unlike in RFC 7946."""
    import shapely

    turned: dict[str, Any] = from_json(
        shapely.to_geojson(shapely.orient_polygons(shape, exterior_cw=True))
    )
    return turned


def _hatched(shape: Any, pattern: Pattern, pixel: float, shrink: float) -> dict[str, Any]:
    """The lines of the pattern inside of the shape."""
    import shapely

    whole = shapely.make_valid(shape)
    west, south, east, north = whole.bounds
    wide, high = (east - west) * shrink / pixel, (north - south) / pixel
    segments = canvas.hatching(0, 0, wide, high, pattern, 6)
    drawn = shapely.multilinestrings(
        [
            [
                (west + x * pixel / shrink, north - y * pixel)
                for x, y in ((line.x, line.y), (line.x2, line.y2))
            ]
            for line in segments
        ]
    )
    inside: dict[str, Any] = from_json(shapely.to_geojson(shapely.intersection(drawn, whole)))
    return {"type": "Feature", "geometry": inside}


def _label(
    shape: Any, told: list[str], size: int, pixel: float, shrink: float
) -> dict[str, Any] | None:
    """Where all lines stand inside of the shape, or the last alone; None if neither fits."""
    import shapely

    flat = shapely.transform(shapely.make_valid(shape), lambda p: p * [shrink / pixel, 1 / pixel])
    if flat.area < size * size / 2:
        return None
    middles = list(_middles(flat))
    for lines in (told, told[-1:]):
        half = max(canvas.text_width(line, size) for line in lines) / 2 + 1
        high = (size + 2) * len(lines) / 2
        for middle in middles:
            box = shapely.box(middle.x - half, middle.y - high, middle.x + half, middle.y + high)
            if shapely.covers(flat, box):
                return {"x": middle.x * pixel / shrink, "y": middle.y * pixel, "label": lines}
    return None


def _middles(flat: Any) -> Iterator[Any]:
    """Where a text may stand: in the middle, or else where there is most room."""
    import shapely

    yield shapely.centroid(flat)
    yield shapely.get_point(shapely.maximum_inscribed_circle(flat, tolerance=1), 0)


def readable_on(colour: str) -> str:
    """White or black, whichever is read better on it: always 4.5 to 1 or better (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"
