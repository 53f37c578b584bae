"""Figures as a JSON-stat 2.0 dataset (json-stat.org/full)."""

import json
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import prod
from typing import Any

from services.indicators.dimensions.rules import attribute_name, dimension_name, total_name
from services.indicators.observations.representations.table import TOTAL, Table, apart
from services.indicators.periods import parse_period

_LABELS = {
    "indicator": {"de": "Indikator", "en": "Indicator", "it": "Indicatore"},
    "area": {"de": "Gebiet", "en": "Area", "it": "Territorio"},
    "period": {"de": "Zeitraum", "en": "Period", "it": "Periodo"},
}


def jsonstat(table: Table) -> bytes:
    """The dataset: dimensions indicator, area, period and those of the breakdowns.

    Every dimension of a breakdown has the category `_T` for its total. Values and states are
    objects by position where that is shorter than a list. A position with neither has no figure;
    one with a status but no value has a figure that says why. The extension `planraum` holds the
    release, the words of the states, and by position the rule that hid a figure.
    """
    axes = _axes(table)
    sizes = [len(codes) for codes in axes.values()]
    positions = _positions(table, axes)
    cells = prod(sizes)
    dense = cells <= 2 * len(table)
    label = "; ".join(table.text(brief["name"]) for brief in table.indicators.values())
    head: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": label,
        "source": "; ".join(_sources(table)),
        "updated": table.released_at,
        "id": list(axes),
        "size": sizes,
        "role": {"metric": ["indicator"], "geo": ["area"], "time": ["period"]},
        "dimension": {
            name: _dimension(table, name, codes) if code is None else _breakdown(table, code, codes)
            for (name, codes), code in zip(
                axes.items(), (None, None, None, *table.dimensions), strict=True
            )
        },
        "status": {
            str(at): status
            for at, status in zip(positions, table.status, strict=True)
            if status != "normal"
        },
        "extension": {"planraum": _extension(table, positions)},
    }
    if not head["updated"]:
        del head["updated"]
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return f'{text[:-1]},"value":{_values(table, positions, cells if dense else None)}}}'.encode()


def _axes(table: Table) -> dict[str, list[str]]:
    """Each dimension's categories, in the order of the positions."""
    axes = {
        "indicator": sorted(set(table.indicator)) or sorted(table.indicators),
        "area": sorted(set(table.area)),
        "period": sorted(set(table.period), key=parse_period),
    }
    for code in table.dimensions:
        found = {given[code] for given in table.attributes.values() if code in given}
        known = [a.code for a in table.labels[code].attributes] if code in table.labels else []
        listed = [attribute for attribute in known if attribute in found]
        axes[apart(code, list(axes))] = [TOTAL, *listed, *sorted(found - set(listed))]
    return axes


def _positions(table: Table, axes: Mapping[str, Sequence[str]]) -> list[int]:
    sizes = [len(codes) for codes in axes.values()]
    steps = list(accumulate(reversed(sizes[1:]), lambda a, b: a * b, initial=1))[::-1]
    places = [
        {code: place * step for place, code in enumerate(codes)}
        for codes, step in zip(axes.values(), steps, strict=True)
    ]
    indicators, areas, periods, *rest = places
    by_breakdown = {
        breakdown: sum(
            places_of[given.get(code, TOTAL)]
            for code, places_of in zip(table.dimensions, rest, strict=True)
        )
        for breakdown, given in table.attributes.items()
    }
    return [
        indicators[i] + areas[a] + periods[p] + by_breakdown[b]
        for i, a, p, b in zip(
            table.indicator, table.area, table.period, table.breakdown, strict=True
        )
    ]


def _values(table: Table, positions: Sequence[int], cells: int | None) -> str:
    if cells is None:
        found = zip(positions, table.value, strict=True)
        return "{" + ",".join(f'"{at}":{value}' for at, value in found if value is not None) + "}"
    values = ["null"] * cells
    for at, value in zip(positions, table.value, strict=True):
        if value is not None:
            values[at] = value
    return "[" + ",".join(values) + "]"


def _dimension(table: Table, name: str, codes: Sequence[str]) -> dict[str, Any]:
    category: dict[str, Any] = {"index": codes}
    if name == "indicator":
        category["label"] = {key: table.of_indicator(key, "name") for key in codes}
        category["unit"] = {
            key: {
                "label": table.of_indicator(key, "unit"),
                "decimals": int(table.indicators[key].get("decimals") or 0),
            }
            for key in codes
        }
    elif name == "area":
        category["label"] = {key: table.name(key) for key in codes}
    else:
        category["label"] = {text: text for text in codes}
    return {"label": table.text(_LABELS[name]), "category": category}


def _breakdown(table: Table, code: str, codes: Sequence[str]) -> dict[str, Any]:
    category: dict[str, Any] = {"index": codes}
    category["label"] = {
        attribute: total_name(table.labels, code, table.lang)
        if attribute == TOTAL
        else attribute_name(table.labels, code, attribute, table.lang)
        for attribute in codes
    }
    children: dict[str, list[str]] = {}
    for attribute in table.labels[code].attributes if code in table.labels else ():
        if attribute.parent in codes and attribute.code in codes:
            children.setdefault(str(attribute.parent), []).append(attribute.code)
    if children:
        category["child"] = children
    return {"label": dimension_name(table.labels, code, table.lang), "category": category}


def _sources(table: Table) -> list[str]:
    found = {
        ", ".join(filter(None, (s["publisher"], s.get("table"), s.get("licence")))): None
        for s in (brief.get("source") for brief in table.indicators.values())
        if s
    }
    return list(found)


def _extension(table: Table, positions: Sequence[int]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "release": table.release,
        "statuses": {
            status: {"marker": words["marker"], "label": table.text(words["label"])}
            for status, words in table.statuses.items()
        },
        "reasons": {str(positions[int(n)]): rule for n, rule in table.reasons.items()},
        "provisional": [positions[n] for n in sorted(table.provisional)],
    }
    if table.territory is not None:
        made["territory"] = table.territory
        made["estimated"] = [positions[n] for n in sorted(table.estimated)]
    if table.basis:
        made["basis"] = {str(positions[int(n)]): basis for n, basis in table.basis.items()}
    if table.gone is not None:
        made["gone"] = [positions[n] for n in sorted(table.gone)]
    return made
