"""A map from the surveyor's office."""

from typing import Any

import pytest

from tests.integration.indicators.territory import TILE, settle
from tests.support.towns import Door

HOLE = [[11.59, 50.89], [11.6, 50.89], [11.6, 50.895], [11.59, 50.89]]


def feature(key: str, geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": 7,
        "geometry": geometry,
        "properties": {"key": key, "name": key.title(), "the_geom": "0106", **properties},
    }


def collection(*features: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "name": "statbez", "features": list(features), **more}


async def test_a_map_brings_new_areas_and_shapes_for_known_ones(indicators: Door) -> None:
    await settle(indicators)
    drawn = {"geometry": TILE, "geometry_is_schematic": True}
    await indicators.patch("/areas/winzerla", drawn, 1)
    real = {"type": "Polygon", "coordinates": [TILE["coordinates"][0], HOLE]}
    sent = collection(
        feature("winzerla", real),
        feature("zentrum", TILE, parent="jena", codes={"statbez": "01"}, valid_from="2000-01-01"),
        feature("lobeda-west", name={"de": "Lobeda West"}),
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
    )
    address = "/areas/import?level=statistischer-bezirk"
    answer = await indicators.as_("planner").post(address, sent)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "created": ["zentrum"],
        "changed": ["winzerla", "lobeda-west"],
        "unchanged": [],
    }
    winzerla = (await indicators.get("/areas/winzerla")).json()
    turned = [TILE["coordinates"][0], HOLE[::-1]]
    assert winzerla["geometry"] == {"type": "Polygon", "coordinates": turned}
    assert winzerla["geometry_is_schematic"] is False
    assert (winzerla["parent"], winzerla["codes"]) == ("jena", {"statbez": "18"})
    again = (await indicators.post(address, sent)).json()
    assert again["unchanged"] == ["winzerla", "zentrum", "lobeda-west"]


async def test_a_map_of_a_new_territory_follows_the_old_one(indicators: Door) -> None:
    await settle(indicators)
    sent = collection(feature("jena", TILE), feature("jena-paradies", TILE, level="kreis"))
    answer = await indicators.post("/areas/import?valid_from=2025-01-01", sent)
    assert (answer.json()["created"], answer.json()["changed"]) == (["jena-paradies"], ["jena"])
    versions = (await indicators.get("/areas/jena/versions")).json()
    assert [(v["valid_from"], v["valid_to"]) for v in versions] == [
        ("1990-01-01", "2025-01-01"),
        ("2025-01-01", None),
    ]
    assert versions[0]["geometry"] is None
    assert (versions[1]["geometry"], versions[1]["parent"]) == (TILE, "thueringen")


async def test_what_was_exported_can_be_imported(indicators: Door) -> None:
    await settle(indicators)
    exported = (await indicators.get("/areas?format=geojson&on=2020-01-01")).json()
    answer = await indicators.post("/areas/import", exported)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["unchanged"]) == 7


OPEN = {"type": "Polygon", "coordinates": [TILE["coordinates"][0][:-1]]}
BOW = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        (feature("new", OPEN), "/features/1/geometry/coordinates/0/3"),
        (
            feature("new", {"type": "MultiPolygon", "coordinates": [[[*BOW[:3], [0, 500]]]]}),
            "/features/1/geometry/coordinates/0/0/3/1",
        ),
        (feature("new", {"type": "Polygon"}), "/features/1/geometry/coordinates"),
        (feature("Not A Key"), "/features/1/properties/key"),
        (feature("winzerla"), "/features/1/properties/key"),
        (feature("new", parent="nowhere"), "/features/1/properties/parent"),
        (feature("new", parent="lobeda-west"), "/features/1/properties/parent"),
        (feature("new", level="nowhere"), "/features/1/properties/level"),
        (feature("jena", level="land"), "/features/1/properties/level"),
        (feature("new", valid_to="1980-01-01"), "/features/1/properties/valid_from"),
        (feature("jena", valid_from="1980-01-01"), "/features/1/properties/valid_from"),
        ({"type": "Feature", "geometry": None}, "/features/1/properties"),
    ],
)
async def test_one_fault_refuses_the_whole_map(
    indicators: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await settle(indicators)
    sent = collection(feature("winzerla", TILE), wrong)
    address = "/areas/import?level=statistischer-bezirk&valid_from=1990-01-01"
    refused = await indicators.post(address, sent)
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await indicators.get("/areas/winzerla")).json()["has_geometry"] is False
    assert (await indicators.get("/areas/new")).status_code == 404


async def test_a_new_area_needs_a_level_and_a_first_day(indicators: Door) -> None:
    await settle(indicators)
    refused = await indicators.post("/areas/import?level=kreis", collection(feature("new")))
    assert refused.json()["errors"][0]["pointer"] == "/features/0/properties/valid_from"
    refused = await indicators.post(
        "/areas/import?valid_from=2020-01-01", collection(feature("new"))
    )
    assert refused.json()["errors"][0]["pointer"] == "/features/0/properties/level"
