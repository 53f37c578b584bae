"""A map says what it shows, and nothing that is not published."""

import json
from typing import Any

import pytest
import shapely

from services.contracts.indicators.maps import ThematicMap
from tests.integration.indicators import test_indices as index
from tests.integration.indicators.figures import COUNT, released, second, tidy
from tests.integration.indicators.maps import HIDDEN, YEARS, districts, prepared, rows
from tests.integration.indicators.territory import area
from tests.support.towns import Door


async def ask(door: Door, query: str = "", indicator: str = "quote") -> dict[str, Any]:
    """A map that is answered."""
    answer = await door.get(f"/maps/{indicator}?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    ThematicMap.model_validate(told)
    return told


def by_key(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {feature["id"]: feature["properties"] for feature in told["features"]}


async def test_one_call_gives_everything_a_map_needs(indicators: Door) -> None:
    await prepared(indicators)
    told = await ask(indicators.as_())
    assert (told["level"]["key"], told["period"], told["release"]) == ("bezirk", "2024", 1)
    assert told["periods"] == list(YEARS)
    assert [feature["id"] for feature in told["features"]] == districts()
    assert {feature["geometry"] for feature in told["features"]} == {None}
    third = by_key(told)["bezirk-03"]
    assert (third["value"], third["label"], third["number"]) == (16.0, "16,0\u00a0%", 5)
    assert third["rank"] == {"rank": 10, "of": 10, "best": 9, "worst": 10}
    assert third["interval"]["lower"] < 16 < third["interval"]["upper"]
    assert (third["reference"]["area"], third["reference"]["value"]) == ("stadt", 9.0)
    assert third["difference"] == 7.0
    assert third["few_cases"] is False
    assert third["smoothed"] == pytest.approx(16, abs=0.1)
    assert [one["area"] for one in told["references"]] == ["stadt", "thueringen"]
    assert [one["role"] for one in told["references"]] == ["municipality", "above"]
    assert sum(entry["count"] for entry in told["legend"]) == 12
    assert told["statistics"]["shown"] == 10
    assert told["statistics"]["unassigned_missing"] == "not_a_count"
    assert "2 aus Gründen der statistischen Geheimhaltung" in told["description"]


async def test_a_hidden_figure_has_a_reason_a_pattern_and_no_trace(indicators: Door) -> None:
    await prepared(indicators)
    told = await ask(indicators.as_())
    for key in HIDDEN:
        hidden = by_key(told)[key]
        assert (hidden["value"], hidden["status"]) == (None, "confidential")
        assert (hidden["label"], hidden["pattern"]) == ("*", "diagonal")
        assert hidden["reason"].startswith("aus Gründen der statistischen Geheimhaltung")
        for name in ("rank", "percentile", "interval", "few_cases", "smoothed", "number"):
            assert hidden[name] is None, name
        assert hidden["trend"]["values"] == 0
    counts = await ask(indicators.as_(), indicator="empfaenger")
    assert counts["statistics"]["sum"] is None
    assert counts["statistics"]["unassigned"] is None
    assert counts["statistics"]["unassigned_missing"] == "counts_hidden"


async def test_nobody_sees_more_on_a_map_than_is_published(indicators: Door) -> None:
    await prepared(indicators)
    for door in (indicators, second(indicators), indicators.as_("planner")):
        assert by_key(await ask(door))["bezirk-04"]["value"] is None


async def test_people_who_live_in_no_district_are_told(indicators: Door) -> None:
    await prepared(indicators)
    told = await ask(indicators.as_(), indicator="bevoelkerung")
    statistics = told["statistics"]
    assert (statistics["sum"], statistics["unassigned"]) == (37760, 15)


async def test_what_one_does_not_see_is_not_taken_for_unassigned(indicators: Door) -> None:
    await prepared(indicators)
    await indicators.patch("/areas/bezirk-01", {"visibility": "administration"}, 1)
    told = await ask(indicators.as_(), indicator="bevoelkerung")
    assert len(told["features"]) == 11
    assert (told["statistics"]["sum"], told["statistics"]["unassigned"]) == (None, None)
    assert len((await ask(indicators, indicator="bevoelkerung"))["features"]) == 12


@pytest.mark.parametrize(
    ("query", "method", "classes"),
    [
        ("classes=3", "quantile", 3),
        ("method=jenks&classes=4", "jenks", 4),
        ("method=equal_interval", "equal_interval", 5),
        ("method=standard_deviation&classes=4", "standard_deviation", 4),
        ("limits=5,10", "given", 3),
    ],
)
async def test_a_map_is_classified_as_asked(
    indicators: Door, query: str, method: str, classes: int
) -> None:
    await prepared(indicators)
    told = await ask(indicators.as_(), query)
    found = told["classification"]
    assert (found["method"], found["classes"]) == (method, classes)
    assert found["colour_blind_safe"]
    lines = {entry["number"]: entry for entry in told["legend"]}
    for shown in by_key(told).values():
        if shown["number"] is not None:
            line = lines[shown["number"]]
            assert line["colour"] == shown["colour"]
            assert line["lower"] is None or line["lower"] <= shown["value"]
            assert line["upper"] is None or shown["value"] <= line["upper"]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("classes=1", 422, "classes"),
        ("classes=10", 422, "classes"),
        ("method=natural", 422, "method"),
        ("method=given", 422, "limits"),
        ("limits=10,5", 422, "limits"),
        ("limits=5&method=jenks", 422, "limits"),
        ("palette=Rainbow", 422, "palette"),
        ("palette=Set2&classes=9", 422, "classes"),
        ("period=yesterday", 422, "period"),
        ("breakdown=GES", 422, "breakdown"),
        ("breakdown=GES:GESM,total", 422, "breakdown"),
        ("as_of=9", 422, "as_of"),
        ("geometry=blurred", 422, "geometry"),
        ("format=svg", 422, "format"),
        ("lang=fr", 422, "lang"),
        ("colour=red", 422, "colour"),
        ("period=1999", 404, None),
        ("level=nowhere", 422, "level"),
        ("within=nowhere", 404, None),
        ("breakdown=GES:GESM", 404, None),
    ],
)
async def test_a_wrong_question_is_pointed_at(
    indicators: Door, query: str, status: int, parameter: str | None
) -> None:
    await prepared(indicators)
    if "Set2" in query:
        many = [f"{key},2030,bevoelkerung,,{n * 10}" for n, key in enumerate(districts())]
        await released(indicators, tidy(*many))
        query = "palette=Set2&classes=9"
        refused = await indicators.get(f"/maps/bevoelkerung?{query}")
    else:
        refused = await indicators.get(f"/maps/quote?{query}")
    assert refused.status_code == status, refused.text
    if parameter:
        assert refused.json()["errors"][0]["parameter"] == parameter


