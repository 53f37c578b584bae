"""Figures on the map: a GeoJSON FeatureCollection (RFC 7946)."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from services.indicators.deliveries.rules import attributes_of
from services.indicators.observations.representations.table import Table


class Shape(NamedTuple):
    """The shape of an area as GeoJSON text, None for none; schematic is a drawn tile."""

    geometry: str | None
    schematic: bool


def geojson(table: Table, shapes: Mapping[str, Shape]) -> bytes:
    """A feature for each area, with all its figures.

    Where an area has one figure alone, its value, status and reason stand in the properties
    themselves, ready to be coloured.
    """
    figures: dict[str, list[str]] = {area: [] for area in sorted(set(table.area))}
    for n, area in enumerate(table.area):
        figure: dict[str, Any] = {
            "indicator": table.indicator[n],
            "period": table.period[n],
            "breakdown": attributes_of(table.breakdown[n]),
            "status": table.status[n],
            "reason": table.reasons.get(str(n)),
            "provisional": n in table.provisional,
        }
        if table.gone is not None:
            figure["gone"] = n in table.gone
        # The digits of the value as they were delivered: a float would be another number.
        figures[area].append(f'{_json(figure)[:-1]},"value":{table.value[n] or "null"}}}')
    alone = all(len(found) == 1 for found in figures.values())
    features = []
    for area, found in figures.items():
        shape = shapes.get(area, Shape(None, False))
        about = {
            "area": area,
            "name": table.name(area),
            "geometry_is_schematic": shape.schematic,
        }
        told = found[0][1:-1] if alone else f'"figures":[{",".join(found)}]'
        features.append(
            f'{{"type":"Feature","id":"{area}","geometry":{shape.geometry or "null"},'
            f'"properties":{_json(about)[:-1]},{told}}}}}'
        )
    indicators = {
        key: {"name": table.of_indicator(key, "name"), "unit": table.of_indicator(key, "unit")}
        for key in table.indicators
    }
    statuses = {
        status: {"marker": words["marker"], "label": table.text(words["label"])}
        for status, words in table.statuses.items()
    }
    head = {
        "release": table.release,
        "released_at": table.released_at,
        "indicators": indicators,
        "statuses": statuses,
    }
    return (
        f'{{"type":"FeatureCollection",{_json(head)[1:-1]},"features":[{",".join(features)}]}}'
    ).encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
