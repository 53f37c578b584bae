"""The shape of an area is sound before it is stored, and its faults are pointed at."""

import json
from itertools import pairwise
from math import cos, inf, nan, pi, sin
from pathlib import Path
from typing import Any

import pytest
from geojson_pydantic import MultiPolygon, Point, Polygon
from hypothesis import given
from hypothesis import strategies as st

from services.indicators.areas.rules import MOST_PROBLEMS, checked_geometry, crs_problem

MAPS = Path(__file__).parents[4] / "shared" / "data" / "indicators"
SQUARE: list[Any] = [[11, 50], [12, 50], [12, 51], [11, 51], [11, 50]]
HOLE: list[Any] = [[11.2, 50.2], [11.4, 50.2], [11.4, 50.4], [11.2, 50.4], [11.2, 50.2]]
DEEP: Any = [11, 50]
for _ in range(500):
    DEEP = [DEEP]


def polygon(*rings: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings), **more}


def area_of(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


@pytest.mark.parametrize("hole", [HOLE, HOLE[::-1]])
@pytest.mark.parametrize("outer", [SQUARE, SQUARE[::-1]])
def test_rings_are_turned_as_the_standard_wants(outer: Any, hole: Any) -> None:
    geometry, problems = checked_geometry(polygon(outer, hole))
    assert problems == ()
    assert geometry is not None
    shell, inner = geometry["coordinates"]
    assert area_of(shell) > 0 > area_of(inner)
    Polygon.model_validate(geometry)


def test_points_and_several_polygons_are_accepted_and_heights_dropped() -> None:
    point = checked_geometry({"type": "Point", "coordinates": (11.58, 50.93, 148.0)})
    assert point.geometry == {"type": "Point", "coordinates": [11.58, 50.93]}
    Point.model_validate(point.geometry)
    several = checked_geometry({"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]})
    assert several.problems == ()
    MultiPolygon.model_validate(several.geometry)


def ring_with(position: Any, at: int = 2) -> list[Any]:
    return [*SQUARE[:at], position, *SQUARE[at + 1 :]]


@pytest.mark.parametrize(
    ("geometry", "pointer"),
    [
        (None, ""),
        ([], ""),
        ({}, "/type"),
        ({"type": "LineString", "coordinates": [[1, 2], [2, 3]]}, "/type"),
        ({"type": "GeometryCollection", "geometries": []}, "/geometries"),
        ({"type": "Point", "coordinates": []}, "/coordinates"),
        ({"type": "Point", "coordinates": "11,50"}, "/coordinates"),
        ({"type": "Point", "coordinates": [11]}, "/coordinates"),
        ({"type": "Point", "coordinates": [1, 2, 3, 4]}, "/coordinates"),
        ({"type": "Point", "coordinates": [True, 50]}, "/coordinates/0"),
        ({"type": "Point", "coordinates": ["11", 50]}, "/coordinates/0"),
        ({"type": "Point", "coordinates": [nan, 50]}, "/coordinates/0"),
        ({"type": "Point", "coordinates": [11, inf]}, "/coordinates/1"),
        ({"type": "Point", "coordinates": [11, 50, 10**400]}, "/coordinates/2"),
        ({"type": "Point", "coordinates": [10**400, 50]}, "/coordinates/0"),
        ({"type": "Point", "coordinates": [181, 50]}, "/coordinates/0"),
        ({"type": "Point", "coordinates": [11, -91]}, "/coordinates/1"),
        ({"type": "Point", "coordinates": [681000, 5645000]}, "/coordinates/0"),
        ({"type": "Point", "coordinates": DEEP}, "/coordinates"),
        (polygon(), "/coordinates"),
        (polygon([]), "/coordinates/0"),
        (polygon(DEEP), "/coordinates/0/0"),
        (polygon(SQUARE[:3]), "/coordinates/0"),
        (polygon(SQUARE[:4]), "/coordinates/0/3"),
        (polygon(SQUARE, HOLE[:4]), "/coordinates/1/3"),
        (polygon(ring_with([12, 95])), "/coordinates/0/2/1"),
        (polygon(ring_with(None)), "/coordinates/0/2"),
        (polygon([[11, 50], [12, 51], [13, 52], [11, 50]]), "/coordinates/0"),
        (polygon([[11, 50]] * 5), "/coordinates/0"),
        (polygon([[11, 50], [12, 51], [12, 50], [11, 51], [11, 50]]), "/coordinates/0"),
        (polygon([[11, 50], [12, 51], [12, 50], [11, 52], [11, 50]]), "/coordinates/0/2"),
        (polygon(SQUARE, crs={"type": "name", "properties": {"name": "EPSG:25832"}}), "/crs"),
        (polygon(SQUARE, crs={"type": "link"}), "/crs"),
        (polygon(SQUARE, properties={}), "/properties"),
        (polygon(SQUARE, **{"a/b~": 1}), "/a~1b~0"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE[:4]]]}, "/coordinates/1/0/3"),
        (polygon([SQUARE[0]] * 100_001), "/coordinates/0"),
    ],
)
def test_a_fault_is_refused_and_pointed_at(geometry: Any, pointer: str) -> None:
    checked = checked_geometry(geometry)
    assert checked.geometry is None
    assert checked.problems[0].pointer == f"/geometry{pointer}"
    assert len(checked.problems) <= MOST_PROBLEMS