async def test_there_is_no_map_of_what_does_not_exist_or_is_not_for_everybody(
    indicators: Door,
) -> None:
    await prepared(indicators)
    assert (await indicators.as_().get("/maps/nothing-at-all")).status_code == 404
    await indicators.made("/indicators", {**COUNT, "key": "leer", "name": {"de": "Leer"}})
    assert (await indicators.as_().get("/maps/leer")).status_code == 404
    await indicators.patch("/indicators/quote", {"visibility": "administration"}, 1)
    assert (await indicators.as_().get("/maps/quote")).status_code == 404
    assert (await indicators.get("/maps/quote")).status_code == 200


async def test_simplified_shapes_meet_and_full_ones_are_as_entered(indicators: Door) -> None:
    await prepared(indicators)
    full = await ask(indicators.as_(), "geometry=full")
    light = await ask(indicators.as_(), "geometry=simplified")
    again = await ask(indicators.as_(), "geometry=simplified")
    assert light == again
    stored = (await indicators.get("/areas/bezirk-05")).json()["geometry"]
    assert full["features"][4]["geometry"] == stored
    shapes = shapely.from_geojson([json.dumps(f["geometry"]) for f in light["features"]])
    assert shapely.coverage_is_valid(shapes)
    assert len(json.dumps(light)) < len(json.dumps(full)) / 2


