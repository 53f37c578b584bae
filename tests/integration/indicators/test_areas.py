"""The territory: a tree of areas in versions."""

import asyncio
import json
from typing import Any

import pytest

from tests.integration.indicators.territory import TILE, area, settle
from tests.support.towns import Door


async def _keys(door: Door, query: str) -> list[str]:
    answer = await door.get(f"/areas?{query}")
    assert answer.status_code == 200, answer.text
    return [item["key"] for item in answer.json()["items"]]


async def test_a_planner_enters_an_area_and_everybody_reads_it(indicators: Door) -> None:
    await settle(indicators)
    new = area("lobeda-ost", "statistischer-bezirk", "jena", kind="Großwohnsiedlung", geometry=TILE)
    created = await indicators.as_("planner").post("/areas", new)
    assert created.status_code == 201, created.text
    assert created.headers["etag"] == '"r1"'
    read = await indicators.as_().get(created.headers["location"])
    assert read.json() == created.json()
    assert read.json()["geometry"] == TILE
    assert read.json()["valid_to"] is None
    assert read.json()["has_geometry"] is True


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("level=kreis&on=2020-01-01", ["eisenach", "jena", "wartburgkreis"]),
        ("level=kreis&on=2021-06-30", ["eisenach", "jena", "wartburgkreis"]),
        ("level=kreis&on=2021-07-01", ["jena", "wartburgkreis"]),
        ("level=kreis", ["jena", "wartburgkreis"]),
        ("on=1989-12-31", []),
        ("parent=jena", ["lobeda-west", "winzerla"]),
        ("within=thueringen&level=statistischer-bezirk", ["lobeda-west", "winzerla"]),
        ("within=deutschland&on=1990-01-01&limit=3", ["eisenach", "jena", "lobeda-west"]),
        ("within=winzerla", []),
        ("code=16053", ["jena"]),
        ("code=ags:16053", ["jena"]),
        ("code=statbez:16053", []),
        ("parent=winzerla", []),
    ],
)
async def test_areas_are_found_by_day_level_tree_and_code(
    indicators: Door, query: str, keys: list[str]
) -> None:
    await settle(indicators)
    assert await _keys(indicators, query) == keys


async def test_the_list_is_paged_and_costs_two_statements(
    indicators: Door, statements: list[str]
) -> None:
    await settle(indicators)
    seen, address = [], "/areas?limit=2&within=thueringen"
    while address:
        statements.clear()
        page = (await indicators.get(address)).json()
        assert len(statements) == 2
        seen += [item["key"] for item in page["items"]]
        address = page["next"]
    assert seen == ["jena", "lobeda-west", "wartburgkreis", "winzerla"]


async def test_shapes_come_when_asked_for_and_as_geojson(indicators: Door) -> None:
    await settle(indicators)
    plain = (await indicators.get("/areas?code=23")).json()["items"][0]
    assert (plain["geometry"], plain["has_geometry"]) == (None, True)
    shaped = (await indicators.get("/areas?code=23&geometry=true")).json()["items"][0]
    assert shaped["geometry"] == TILE
    by_accept = await indicators.get(
        "/areas?parent=jena", headers={"Accept": "application/geo+json"}
    )
    assert by_accept.headers["content-type"] == "application/geo+json"
    by_format = await indicators.get("/areas?parent=jena&format=geojson")
    assert by_accept.content == by_format.content
    collection = by_format.json()
    assert [feature["id"] for feature in collection["features"]] == ["lobeda-west", "winzerla"]
    assert collection["features"][0]["geometry"] == TILE
    assert collection["features"][1]["geometry"] is None
    assert collection["features"][0]["properties"]["codes"] == {"statbez": "23"}
    nothing = await indicators.get("/areas?parent=winzerla&format=geojson")
    assert nothing.json() == {"type": "FeatureCollection", "features": []}


