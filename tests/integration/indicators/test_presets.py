"""Presets: adopted with one call, idempotent, never changing what a town has defined itself."""

import re
from typing import Any

import pytest

from services.indicators.presets.rules import SETS
from services.indicators.presets.sets.words import Set
from tests.integration.indicators.figures import COUNT, POPULATION, released, tidy
from tests.integration.indicators.territory import area, settle
from tests.support.towns import Door

EACH = pytest.mark.parametrize("preset", SETS.values(), ids=SETS.keys())


@EACH
def test_every_indicator_says_what_an_office_needs_to_know(preset: Set) -> None:
    topics = {one.key for one in preset.topics}
    keys = [one.key for one in preset.indicators]
    assert len(keys) == len(set(keys))
    for place, one in enumerate(preset.indicators):
        assert {"de", "en"} <= one.name.keys() & one.unit.keys(), one.key
        assert one.topic in topics, one.key
        assert one.source.publisher
        assert one.protection.kind == "threshold"
        assert one.protection.reason
        named = {one.numerator, one.denominator, *re.findall("{(.*?)}", one.formula or "")}
        assert named - {None} <= set(keys[:place]), "parts come before what is computed from them"
        if one.source.table:
            assert one.source.licence == "dl-de/by-2-0"
    for index in preset.indices:
        assert {*index.components, index.population} <= set(keys)


@EACH
async def test_a_preset_is_adopted_with_one_call_and_again_changes_nothing(
    indicators: Door, preset: Set
) -> None:
    await settle(indicators)
    planner = indicators.as_("planner")
    listed = (await indicators.as_().get("/presets")).json()
    assert preset.key in [one["key"] for one in listed]
    read = (await indicators.as_().get(f"/presets/{preset.key}")).json()
    assert [one["key"] for one in read["indicators"]] == [one.key for one in preset.indicators]
    address = f"/presets/{preset.key}/adoption"
    assert (await indicators.as_().post(address)).status_code == 401
    done = await planner.post(f"{address}?level=statistischer-bezirk")
    assert done.status_code == 200, done.text
    names = [f"topics/{one.key}" for one in preset.topics]
    names += [f"indicators/{one.key}" for one in preset.indicators]
    names += [f"indices/{one.key}" for one in preset.indices]
    assert done.json()["created"] == names
    assert (done.json()["different"], done.json()["indices_left_out"]) == ([], [])
    again = (await planner.post(f"{address}?level=statistischer-bezirk")).json()
    assert (again["created"], again["unchanged"], again["different"]) == ([], names, [])
    page = await indicators.as_().get("/indicators?limit=1000")
    assert {one.key for one in preset.indicators} <= {one["key"] for one in page.json()["items"]}


@EACH
async def test_what_is_adopted_is_computed_from_what_is_delivered(
    indicators: Door, preset: Set
) -> None:
    """Nothing but the adoption and one delivery: every rate and every index has its figures."""
    await settle(indicators)
    places = ["lobeda-west", "winzerla", "ammerbach", "burgau", "zwaetzen"]
    for key in places[2:]:
        await indicators.made("/areas", area(key, "statistischer-bezirk", "jena"))
    done = await indicators.post(f"/presets/{preset.key}/adoption?level=statistischer-bezirk")
    assert done.status_code == 200, done.text
    below = {one.denominator for one in preset.indicators if one.computed}
    rows = [
        f"{place},{year}-12-31,{one.key},,{(5000 if one.key in below else 300) + n * n * year % 97}"
        for one in preset.indicators
        if not one.computed
        for n, place in enumerate(places)
        for year in (2022, 2023, 2024)
    ]
    await released(indicators, tidy(*rows))
    keys = [one.key for one in preset.indicators if one.computed]
    keys += [f"{one.key}-{half}" for one in preset.indices for half in ("status", "dynamics")]
    assert keys
    for key in keys:
        query = f"/observations?indicator={key}&period=2024-12-31"
        answer = await indicators.as_().get(query)
        assert answer.status_code == 200, answer.text
        found = answer.json()["columns"]
        assert sorted(found["area"]) == sorted(places), key
        assert None not in found["value"], key


async def test_what_a_town_has_defined_itself_stays(indicators: Door) -> None:
    own: dict[str, Any] = {**COUNT, "name": {"de": "Einwohner"}}
    await indicators.made("/indicators", {**own, "key": "bevoelkerung"})
    codes = POPULATION["source_codes"]
    await indicators.made("/indicators", {**own, "key": "einwohner", "source_codes": codes})
    await indicators.made("/topics", {"key": "soziale-lage", "name": {"de": "Soziales"}})
    done = (await indicators.post("/presets/mss/adoption")).json()
    different = {f"{one['resource']}/{one['key']}": one["fields"] for one in done["different"]}
    assert different["topics/soziale-lage"] == ["name"]
    assert {"name", "topic", "source_codes"} <= set(different["indicators/bevoelkerung"])
    assert done["indices_left_out"] == ["indices/mss"]
    kept = (await indicators.get("/indicators/bevoelkerung")).json()
    assert (kept["name"], kept["revision"]) == ({"de": "Einwohner"}, 1)


async def test_a_source_code_stays_with_the_indicator_that_has_it(indicators: Door) -> None:
    await indicators.made("/indicators", {**POPULATION, "key": "einwohner"})
    done = (await indicators.post("/presets/minimum-income/adoption")).json()
    assert done["codes_left_out"] == ["12411:BEVSTD:Anzahl"]
    assert (await indicators.get("/indicators/bevoelkerung")).json()["source_codes"] == []


async def test_a_preset_that_is_none_is_not_there(indicators: Door) -> None:
    assert (await indicators.get("/presets/nowhere")).status_code == 404
    assert (await indicators.post("/presets/nowhere/adoption")).status_code == 404
    unknown = await indicators.post("/presets/mss/adoption?level=nowhere")
    assert unknown.status_code == 422
    assert (await indicators.get("/indicators")).json()["items"] == []
