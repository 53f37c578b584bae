"""Evidence: published figures and findings, checked when they are named and kept as they were."""

from typing import Any

import pytest
from fastapi import FastAPI

from services.indicators.needs.commands import evaluate
from services.kit.database import Database
from tests.integration.boards.council import text
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    bodies,
    voted,
)
from tests.integration.indicators.figures import equip, released, tidy
from tests.integration.indicators.town_with_facilities import equip_districts
from tests.support.copies import copied
from tests.support.towns import Door, actor


def a_figure(**more: Any) -> dict[str, Any]:
    return {
        "indicator": "bevoelkerung",
        "area": "jena",
        "period": "2024-12-31",
        "breakdown": "",
        **more,
    }


@pytest.fixture
@copied
async def office(boards: Door, indicators: Door) -> Door:
    await equip(indicators)
    await released(
        indicators,
        tidy(
            "jena,2024-12-31,bevoelkerung,,96000",
            "jena,2024-12-31,bevoelkerung,GESW,49000",
            "jena,2024-12-31,bevoelkerung,GESM,47000",
        ),
    )
    await bodies(boards, "beirat", "stadtrat")
    return boards


async def test_a_figure_is_kept_as_it_was_published(office: Door, indicators: Door) -> None:
    vote = await voted(office, "beirat")
    figures = [a_figure(), a_figure(breakdown="GES=GESW", value=49000, release=1)]
    given = await office.made("/recommendations", a_recommendation(vote, evidence=figures))
    (total, women) = given["evidence"]
    assert (total["value"], total["release"], total["name"]["de"]) == (96000, 1, "Bevölkerung")
    assert (women["value"], women["breakdown"], women["unit"]["de"]) == (
        49000,
        "GES=GESW",
        "Personen",
    )
    await released(indicators, tidy("jena,2024-12-31,bevoelkerung,,95000"))
    await indicators.patch("/indicators/bevoelkerung", {"name": {"de": "Einwohner"}}, 1)
    again = (await office.as_().get("/recommendations/r-1")).json()
    assert again["evidence"] == given["evidence"]


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"value": 95999}, "/evidence/1/value", "differs"),
        ({"value": "viele"}, "/evidence/1/value", "decimal_parsing"),
        ({"indicator": "unbekannt"}, "/evidence/1", "no-figure"),
        ({"area": "nirgends"}, "/evidence/1", "no-figure"),
        ({"period": "2020-12-31"}, "/evidence/1", "no-figure"),
        ({"period": "../../x"}, "/evidence/1/period", "string_pattern_mismatch"),
        ({"breakdown": "GES=GESX"}, "/evidence/1", "no-figure"),
        ({"release": 2}, "/evidence/1", "no-figure"),
        ({"release": 0}, "/evidence/1/release", "greater_than_equal"),
    ],
)
async def test_what_is_not_published_so_is_no_evidence(
    office: Door, wrong: dict[str, Any], pointer: str, code: str
) -> None:
    vote = await voted(office, "stadtrat")
    new = a_resolution(vote, evidence=[a_figure(), a_figure(**wrong)])
    refused = await office.post("/resolutions", new)
    assert refused.status_code == 422, refused.text
    fault = refused.json()["errors"][0]
    assert (fault["pointer"], fault["code"]) == (pointer, code)
    assert (await office.get("/resolutions")).json()["items"] == []
    assert (await office.get("/evidences")).json()["items"] == []


async def test_what_is_hidden_from_the_public_proves_nothing(
    office: Door, indicators: Door
) -> None:
    await indicators.patch("/indicators/bevoelkerung", {"visibility": "administration"}, 1)
    vote = await voted(office, "stadtrat")
    refused = await office.post("/resolutions", a_resolution(vote, evidence=[a_figure()]))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "no-figure")


async def test_who_rests_on_an_indicator_is_found_both_ways(office: Door) -> None:
    await office.made(
        "/recommendations",
        a_recommendation(await voted(office, "beirat"), evidence=[a_figure()]),
    )
    await office.made(
        "/resolutions",
        a_resolution(await voted(office, "stadtrat"), evidence=[a_figure(breakdown="GES=GESM")]),
    )
    found = (await office.as_().get("/evidences?indicator=bevoelkerung")).json()["items"]
    named = {(one["recommendation"], one["resolution"]) for one in found}
    assert named == {("r-1", None), (None, "b-1")}
    one = found[0]
    assert (await office.as_().get(f"/evidences/{one['key']}")).json() == one
    for query, count in (("area=jena", 2), ("release=1", 2), ("release=2", 0), ("indicator=xx", 0)):
        assert len((await office.get(f"/evidences?{query}")).json()["items"]) == count, query


async def test_evidence_is_hidden_with_what_rests_on_it(office: Door) -> None:
    vote = await voted(office, "stadtrat")
    new = a_resolution(vote, evidence=[a_figure()], visibility="administration")
    await office.made("/resolutions", new)
    assert (await office.as_().get("/evidences?indicator=bevoelkerung")).json()["items"] == []
    assert len((await office.get("/evidences?indicator=bevoelkerung")).json()["items"]) == 1


async def test_a_finding_that_is_not_there_is_not_answered(office: Door) -> None:
    vote = await voted(office, "beirat")
    refused = await office.post(
        "/recommendations", a_recommendation(vote, findings=["kinderarmut-r1"])
    )
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/findings/0")


async def test_a_finding_is_answered_as_it_was_and_stays_with_the_administration(
    boards: Door, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    await equip_districts(indicators)
    condition = {
        "kind": "threshold",
        "indicator": "kinder",
        "comparison": "above",
        "value": "100",
    }
    rule = {"key": "viele-kinder", "title": text("Viele Kinder"), "severity": "high"}
    await indicators.made("/needs-rules", {**rule, "level": "bezirk", "conditions": [condition]})
    number = (await released(indicators, tidy("bezirk-a,2024-12-31,kinder,,160")))["number"]
    database: Database = apps["indicators"].state.database
    async with database.writing(actor(indicators.municipality, ["administrator"])) as session:
        await evaluate(session, number)
    await bodies(boards, "beirat", "stadtrat")
    finding = "viele-kinder-bezirk-a-r1"
    vote = await voted(boards, "beirat")
    given = await boards.made("/recommendations", a_recommendation(vote, findings=[finding]))
    (answered,) = given["findings"]
    assert (answered["area"], answered["title"]["de"]) == ("bezirk-a", "Viele Kinder")
    for reader, count in ((boards.as_("planner"), 1), (boards.as_(), 0)):
        assert len((await reader.get("/recommendations/r-1")).json()["findings"]) == count
        found = (await reader.get(f"/recommendations?finding={finding}")).json()["items"]
        assert len(found) == count
