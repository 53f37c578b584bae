"""The inventory of the social infrastructure."""

from typing import Any

import pytest

from tests.integration.indicators.territory import area
from tests.integration.indicators.town_with_facilities import (
    YOUTH_CENTRE,
    at,
    equip_districts,
    facility,
    tile,
)
from tests.support.towns import Door

KITA = facility(
    "kita-am-park",
    90,
    provider="stadt-jena",
    target_groups=[{"de": "Kinder bis zum Schuleintritt", "en": "Children before school"}],
    accessibility={"step_free": "yes", "toilet": "no"},
    location=at(11.51, 50.91),
    address="Am Park 1, 07747 Jena",
    languages=["de", "uk"],
    source={"publisher": "Stadt Jena", "licence": "dl-de/by-2-0"},
)


async def keys(door: Door, query: str = "") -> list[str]:
    answer = await door.get(f"/facilities{query}")
    assert answer.status_code == 200, answer.text
    return [item["key"] for item in answer.json()["items"]]


async def test_a_planner_enters_a_facility_and_everybody_reads_it(indicators: Door) -> None:
    await equip_districts(indicators)
    created = await indicators.as_("planner").post("/facilities", KITA)
    assert created.status_code == 201, created.text
    read = await indicators.as_().get("/facilities/kita-am-park")
    assert read.json() == created.json()
    assert read.json()["accessibility"]["step_free"] == "yes"
    assert read.json()["accessibility"]["lift"] == "unknown"
    assert read.json()["state"] == "open"
    assert read.json()["distance"] is None
    changed = await indicators.patch(
        "/facilities/kita-am-park", {"accessibility": {"lift": "partly"}}, 1
    )
    assert changed.json()["accessibility"]["step_free"] == "yes"
    assert changed.json()["accessibility"]["lift"] == "partly"
    history = await indicators.get("/facilities/kita-am-park/history")
    assert [entry["revision"] for entry in history.json()] == [2, 1]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"kind": "kindergarten"}, "/kind"),
        ({"area": "nowhere"}, "/area"),
        ({"location": {"type": "Polygon", "coordinates": []}}, "/location/type"),
        ({"location": at(11.5, 91)}, "/location/coordinates/1"),
        ({"accessibility": {"lift": "maybe"}}, "/accessibility/lift"),
        ({"capacity": [{"valid_from": "2020-01-01", "places": -1}]}, "/capacity/0/places"),
        ({"capacity": [{"valid_from": "2020-01-01"}] * 2}, "/capacity"),
        ({"capacity": [{"valid_from": "2199-01-01", "places": 9}]}, "/capacity/0/forecast"),
        ({"starts_on": "2020-02-01", "ends_on": "2020-01-01"}, "/ends_on"),
        ({"languages": ["German"]}, "/languages/0"),
        ({"address": "Am Park 1\nJena"}, "/address"),
    ],
)
async def test_what_cannot_be_is_pointed_at(
    indicators: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await equip_districts(indicators)
    refused = await indicators.post("/facilities", {**KITA, **wrong})
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]


async def test_places_to_come_are_told_as_a_forecast(indicators: Door) -> None:
    await equip_districts(indicators)
    entry = {"valid_from": "2199-01-01", "places": 120, "forecast": True, "note": "Anbau"}
    made = await indicators.made("/facilities", {**KITA, "capacity": [entry]})
    assert made["capacity"] == [entry]


async def test_a_need_group_is_a_count(indicators: Door) -> None:
    await equip_districts(indicators)
    for indicator in ("quote", "nowhere"):
        kind = {**YOUTH_CENTRE, "key": "schule", "need": {"indicator": indicator}}
        refused = await indicators.post("/facility-kinds", kind)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/need/indicator"