async def test_a_corrected_shape_is_on_the_map_at_once(indicators: Door) -> None:
    await prepared(indicators)
    before = await ask(indicators.as_(), "geometry=simplified")
    moved = shapely.box(12.0, 51.0, 12.1, 51.1)
    geometry = json.loads(shapely.to_geojson(moved))
    changed = await indicators.patch("/areas/bezirk-01", {"geometry": geometry}, 1)
    assert changed.status_code == 200, changed.text
    after = await ask(indicators.as_(), "geometry=simplified")
    assert after["features"][0]["geometry"] != before["features"][0]["geometry"]
    assert shapely.from_geojson(json.dumps(after["features"][0]["geometry"])).equals(moved)


async def test_geojson_comes_with_shapes(indicators: Door) -> None:
    await prepared(indicators)
    answer = await indicators.get("/maps/quote", headers={"Accept": "application/geo+json"})
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["features"][0]["geometry"]["type"] == "Polygon"


async def test_a_map_stays_as_it_was_printed(indicators: Door) -> None:
    await prepared(indicators)
    first = await ask(indicators.as_())
    await released(indicators, tidy("bezirk-03,2024,quote,,17.5"))
    assert by_key(await ask(indicators.as_()))["bezirk-03"]["value"] == 17.5
    printed = await ask(indicators.as_(), "as_of=1")
    assert printed == first


async def test_a_map_is_of_the_territory_of_its_day(indicators: Door) -> None:
    await prepared(indicators)
    new = {"valid_from": "2022-01-01", "name": {"de": "Bezirk 12 neu"}, "parent": "stadt"}
    assert (await indicators.post("/areas/bezirk-12/versions", new)).status_code == 201
    await indicators.made(
        "/areas", {**area("neubau", "bezirk", "stadt"), "valid_from": "2024-06-01"}
    )
    now, then = await ask(indicators.as_()), await ask(indicators.as_(), "period=2021")
    assert by_key(now)["bezirk-12"]["name"]["de"] == "Bezirk 12 neu"
    assert by_key(then)["bezirk-12"]["name"]["de"] == "Bezirk 12"
    assert by_key(now)["neubau"]["status"] == "missing"
    assert "neubau" not in by_key(then)
    assert then["periods"] == ["2020", "2021"]


async def test_a_map_can_show_part_of_the_territory(indicators: Door) -> None:
    await prepared(indicators)
    assert len((await ask(indicators.as_(), "within=stadt"))["features"]) == 12
    upper = await ask(indicators.as_(), "level=stadt")
    assert [feature["id"] for feature in upper["features"]] == ["stadt"]
    assert upper["features"][0]["properties"]["value"] == 9.0


async def test_a_map_is_known_by_its_tag_until_something_changes(indicators: Door) -> None:
    await prepared(indicators)
    public = indicators.as_()
    first = await public.get("/maps/quote")
    tag = first.headers["etag"]
    assert tag.startswith('"rel-1-')
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert first.headers["vary"] == "Accept, Accept-Language"
    known = await public.get("/maps/quote", headers={"If-None-Match": tag})
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    assert known.headers["cache-control"] == first.headers["cache-control"]
    for query in ("classes=4", "lang=en", "geometry=full", "period=2024"):
        assert (await public.get(f"/maps/quote?{query}")).headers["etag"] != tag
    assert (await indicators.get("/maps/quote")).headers["etag"] != tag
    level = (await indicators.get("/area-levels/bezirk")).json()["revision"]
    await indicators.patch("/area-levels/bezirk", {"name": {"de": "Kiez"}}, level)
    renamed = await public.get("/maps/quote", headers={"If-None-Match": tag})
    assert renamed.json()["level"]["name"]["de"] == "Kiez"
    await released(indicators, tidy("bezirk-03,2024,quote,,17.5"))
    newer = await public.get("/maps/quote", headers={"If-None-Match": renamed.headers["etag"]})
    assert newer.status_code == 200