async def test_eisenach_joins_the_wartburgkreis(indicators: Door) -> None:
    await settle(indicators)
    new = {
        "valid_from": "2021-07-01",
        "name": {"de": "Wartburgkreis mit Eisenach"},
        "parent": "thueringen",
        "codes": {"ags": "16063"},
    }
    created = await indicators.post("/areas/wartburgkreis/versions", new)
    assert created.status_code == 201, created.text
    assert created.json()["revision"] == 2
    assert created.headers["etag"] == '"r2"'
    versions = (await indicators.as_().get("/areas/wartburgkreis/versions")).json()
    assert [(v["valid_from"], v["valid_to"], v["name"]["de"]) for v in versions] == [
        ("1990-01-01", "2021-07-01", "Wartburgkreis"),
        ("2021-07-01", None, "Wartburgkreis mit Eisenach"),
    ]
    before = (await indicators.get("/areas/wartburgkreis?on=2021-06-30")).json()
    assert before["name"]["de"] == "Wartburgkreis"
    assert (await indicators.get(created.headers["location"])).json() == created.json()
    gone = (await indicators.get("/areas/eisenach")).json()
    assert gone["valid_to"] == "2021-07-01"
    assert (await indicators.get("/areas/eisenach?on=2021-07-01")).status_code == 404


async def test_the_past_of_an_area_holds_its_versions(indicators: Door) -> None:
    await settle(indicators)
    clerk = indicators.as_("planner", subject="test:second-clerk")
    await clerk.post(
        "/areas/jena/versions", {"valid_from": "2030-01-01", "name": {"de": "Groß-Jena"}}
    )
    await clerk.patch("/areas/jena?on=2031-01-01", {"name": {"de": "Jena an der Saale"}}, 2)
    await clerk.patch("/areas/jena", {"kind": "Universitätsstadt"}, 3)
    history = (await indicators.get("/areas/jena/history")).json()
    assert [h["revision"] for h in history] == [4, 3, 2, 1]
    assert [h["actor"] for h in history] == ["test:second-clerk"] * 3 + ["test:clerk"]
    assert [h["row"]["kind"] for h in history] == ["Universitätsstadt", None, None, None]
    names = [[v["name"]["de"] for v in h["row"]["versions"]] for h in history]
    assert names == [
        ["Jena", "Jena an der Saale"],
        ["Jena", "Jena an der Saale"],
        ["Jena", "Groß-Jena"],
        ["Jena"],
    ]
    assert [v["valid_to"] for v in history[2]["row"]["versions"]] == ["2030-01-01", None]
    assert (await indicators.as_().get("/areas/jena/history")).status_code == 401


async def test_a_correction_needs_the_state_that_was_read(indicators: Door) -> None:
    await settle(indicators)
    corrected = await indicators.patch("/areas/jena", {"name": {"en": "Jena"}}, 1)
    assert corrected.json()["name"] == {"de": "Jena", "en": "Jena"}
    assert (corrected.json()["revision"], corrected.headers["etag"]) == (2, '"r2"')
    assert (await indicators.patch("/areas/jena", {"kind": "Stadt"}, 1)).status_code == 412
    same = await indicators.patch("/areas/jena", {"name": {"en": "Jena"}}, 2)
    assert same.json()["revision"] == 2
    shape = await indicators.patch("/areas/jena", {"geometry": TILE}, 2)
    assert shape.json()["geometry"] == TILE
    without = await indicators.patch("/areas/jena", {"geometry": None}, 3)
    assert (without.json()["geometry"], without.json()["has_geometry"]) == (None, False)


async def test_of_ten_corrections_at_once_exactly_one_wins(indicators: Door) -> None:
    await settle(indicators)
    answers = await asyncio.gather(
        *(indicators.patch("/areas/jena", {"name": {"de": f"Jena {n}"}}, 1) for n in range(10))
    )
    assert sorted(a.status_code for a in answers) == [200] + [412] * 9


async def test_of_ten_new_versions_at_once_exactly_one_is_stored(indicators: Door) -> None:
    await settle(indicators)
    new = {"valid_from": "2030-01-01", "name": {"de": "Jena"}, "parent": "thueringen"}
    answers = await asyncio.gather(*(indicators.post("/areas/jena/versions", new) for _ in "ab"))
    assert sorted(a.status_code for a in answers) == [201, 409]