async def test_the_inventory_is_filtered(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", KITA)
    await indicators.made("/facilities", facility("kita-sued", location=at(11.53, 50.91)))
    youth = facility("juz", kind="jugendzentrum", state="planned", area="bezirk-b")
    await indicators.made("/facilities", youth)
    public = indicators.as_()
    assert await keys(public) == ["juz", "kita-am-park", "kita-sued"]
    assert await keys(public, "?kind=jugendzentrum") == ["juz"]
    assert await keys(public, "?state=planned") == ["juz"]
    assert await keys(public, "?target_group=schuleintritt") == ["kita-am-park"]
    assert await keys(public, "?language=uk") == ["kita-am-park"]
    assert await keys(public, "?area=bezirk-b") == ["juz", "kita-sued"]
    assert await keys(public, "?area=winzerla") == ["juz", "kita-am-park", "kita-sued"]
    assert await keys(public, "?area=bezirk-b&kind=kita") == ["kita-sued"]
    assert await keys(public, "?area=bezirk-b&on=1980-01-01") == []


async def test_the_nearest_come_first_with_their_distance(indicators: Door) -> None:
    await equip_districts(indicators)
    for n in range(5):
        await indicators.made("/facilities", facility(f"kita-{n}", location=at(11.5 + n / 100, 51)))
    await indicators.made("/facilities", facility("kita-ohne-ort"))
    seen, address = [], "/facilities?near=11.5,51&limit=2"
    while address:
        page = (await indicators.get(address)).json()
        seen += [(item["key"], item["distance"]) for item in page["items"]]
        address = page["next"]
    assert [key for key, _ in seen] == [f"kita-{n}" for n in range(5)]
    assert seen[0][1] == 0
    assert seen[1][1] == pytest.approx(700, abs=1)  # a hundredth of a degree at 51 degrees north
    assert await keys(indicators, "?near=11.5,51&radius=1000") == ["kita-0", "kita-1"]
    for wrong in ("11.5", "11.5;51", "181,0", "nan,51"):
        refused = await indicators.get(f"/facilities?near={wrong}")
        assert refused.json()["errors"][0]["parameter"] == "near"


async def test_the_inventory_is_a_map_too(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", KITA)
    shown = await indicators.as_().get("/facilities", headers={"Accept": "application/geo+json"})
    assert shown.headers["content-type"] == "application/geo+json"
    (feature,) = shown.json()["features"]
    assert feature["geometry"] == KITA["location"]
    assert feature["properties"]["provider"] == "stadt-jena"
    nothing = await indicators.as_().get("/facilities?format=geojson&kind=jugendzentrum")
    assert nothing.json()["features"] == []


async def test_a_shelter_is_not_there_for_others(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", {**KITA, "visibility": "administration"})
    public = indicators.as_()
    assert (await public.get("/facilities/kita-am-park")).status_code == 404
    assert (await public.get("/facilities/kita-am-park/areas")).status_code == 404
    assert await keys(public) == []
    assert (await public.get("/facilities?format=geojson")).json()["features"] == []
    await indicators.patch("/facilities/kita-am-park", {"visibility": "public"}, 1)
    await indicators.patch("/facility-kinds/kita", {"visibility": "members"}, 1)
    assert await keys(public) == []
    assert await keys(indicators.as_("member")) == ["kita-am-park"]


async def areas_of(door: Door, key: str, query: str = "") -> dict[str, tuple[str, str]]:
    answer = await door.get(f"/facilities/{key}/areas{query}")
    assert answer.status_code == 200, answer.text
    return {item["level"]: (item["area"], item["by"]) for item in answer.json()}


async def test_a_facility_is_in_the_area_whose_shape_it_lies_in(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", KITA)
    found = await areas_of(indicators, "kita-am-park")
    assert found["bezirk"] == ("bezirk-a", "shape")
    # winzerla and jena have no shape; the district is part of them
    assert found["statistischer-bezirk"] == ("winzerla", "shape")
    assert found["kreis"] == ("jena", "shape")
    await indicators.patch("/facilities/kita-am-park", {"location": at(11.53, 50.91)}, 1)
    assert (await areas_of(indicators, "kita-am-park"))["bezirk"] == ("bezirk-b", "shape")
    await indicators.patch("/facilities/kita-am-park", {"location": at(0, 0)}, 2)
    assert await areas_of(indicators, "kita-am-park") == {}


async def test_a_changed_shape_places_facilities_anew(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", KITA)
    assert (await areas_of(indicators, "kita-am-park"))["bezirk"] == ("bezirk-a", "shape")
    far = {"geometry": tile(12, 51), "geometry_is_schematic": True}
    await indicators.patch("/areas/bezirk-a", far, 1)
    assert "bezirk" not in await areas_of(indicators, "kita-am-park")
    around = {"geometry": tile(11.5, 50.9, 0.015), "geometry_is_schematic": True}
    await indicators.patch("/areas/bezirk-b", around, 1)
    assert (await areas_of(indicators, "kita-am-park"))["bezirk"] == (
        "bezirk-b",
        "schematic_shape",
    )
    version = {"valid_from": "2030-01-01", "name": {"de": "B"}, "parent": "winzerla"}
    await indicators.post("/areas/bezirk-b/versions", {**version, "geometry": tile(12, 52)})
    assert "bezirk" in await areas_of(indicators, "kita-am-park", "?on=2029-12-31")
    assert "bezirk" not in await areas_of(indicators, "kita-am-park", "?on=2030-01-01")


async def test_on_a_border_the_smaller_key_has_it(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", {**KITA, "location": at(11.52, 50.91)})
    assert (await areas_of(indicators, "kita-am-park"))["bezirk"] == ("bezirk-a", "shape")
    await indicators.made("/areas", area("aaa", "bezirk", "winzerla", geometry=tile(11.52, 50.9)))
    assert (await areas_of(indicators, "kita-am-park"))["bezirk"] == ("aaa", "shape")


async def test_where_no_shape_says_so_the_stated_area_counts(indicators: Door) -> None:
    await equip_districts(indicators)
    shelter = facility("schutzhaus", area="bezirk-b", visibility="administration")
    await indicators.made("/facilities", shelter)
    found = await areas_of(indicators, "schutzhaus")
    assert found["bezirk"] == ("bezirk-b", "statement")
    assert found["kreis"] == ("jena", "statement")
    await indicators.patch("/facilities/schutzhaus", {"location": at(11.51, 50.91)}, 1)
    assert (await areas_of(indicators, "schutzhaus"))["bezirk"] == ("bezirk-a", "shape")


async def test_nothing_is_placed_twice_when_nothing_changed(
    indicators: Door, statements: list[str]
) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", KITA)
    await areas_of(indicators, "kita-am-park")
    statements.clear()
    await areas_of(indicators, "kita-am-park")
    assert len(statements) == 4  # who acts, the facility, whether anything changed, the areas