async def test_a_map_costs_two_statements_and_its_shapes_one_more(
    indicators: Door, statements: list[str]
) -> None:
    await prepared(indicators)
    for query, price in (("", 2), ("geometry=simplified", 3), ("geometry=simplified", 2)):
        statements.clear()
        await indicators.as_().get(f"/maps/quote?{query}")
        assert len(statements) == price, statements


@pytest.mark.parametrize(
    ("lang", "label", "line"),
    [
        ("de", "16,0\u00a0%", "Quelle"),
        ("en", "16.0\u00a0%", "Source"),
        ("it", "16,0\u00a0%", "Fonte"),
    ],
)
async def test_a_map_speaks_three_languages(
    indicators: Door, lang: str, label: str, line: str
) -> None:
    await prepared(indicators)
    told = await ask(indicators.as_(), f"lang={lang}")
    assert by_key(told)["bezirk-03"]["label"] == label
    assert told["source_line"].startswith(line)


def test_every_district_has_its_rows() -> None:
    assert len(rows()) == len(YEARS) * 14 * 3


async def test_the_map_of_an_index_has_the_classes_and_names_of_its_recipe(
    indicators: Door,
) -> None:
    await index.equip(indicators)
    await released(indicators, index.USUAL)
    told = await ask(indicators.as_(), "", "soziale-lage-status")
    assert (told["classification"]["method"], told["classification"]["limits"]) == (
        "recipe",
        [-1.0, 1.0],
    )
    assert [(line["label"], line["count"]) for line in told["legend"]] == [
        ("günstig: unter \N{MINUS SIGN}1", 1),
        ("mittel: ab \N{MINUS SIGN}1 bis 1", 4),
        ("ungünstig: über 1", 1),
    ]
    results = await index.found(indicators.as_())
    classes = {key: one["number"] for key, one in by_key(told).items()}
    assert classes == {area: int(code) for area, (_, code, _) in results.items()}
    colours = {one["colour"] for one in by_key(told).values()}
    assert colours == {line["colour"] for line in told["legend"]}
    by_number = await ask(indicators.as_(), "classes=2", "soziale-lage-status")
    assert by_number["classification"]["method"] == "quantile"
    other = await indicators.as_().get("/maps/kinderarmut?method=recipe")
    assert (other.status_code, other.json()["errors"][0]["parameter"]) == (422, "method")


async def test_the_map_of_an_index_is_as_it_was_printed(indicators: Door) -> None:
    """A recipe that is changed changes the map with the next release, not before."""
    await index.equip(indicators)
    await released(indicators, index.USUAL)
    key = "soziale-lage-status"
    first = await ask(indicators.as_(), "", key)
    two = [
        {"code": "1", "label": {"de": "unten"}, "up_to": "0"},
        {"code": "2", "label": {"de": "oben"}},
    ]
    changed = await indicators.patch("/indices/soziale-lage", {"classes": two})
    assert changed.status_code == 200, changed.text
    assert (await ask(indicators.as_(), "", key))["legend"] == first["legend"]
    await indicators.made("/releases", {"title": {"de": "Neue Klassen"}, "deliveries": []})
    now = await ask(indicators.as_(), "", key)
    assert [line["label"] for line in now["legend"]] == ["unten: bis 0", "oben: über 0"]
    printed = await ask(indicators.as_(), "as_of=1", key)
    assert printed["legend"] == first["legend"]


async def test_a_map_says_where_its_shapes_are_tiles(indicators: Door) -> None:
    await prepared(indicators)
    assert (await ask(indicators.as_()))["schematic"] is None
    for key in districts():
        answer = await indicators.patch(f"/areas/{key}", {"geometry_is_schematic": True}, 1)
        assert answer.status_code == 200, answer.text
    told = await ask(indicators.as_(), "lang=en")
    assert told["schematic"] == "Schematic map: tiles instead of the real boundaries."
    svg = (await indicators.as_().get("/charts/map?indicator=quote&format=svg")).text
    assert "Kacheln statt der wirklichen Grenzen." in svg
