"""Maps as the portals of towns publish them, taken as they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.indicators.territory import TILE, area, settle
from tests.integration.indicators.test_imports import collection
from tests.support.towns import Door

FROM = "valid_from=1990-01-01"
STATBEZ = f"level=statistischer-bezirk&parent=jena&{FROM}&name_property=statbez_name"
NUMBERED = f"{STATBEZ}&code_property=id&code_scheme=statbez"


def portal(number: int, name: str | None, **more: Any) -> dict[str, Any]:
    properties = {"id": number, "gid": number, "the_geom": "0103000020E8", "statbez_name": name}
    return {"type": "Feature", "geometry": TILE, "properties": {**properties, **more}}


async def level(door: Door, key: str, position: int) -> None:
    new = {"key": key, "name": {"de": key.title()}, "position": position}
    await door.made("/area-levels", new)


async def imported(door: Door, query: str, file: Any) -> dict[str, Any]:
    answer = await door.post(f"/areas/import?{query}", file)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("name", "query", "many", "example", "dropped"),
    [
        (
            "jena/statbez",
            {
                "key_property": "statbez_name",
                "name_property": "statbez_name",
                "code_property": "id",
                "code_scheme": "quartier",
            },
            41,
            ("beutenberg-winzerlaer-strasse", "Beutenberg / Winzerlaer Straße", "12"),
            {"gid", "the_geom"},
        ),
        (
            "jena/ortsteile",
            {
                "key_property": "name",
                "name_property": "name",
                "code_property": "id",
                "code_scheme": "quartier",
            },
            30,
            ("kernberge", "Kernberge", "30"),
            {"gid", "the_geom"},
        ),
        (
            "geo/berlin-lor-districts",
            {
                "key_property": "name",
                "name_property": "name",
                "code_property": "id",
                "code_scheme": "quartier",
            },
            12,
            ("reinickendorf", "Reinickendorf", "12"),
            {"gml_id", "area", "bounding_box"},
        ),
        (
            "geo/berlin-lor-district-regions-until-2020",
            {
                "key_property": "name",
                "name_property": "name",
                "code_property": "id",
                "code_scheme": "quartier",
            },
            138,
            ("tiergarten-sued", "Tiergarten Süd", "010111"),
            {"area", "bounding_box"},
        ),
    ],
)
async def test_the_maps_of_real_portals_are_proposed_and_taken_as_they_are(
    indicators: Door,
    shared_data: Path,
    name: str,
    query: dict[str, str],
    many: int,
    example: tuple[str, str, str],
    dropped: set[str],
) -> None:
    await level(indicators, "quartier", 5)
    file = json.loads((shared_data / f"indicators/{name}.geojson").read_text())
    refused = await indicators.post("/areas/import?level=quartier", file)
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["parameter"] == "key_property"
    assert f"name_property={query['name_property']}" in error["detail"]
    answer = await indicators.post("/areas/import/proposals?level=quartier", file)
    assert answer.status_code == 200, answer.text
    proposed = answer.json()
    assert proposed["parameters"] == query
    assert {p["name"] for p in proposed["properties"] if not p["roles"]} == dropped
    first = proposed["areas"][0]
    assert (first["key"], first["name"], first["code"], first["is_known"]) == (*example, False)
    sent = {**query, "level": "quartier", "valid_from": "1990-01-01"}
    made = await imported(indicators, "&".join(f"{k}={v}" for k, v in sent.items()), file)
    assert (len(made["created"]), made["changed"]) == (many, [])
    found = (await indicators.get(f"/areas/{example[0]}")).json()
    assert (found["name"], found["codes"]) == ({"de": example[1]}, {"quartier": example[2]})
    given = next(f for f in file["features"] if str(f["properties"]["id"]) == example[2])
    assert found["geometry"]["type"] == given["geometry"]["type"]
    again = await imported(indicators, "&".join(f"{k}={v}" for k, v in sent.items()), file)
    assert len(again["unchanged"]) == many


async def test_a_number_that_stands_in_a_real_map_twice_is_named(
    indicators: Door, shared_data: Path
) -> None:
    await level(indicators, "planungsraum", 5)
    path = shared_data / "indicators/geo/berlin-lor-planning-areas-until-2020.geojson"
    file = json.loads(path.read_text())
    answer = await indicators.post("/areas/import/proposals?level=planungsraum", file)
    assert answer.json()["parameters"]["key_property"] == "id", "names repeat in Berlin"
    query = f"level=planungsraum&{FROM}&key_property=id&name_property=name"
    refused = await indicators.post(f"/areas/import?{query}", file)
    (error,) = refused.json()["errors"]
    twins = [n for n, f in enumerate(file["features"]) if f["properties"]["id"] == "06010102"]
    assert error["pointer"] == f"/features/{twins[1]}/properties/id"
    assert error["code"] == "repeated"
    assert f"feature {twins[0]}" in error["detail"]
    file["features"][twins[0]]["properties"]["id"] = "04030000"
    assert len((await imported(indicators, query, file))["created"]) == 448


async def test_an_area_is_known_by_its_number_whatever_the_portal_calls_it(
    indicators: Door,
) -> None:
    await settle(indicators)
    await indicators.patch("/areas/winzerla", {"codes": {"statbez": "18", "alt": "7"}}, 1)
    file = collection(portal(18, "Winzerla (neu)"), portal(23, "Lobeda-West"), portal(1, "Mitte"))
    made = await imported(indicators, NUMBERED, file)
    assert made == {"created": ["mitte"], "changed": ["winzerla"], "unchanged": ["lobeda-west"]}
    winzerla = (await indicators.get("/areas/winzerla")).json()
    assert winzerla["name"]["de"] == "Winzerla (neu)"
    assert winzerla["codes"] == {"statbez": "18", "alt": "7"}
    assert winzerla["geometry"] == TILE
    mitte = (await indicators.get("/areas/mitte")).json()
    assert (mitte["parent"], mitte["codes"]) == ("jena", {"statbez": "1"})


async def test_properties_of_a_portal_never_pass_for_ours(indicators: Door) -> None:
    await settle(indicators)
    foreign = portal(5, "Mitte", level=3, parent="Jena", codes="x", kind=7, valid_to="1.1.2020")
    made = await imported(indicators, NUMBERED, collection(foreign))
    assert made["created"] == ["mitte"]
    found = (await indicators.get("/areas/mitte")).json()
    assert (found["level"], found["kind"], found["valid_to"]) == (
        "statistischer-bezirk",
        None,
        None,
    )


async def test_districts_of_one_name_on_two_levels_do_not_overwrite_one_another(
    indicators: Door,
) -> None:
    await settle(indicators)
    await level(indicators, "ortsteil", 3)
    file = collection(portal(20, "Winzerla"))
    query = f"level=ortsteil&parent=jena&{FROM}&name_property=statbez_name"
    refused = await indicators.post(f"/areas/import?{query}", file)
    (error,) = refused.json()["errors"]
    assert error["pointer"] == "/features/0/properties/statbez_name"
    assert "key_prefix" in error["detail"]
    assert (await indicators.get("/areas/winzerla")).json()["has_geometry"] is False
    made = await imported(indicators, f"{query}&key_prefix=ortsteil", file)
    assert made["created"] == ["ortsteil-winzerla"]


@pytest.mark.parametrize(
    ("feature", "query", "place"),
    [
        (portal(5, None), NUMBERED, "/features/0/properties/statbez_name"),
        (portal(5, ""), NUMBERED, "/features/0/properties/statbez_name"),
        (portal(5, "x" * 400), NUMBERED, "/features/0/properties/statbez_name"),
        (portal(5, "A"), STATBEZ, "/features/0/properties/statbez_name"),
        (portal(5, "Mitte"), f"{STATBEZ}&code_property=nr", "/features/0/properties/nr"),
        (portal(5, "Mitte", nr="5 b"), f"{STATBEZ}&code_property=nr", "/features/0/properties/nr"),
        (portal(5, "Mitte"), f"{FROM}&name_property=statbez_name&code_property=id", "code_scheme"),
        (portal(5, "Mitte"), NUMBERED.replace("=jena", "=nowhere"), "parent"),
        (portal(5, "Mitte"), f"{NUMBERED}&crs=EPSG:31468", "crs"),
    ],
)
async def test_what_does_not_fit_is_named_in_the_words_of_the_portal(
    indicators: Door, feature: dict[str, Any], query: str, place: str
) -> None:
    await settle(indicators)
    refused = await indicators.post(f"/areas/import?{query}", collection(feature))
    assert refused.status_code == 422, refused.text
    (error,) = refused.json()["errors"]
    assert place in (error.get("pointer"), error.get("parameter"))
    assert (await indicators.get("/areas/mitte")).status_code == 404


async def test_two_areas_with_one_number_are_not_guessed(indicators: Door) -> None:
    await settle(indicators)
    twin = area("neu", "statistischer-bezirk", "jena", codes={"statbez": "18"})
    await indicators.made("/areas", twin)
    answer = await indicators.post(f"/areas/import?{NUMBERED}", collection(portal(18, "Winzerla")))
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/features/0/properties/id"
    assert "neu, winzerla" in error["detail"]


async def test_our_own_map_needs_no_parameters(indicators: Door) -> None:
    await settle(indicators)
    exported = (await indicators.get("/areas?format=geojson")).json()
    answer = await indicators.post("/areas/import/proposals", exported)
    assert answer.json()["parameters"] == {}
    assert all(one["is_known"] for one in answer.json()["areas"])


async def test_a_map_of_shapes_alone_is_told_so(indicators: Door) -> None:
    nameless = {"type": "Feature", "geometry": TILE, "properties": {"the_geom": "01", "x": None}}
    answer = await indicators.post("/areas/import/proposals", collection(nameless))
    assert (answer.json()["parameters"], answer.json()["areas"]) == (None, [])
    refused = await indicators.post("/areas/import", collection(nameless))
    assert refused.json()["errors"][0]["parameter"] == "key_property"


METRES = [[680829.56, 5643303.93], [682919.16, 5643372.56], [682846.1, 5645597.1]]
UTM = {"type": "Polygon", "coordinates": [[*METRES, METRES[0]]]}
NAMED = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}


@pytest.mark.parametrize("said", [{"crs": NAMED}, {}])
async def test_metres_of_the_surveying_office_become_degrees(
    indicators: Door, said: dict[str, Any]
) -> None:
    await settle(indicators)
    file = collection({**portal(5, "Mitte"), "geometry": UTM}, **said)
    query = NUMBERED if said else f"{NUMBERED}&crs=EPSG:25832"
    await imported(indicators, query, file)
    ring = (await indicators.get("/areas/mitte")).json()["geometry"]["coordinates"][0]
    assert len(ring) == 4
    assert all(11.57 < lon < 11.61 and 50.9 < lat < 50.94 for lon, lat in ring)


@pytest.mark.parametrize(
    "crs",
    [
        None,
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::31468"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}},
        {"type": "link", "properties": {"href": "http://127.0.0.1/"}},
    ],
)
async def test_metres_of_another_system_are_refused_once_and_clearly(
    indicators: Door, crs: Any
) -> None:
    await settle(indicators)
    file = collection(*({**portal(n, f"Mitte {n}"), "geometry": UTM} for n in range(30)), crs=crs)
    refused = await indicators.post(f"/areas/import?{NUMBERED}", file)
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/crs", "crs")
    assert "25832" in error["detail"]


async def test_degrees_that_are_called_metres_are_refused(indicators: Door) -> None:
    await settle(indicators)
    file = collection(portal(5, "Mitte"), crs=NAMED)
    refused = await indicators.post(f"/areas/import?{NUMBERED}", file)
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/features/0/geometry", "crs")