_NAN = {"type": "Point", "coordinates": [float("nan"), 50.9]}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"level": "nowhere"}, "/level"),
        ({"parent": "nowhere"}, "/parent"),
        ({"parent": "new-area"}, "/parent"),
        ({"parent": "lobeda-west"}, "/parent"),
        ({"parent": "winzerla"}, "/parent"),
        ({"valid_to": "1990-01-01"}, "/valid_to"),
        ({"valid_to": "1989-01-01"}, "/valid_to"),
        ({"valid_from": "yesterday"}, "/valid_from"),
        ({"codes": {"ags": "with blank"}}, "/codes/ags"),
        ({"name": {"en": "no German"}}, "/name"),
        ({"unknown": 1}, "/unknown"),
        ({"geometry": {"type": "Circle", "coordinates": []}}, "/geometry/type"),
        ({"geometry": _NAN}, "/geometry/coordinates/0"),
        ({"geometry": {"type": "Point", "coordinates": [191, 0]}}, "/geometry/coordinates/0"),
        (
            {"geometry": {"type": "Polygon", "coordinates": [TILE["coordinates"][0][:-1]]}},
            "/geometry/coordinates/0/3",
        ),
    ],
)
async def test_wrong_input_is_pointed_at_and_not_stored(
    indicators: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await settle(indicators)
    body = json.dumps({**area("new-area", "statistischer-bezirk", "jena"), **wrong})
    refused = await indicators(
        "POST", "/areas", content=body, headers={"Content-Type": "application/json"}
    )
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await indicators.get("/areas/new-area")).status_code == 404


async def test_versions_never_overlap(indicators: Door) -> None:
    await settle(indicators)
    for start in ("1990-01-01", "1989-01-01"):
        new = {"valid_from": start, "name": {"de": "Jena"}}
        refused = await indicators.post("/areas/jena/versions", new)
        assert refused.status_code == 409, refused.text
        assert refused.json()["errors"][0]["pointer"] == "/valid_from"
    earlier = {"valid_from": "1980-01-01", "valid_to": "1990-01-01", "name": {"de": "Bezirk"}}
    assert (await indicators.post("/areas/jena/versions", earlier)).status_code == 201
    refused = await indicators.patch("/areas/jena?on=1985-01-01", {"valid_to": "1991-01-01"}, 2)
    assert refused.status_code == 409
    assert len((await indicators.get("/areas/jena/versions")).json()) == 2


async def test_an_area_stays_below_the_one_it_is_part_of(indicators: Door) -> None:
    await settle(indicators)
    lifted = await indicators.patch("/areas/winzerla", {"level": "land"}, 1)
    assert lifted.json()["errors"][0]["pointer"] == "/parent"
    lowered = await indicators.patch("/areas/jena", {"level": "statistischer-bezirk"}, 1)
    assert (lowered.status_code, lowered.json()["errors"][0]["pointer"]) == (409, "/level")
    moved = await indicators.patch("/area-levels/kreis", {"position": 4}, 1)
    assert (moved.status_code, moved.json()["errors"][0]["pointer"]) == (409, "/position")
    assert (await indicators.patch("/area-levels/kreis", {"position": 3}, 1)).status_code == 200
    assert (await indicators.get("/areas/jena")).json()["level"] == "kreis"


async def test_levels_come_from_the_top(indicators: Door) -> None:
    await settle(indicators)
    levels = (await indicators.as_().get("/area-levels")).json()["items"]
    assert [level["key"] for level in levels] == ["bund", "land", "kreis", "statistischer-bezirk"]
    history = (await indicators.get("/area-levels/kreis/history")).json()
    assert [h["revision"] for h in history] == [1]


async def test_what_is_for_the_administration_is_not_there_for_others(indicators: Door) -> None:
    await settle(indicators)
    hidden = area("frauenhaus", "statistischer-bezirk", "jena", visibility="administration")
    await indicators.made("/areas", hidden)
    public = indicators.as_()
    for address in ("/areas/frauenhaus", "/areas/frauenhaus/versions"):
        assert (await public.get(address)).status_code == 404
    assert "frauenhaus" not in await _keys(public, "parent=jena")
    assert "frauenhaus" not in (await public.get("/areas?format=geojson")).text
    assert "frauenhaus" in await _keys(indicators.as_("planner"), "parent=jena")


async def test_each_face_of_an_area_has_a_tag_of_its_own(indicators: Door) -> None:
    await settle(indicators)
    new = {"valid_from": "2021-07-01", "name": {"de": "Jena an der Saale"}}
    assert (await indicators.post("/areas/jena/versions", new)).status_code == 201
    tags = {
        (await indicators.get(f"/areas/jena?on={day}")).headers["etag"]
        for day in ("2021-06-30", "2021-07-01")
    }
    revision = (await indicators.get("/areas/jena")).json()["revision"]
    assert len(tags) == 2
    assert all(tag.startswith(f'"r{revision}.') for tag in tags)
    change = {"If-Match": min(tags)}
    kept = await indicators("PATCH", "/areas/jena", json={"kind": "Stadt"}, headers=change)
    assert kept.status_code == 200, kept.text
