"""Versions of the catalogue: frozen, compared, approved by a board."""

from collections.abc import Callable
from typing import Any

import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_body
from tests.integration.indicators.figures import POPULATION, RATE, RECIPIENTS
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


async def meeting(boards: Door) -> None:
    await boards.made("/bodies", a_body())
    new: dict[str, Any] = {
        "key": "sitzung-1",
        "body": "planungsbeirat",
        "name": {"de": "Erste Sitzung"},
        "starts_at": "2026-03-12T17:00:00+01:00",
    }
    made = await boards.post("/meetings", new)
    assert made.status_code == 201, made.text


@pytest.mark.parametrize(
    ("approval", "status", "checked"),
    [
        ({"resource": "meetings", "key": "sitzung-1", "decided_on": "2026-03-12"}, 200, True),
        ({"resource": "meetings", "key": "sitzung-9"}, 422, None),
        ({"resource": "meetings"}, 422, None),
        ({"resource": "nowhere", "key": "sitzung-1"}, 422, None),
    ],
)
async def test_a_board_approves_a_version_once(
    doors: Callable[[str, Municipality], Door],
    town: Municipality,
    approval: dict[str, Any],
    status: int,
    checked: bool | None,
) -> None:
    indicators = doors("indicators", town)
    await meeting(doors("boards", town))
    await define(indicators)
    await indicators.made("/catalogue/versions", TITLE)
    path = "/catalogue/versions/catalogue-1/approval"
    answer = await indicators.post(path, approval)
    assert answer.status_code == status, answer.text
    read = (await indicators.as_().get("/catalogue/versions/catalogue-1")).json()
    if status == 200:
        assert (read["approval"]["key"], read["approval"]["checked"]) == ("sitzung-1", checked)
        assert (await indicators.post(path, approval)).status_code == 409
    else:
        assert read["approval"] is None


async def test_a_resolution_is_kept_as_a_reference_until_boards_have_them(
    doors: Callable[[str, Municipality], Door], town: Municipality
) -> None:
    indicators, boards = doors("indicators", town), doors("boards", town)
    await define(indicators)
    await indicators.made("/catalogue/versions", TITLE)
    path = "/catalogue/versions/catalogue-1/approval"
    answer = await indicators.post(path, {"key": "indikatorenkatalog-2026"})
    offered = (await boards.get("/resolutions?limit=1")).status_code == 200
    if offered:
        assert answer.status_code == 422
    else:
        assert answer.json()["approval"]["checked"] is False