def test_every_fault_is_told_up_to_a_limit() -> None:
    two = checked_geometry(polygon(ring_with([1, 99]), SQUARE[:4]))
    assert [p.pointer for p in two.problems] == [
        "/geometry/coordinates/0/2/1",
        "/geometry/coordinates/1/3",
    ]
    assert len(checked_geometry(polygon([[999, 0]] * 500)).problems) == MOST_PROBLEMS


@pytest.mark.parametrize(
    "ring",
    [
        [[0, 0], [4, 0], [4, 4], [2, 4], [2, 6], [2, 4], [0, 4], [0, 0]],
        [[0, 0], [4, 0], [2, 2], [4, 4], [0, 4], [2, 2], [0, 0]],
        [[0, 0], [4, 0], [4, 4], [2, 0], [0, 4], [0, 0]],
        [[0, 0], [4, 0], [4, 4], [3, 4], [3, -1], [1, -1], [1, 4], [0, 4], [0, 0]],
    ],
    ids=["spike", "touching corner", "corner on an edge", "crossing"],
)
def test_a_ring_that_meets_itself_is_refused(ring: Any) -> None:
    assert checked_geometry(polygon(ring)).geometry is None


def test_repeated_positions_and_straight_corners_do_no_harm() -> None:
    ring = [[11, 50], [11.5, 50], [12, 50], [12, 50], [12, 51], [11, 51], [11, 50]]
    assert checked_geometry(polygon(ring)).problems == ()


def test_a_ring_made_to_exhaust_the_check_is_refused() -> None:
    teeth: list[list[float]] = []
    for n in range(2000):
        teeth += [[0.0, n / 100], [60.0, n / 100 + 0.005]]
    ring = [*teeth, [-1.0, 20.0], [-1.0, -1.0], teeth[0]]
    (problem,) = checked_geometry(polygon(ring)).problems
    assert "intricate" in problem.detail


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("urn:ogc:def:crs:EPSG::4326", True),
        ("EPSG:4326", True),
        ("EPSG:25832", False),
        ("", False),
    ],
)
def test_only_wgs84_is_spoken(name: str, known: bool) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert (crs_problem(crs, "/crs") is None) == known


@given(
    st.lists(st.floats(0.1, 1), min_size=3, max_size=40),
    st.booleans(),
)
def test_every_star_shaped_area_is_accepted(radii: list[float], reverse: bool) -> None:
    angles = [2 * pi * n / len(radii) for n in range(len(radii))]
    ring = [[11 + r * cos(a), 50 + r * sin(a)] for r, a in zip(radii, angles, strict=True)]
    ring.append(ring[0])
    checked = checked_geometry(polygon(ring[::-1] if reverse else ring))
    assert checked.problems == ()
    assert checked.geometry is not None
    assert checked_geometry(checked.geometry) == checked


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner),
)


@given(st.sampled_from(["Point", "Polygon", "MultiPolygon"]), JSON)
def test_any_document_is_checked_without_breaking(kind: str, coordinates: Any) -> None:
    checked = checked_geometry({"type": kind, "coordinates": coordinates})
    assert (checked.geometry is None) == bool(checked.problems)


@pytest.mark.parametrize(
    "name",
    [
        "jena/ortsteile",
        "jena/statbez",
        "geo/berlin-lor-districts",
        "geo/berlin-lor-planning-areas-until-2020",
    ],
)
def test_the_maps_of_real_towns_are_sound(name: str) -> None:
    document = json.loads((MAPS / f"{name}.geojson").read_text())
    assert crs_problem(document.get("crs"), "/crs") is None
    for feature in document["features"]:
        assert checked_geometry(feature["geometry"]).problems == ()
