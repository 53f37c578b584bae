"""Tables of figures in other forms: nothing is lost, nothing is added."""

import csv
import io
import json
from decimal import Decimal
from itertools import product
from typing import Any

import jsonstat_validator
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.indicators.values import STATUS_TEXTS, ValueStatus, has_value
from services.indicators.deliveries.rules import canonical_breakdown
from services.indicators.observations.representations import sdmx_csv
from services.indicators.observations.representations.geojson import Shape, geojson
from services.indicators.observations.representations.jsonstat import jsonstat
from services.indicators.observations.representations.sdmx_csv import Style
from services.indicators.observations.representations.table import Table
from services.indicators.observations.shapes import simplified

BRIEF = {
    "name": {"de": "Bevölkerung"},
    "unit": {"de": "Personen"},
    "decimals": 0,
    "source": {"publisher": "Statistikstelle", "table": None, "licence": None},
}
PLACES = st.tuples(
    st.sampled_from(["bevoelkerung", "quote"]),
    st.sampled_from(["jena", "lobeda-west", "winzerla"]),
    st.sampled_from(["2023", "2024", "2024-12-31", "2024-Q1"]),
    st.dictionaries(
        st.sampled_from(["GES", "ALT", "area", "INDICATOR"]), st.sampled_from(["A", "B-1"])
    ).map(canonical_breakdown),
)
NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15
)
CELLS = st.sampled_from(list(ValueStatus)).flatmap(
    lambda status: st.tuples(NUMBERS if has_value(status) else st.none(), st.just(status))
)
FIGURES = st.dictionaries(PLACES, CELLS, max_size=12)


def table_of(figures: dict[Any, Any], **more: Any) -> Table:
    """The table as the statement gives it."""
    rows = sorted(figures.items())
    place = list(zip(*(key for key, _ in rows), strict=True)) or [()] * 4
    body = {
        "release": 3,
        "released_at": "2026-01-15T09:30:00+00:00",
        "indicators": dict.fromkeys(sorted(set(place[0])), BRIEF),
        "areas": {},
        "dimensions": {},
        "statuses": {s: {"marker": t.marker, "label": t.label} for s, t in STATUS_TEXTS.items()},
        "columns": {
            **dict(zip(("indicator", "area", "period", "breakdown"), place, strict=True)),
            "value": [f"<{value}>" if value is not None else None for _, (value, _) in rows],
            "status": [status for _, (_, status) in rows],
        },
        "reasons": {},
        "provisional": [],
        "basis": None,
        "gone": None,
        "territory": None,
        "estimated": None,
        **more,
    }
    text = json.dumps(body).replace('"<', "").replace('>"', "")
    return Table(text[:-1], "de")


@given(FIGURES)
def test_a_dataset_holds_the_figures_and_nothing_else(figures: dict[Any, Any]) -> None:
    body = jsonstat(table_of(figures))
    assert jsonstat_validator.validate_jsonstat(json.loads(body))
    dataset = json.loads(body, parse_float=Decimal, parse_int=Decimal)
    axes = [dataset["dimension"][name]["category"]["index"] for name in dataset["id"]]
    names = [name.rstrip("_") for name in dataset["id"][3:]]
    found = {}
    for at, (indicator, area, period, *rest) in enumerate(product(*axes)):
        values, status = dataset["value"], dataset["status"].get(str(at))
        value = values.get(str(at)) if isinstance(values, dict) else values[at]
        if value is not None or status is not None:
            given = {c: a for c, a in zip(names, rest, strict=True) if a != "_T"}
            place = (indicator, area, period, canonical_breakdown(given))
            found[place] = (value, status or "normal")
    assert found == figures


@given(FIGURES, st.sampled_from(["id", "name", "both"]), st.sampled_from(["none", "both"]))
def test_a_message_holds_the_figures_and_nothing_else(
    figures: dict[Any, Any], labels: Any, keys: Any
) -> None:
    table, style = table_of(figures), Style(labels=labels, keys=keys)
    dimensions = list(table.dimensions)
    text = sdmx_csv.header(table.labels, "de", dimensions, style)
    text += sdmx_csv.records(table, dimensions, style)
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert len(set(head)) == len(head)
    assert {len(row) for row in rows} <= {len(head)}
    short = [name.partition(": ")[0] for name in head]
    found = {}
    for row in rows:
        cells = dict(zip(short, (cell.partition(": ")[0] for cell in row), strict=True))
        columns = {code: "INDICATOR_" if code == "INDICATOR" else code for code in dimensions}
        given = {c: cells[name] for c, name in columns.items() if cells[name] != "_T"}
        place = (cells["INDICATOR"], cells["REF_AREA"], cells["TIME_PERIOD"])
        value = None if cells["OBS_VALUE"] == "NaN" else Decimal(cells["OBS_VALUE"])
        found[(*place, canonical_breakdown(given))] = (value, cells["STATUS"])
    assert found == figures


@given(FIGURES)
def test_a_map_holds_the_figures_of_each_area(figures: dict[Any, Any]) -> None:
    shapes = {"jena": Shape('{"type":"Point","coordinates":[11.6,50.9]}', True)}
    body = geojson(table_of(figures), shapes)
    told = json.loads(body, parse_float=Decimal, parse_int=Decimal)
    found = {}
    for feature in told["features"]:
        properties = feature["properties"]
        assert (feature["geometry"] is not None) is (feature["id"] == "jena")
        for one in properties.get("figures", [properties]):
            breakdown = canonical_breakdown(one["breakdown"])
            place = (one["indicator"], properties["area"], one["period"], breakdown)
            found[place] = (one["value"], one["status"])
    assert found == figures


@pytest.mark.parametrize(("rule", "code"), [("threshold:3", "C"), ("secondary", "D"), ("", "C")])
def test_a_hidden_figure_says_whether_for_itself_or_for_another(rule: str, code: str) -> None:
    place = ("bevoelkerung", "jena", "2024", "")
    table = table_of({place: (None, ValueStatus.confidential)}, reasons={"0": rule})
    (row,) = csv.reader(io.StringIO(sdmx_csv.records(table, [], Style())))
    assert ["Q", code] == row[7:9]
    assert row[-2] == rule


def test_a_dense_table_is_a_list_and_a_thin_one_names_positions() -> None:
    cell = (Decimal(7), ValueStatus.normal)
    dense = {("bevoelkerung", area, "2024", ""): cell for area in ("a", "b", "c")}
    assert json.loads(jsonstat(table_of(dense)))["value"] == [7, 7, 7]
    thin = {("bevoelkerung", f"area-{n}", f"20{n:02}", ""): cell for n in range(9)}
    assert json.loads(jsonstat(table_of(thin)))["value"] == {str(10 * n): 7 for n in range(9)}


def test_neighbours_still_share_their_border_when_simplified() -> None:
    wiggle = [[0.001 * (n % 2), n / 50] for n in range(51)]
    left = [[-1, 0], *wiggle, [-1, 1], [-1, 0]]
    right = [[1, 0], [1, 1], *reversed(wiggle), [1, 0]]
    texts = [json.dumps({"type": "Polygon", "coordinates": [ring]}) for ring in (left, right)]
    point = json.dumps({"type": "Point", "coordinates": [0.5, 0.5]})
    *made, same = simplified([*texts, point], 2000)
    one, other = shapely.from_geojson(made)
    assert shapely.get_num_coordinates(one) < 10
    assert one.intersection(other).area == 0
    assert one.union(other).area == pytest.approx(2, abs=1e-4)
    assert json.loads(same) == json.loads(point)
    assert simplified([], None) == []
