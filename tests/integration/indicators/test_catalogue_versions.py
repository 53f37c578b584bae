"""Versions of the catalogue: frozen, compared, approved by a board."""

from typing import Any

import pytest

from tests.integration.boards.council import a_power
from tests.integration.boards.deciding import a_resolution, bodies, voted
from tests.integration.indicators.figures import POPULATION, RATE, RECIPIENTS
from tests.support.copies import copied
from tests.support.towns import Door

TITLE = {"title": {"de": "Indikatorenkatalog 2026"}}


async def define(door: Door) -> None:
    await door.made("/topics", {"key": "soziales", "name": {"de": "Soziales"}})
    await door.made("/indicators", {**POPULATION, "topic": "soziales"})
    await door.made("/indicators", RECIPIENTS)


async def test_a_version_holds_every_definition_as_it_was(indicators: Door) -> None:
    await define(indicators)
    first = await indicators.as_("planner").post("/catalogue/versions", TITLE)
    assert first.status_code == 201, first.text
    assert (first.json()["key"], first.json()["number"]) == ("catalogue-1", 1)
    changed = await indicators.patch("/indicators/bevoelkerung", {"decimals": 1}, 1)
    assert changed.status_code == 200
    read = (await indicators.as_().get("/catalogue/versions/catalogue-1")).json()
    frozen = {one["key"]: one for one in read["indicators"]}
    assert frozen["bevoelkerung"]["revision"] == 1
    assert frozen["bevoelkerung"]["definition"]["decimals"] == 0
    assert frozen["bevoelkerung"]["definition"]["topic"] == "soziales"
    assert [one["key"] for one in read["topics"]] == ["soziales"]
    listed = (await indicators.as_().get("/catalogue/versions")).json()["items"]
    assert [one["key"] for one in listed] == ["catalogue-1"]
    assert "indicators" not in listed[0]
    assert (await indicators.as_().post("/catalogue/versions", TITLE)).status_code == 401


async def test_the_same_catalogue_has_the_same_hash(indicators: Door) -> None:
    await define(indicators)
    first = await indicators.made("/catalogue/versions", TITLE)
    again = await indicators.made("/catalogue/versions", {"title": {"de": "Noch einmal"}})
    assert first["sha256"] == again["sha256"]
    await indicators.made("/indicators", RATE)
    assert (await indicators.made("/catalogue/versions", TITLE))["sha256"] != first["sha256"]


async def test_two_versions_are_compared_field_by_field(indicators: Door) -> None:
    await define(indicators)
    await indicators.made("/catalogue/versions", TITLE)
    await indicators.made("/indicators", RATE)
    await indicators.patch("/indicators/bevoelkerung", {"decimals": 1}, 1)
    await indicators.patch("/topics/soziales", {"position": 3}, 1)
    await indicators.made("/catalogue/versions", TITLE)
    path = "/catalogue/versions/catalogue-2/difference?before=catalogue-1"
    found = (await indicators.as_().get(path)).json()
    assert found["indicators"] == {
        "added": ["quote"],
        "removed": [],
        "changed": [{"key": "bevoelkerung", "fields": {"decimals": {"before": 0, "after": 1}}}],
    }
    assert found["topics"]["changed"][0]["fields"] == {"position": {"before": 0, "after": 3}}
    back = "/catalogue/versions/catalogue-1/difference?before=catalogue-2"
    assert (await indicators.as_().get(back)).json()["indicators"]["removed"] == ["quote"]


async def test_what_is_for_the_administration_stays_so_in_a_version(indicators: Door) -> None:
    await indicators.made("/indicators", {**POPULATION, "visibility": "administration"})
    made = await indicators.made("/catalogue/versions", TITLE)
    assert [one["key"] for one in made["indicators"]] == ["bevoelkerung"]
    read = (await indicators.as_().get("/catalogue/versions/catalogue-1")).json()
    assert (read["indicators"], read["sha256"]) == ([], made["sha256"])
    await indicators.patch("/indicators/bevoelkerung", {"decimals": 2}, 1)
    await indicators.made("/catalogue/versions", TITLE)
    path = "/catalogue/versions/catalogue-2/difference?before=catalogue-1"
    assert (await indicators.as_().get(path)).json()["indicators"]["changed"] == []


async def test_words_change_and_definitions_do_not(indicators: Door) -> None:
    await define(indicators)
    made = await indicators.made("/catalogue/versions", TITLE)
    changed = await indicators.patch("/catalogue/versions/catalogue-1", {"note": "Entwurf"}, 1)
    assert (changed.json()["note"], changed.json()["sha256"]) == ("Entwurf", made["sha256"])
    refused = await indicators.patch("/catalogue/versions/catalogue-1", {"indicators": []}, 2)
    assert refused.status_code == 422
    assert len((await indicators.get("/catalogue/versions/catalogue-1/history")).json()) == 2


@pytest.fixture
@copied
async def town_hall(indicators: Door, boards: Door) -> Door:
    """Indicators with a version of the catalogue, boards with who may approve it."""
    await define(indicators)
    await indicators.made("/catalogue/versions", TITLE)
    await indicators.made("/catalogue/versions", {"title": {"de": "Zweiter Stand"}})
    await bodies(boards, "lenkungsgruppe", "stadtrat")
    await boards.made("/powers", a_power())
    await boards.made(
        "/acts",
        {
            "key": "akt-1",
            "power": "indikatoren",
            "vote": await voted(boards, "lenkungsgruppe"),
            "subject": "catalogue_versions",
            "subject_key": "catalogue-1",
            "title": {"de": "Indikatoren des Armutsberichtes"},
        },
    )
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat"), "alt"))
    vote = await voted(boards, "stadtrat", "b")
    repeals = [{"resolution": "alt", "kind": "repeals"}]
    await boards.made("/resolutions", a_resolution(vote, ends=repeals))
    vote = await voted(boards, "stadtrat", "c", yes=0)
    await boards.made("/resolutions", a_resolution(vote, "nein", kind="refusal"))
    return indicators


@pytest.mark.parametrize(
    ("approval", "day"),
    [
        ({"key": "akt-1"}, "2026-03-11"),
        ({"key": "akt-1", "decided_on": "2026-03-11"}, "2026-03-11"),
        ({"resource": "resolutions", "key": "b-1"}, "2026-03-13"),
    ],
)
async def test_a_board_approves_a_version_once(
    town_hall: Door, approval: dict[str, Any], day: str
) -> None:
    path = "/catalogue/versions/catalogue-1/approval"
    answer = await town_hall.post(path, approval)
    assert answer.status_code == 200, answer.text
    read = (await town_hall.as_().get("/catalogue/versions/catalogue-1")).json()
    assert (read["approval"]["key"], read["approval"]["decided_on"]) == (approval["key"], day)
    assert (await town_hall.post(path, approval)).status_code == 409


@pytest.mark.parametrize(
    ("version", "approval", "pointer", "code"),
    [
        ("catalogue-1", {"key": "akt-9"}, "/key", "unknown"),
        ("catalogue-2", {"key": "akt-1"}, "/key", "other-subject"),
        ("catalogue-1", {"key": "akt-1", "decided_on": "2026-01-01"}, "/decided_on", "other-day"),
        ("catalogue-1", {"resource": "resolutions", "key": "b-9"}, "/key", "unknown"),
        ("catalogue-1", {"resource": "meetings", "key": "stadtrat-1"}, "/resource", "enum"),
        ("catalogue-1", {"resource": "resolutions", "key": "alt"}, "/key", "not-valid"),
        ("catalogue-1", {"resource": "resolutions", "key": "nein"}, "/key", "refused"),
        ("catalogue-1", {"resource": "nowhere", "key": "akt-1"}, "/resource", "enum"),
        ("catalogue-1", {"resource": "acts"}, "/key", "missing"),
    ],
)
async def test_what_no_board_decided_approves_nothing(
    town_hall: Door, version: str, approval: dict[str, Any], pointer: str, code: str
) -> None:
    refused = await town_hall.post(f"/catalogue/versions/{version}/approval", approval)
    assert refused.status_code == 422, refused.text
    fault = refused.json()["errors"][0]
    assert (fault["pointer"], fault["code"]) == (pointer, code)
    read = (await town_hall.as_().get(f"/catalogue/versions/{version}")).json()
    assert read["approval"] is None
