"""Participation processes: planned, open, over; what they promised is kept."""

from typing import Any

import pytest

from tests.integration.boards.beside import AREAS, INDICATORS, apps
from tests.integration.boards.council import a_body, a_contribution, a_process, day
from tests.support.towns import Door

__all__ = ["apps"]


async def prepared(boards: Door, **more: Any) -> dict[str, Any]:
    await boards.made("/bodies", a_body())
    return await boards.made("/participation-processes", a_process(areas=AREAS, **more))


async def test_the_public_learns_of_a_process_when_its_preparation_is_over(boards: Door) -> None:
    await prepared(boards, since=11)
    await boards.made("/participation-processes", a_process("later", since=12))
    await boards.made("/participation-processes", a_process("now", since=10))
    public = (await boards.as_().get("/participation-processes")).json()["items"]
    assert [(one["key"], one["state"]) for one in public] == [("now", "publication")]
    assert (await boards.as_().get("/participation-processes/later")).status_code == 404
    office = (await boards.as_("planner").get("/participation-processes")).json()["items"]
    assert [one["state"] for one in office] == ["preparation", "preparation", "publication"]


async def test_processes_that_take_contributions_are_found(boards: Door) -> None:
    await prepared(boards)
    await boards.made("/participation-processes", a_process("early", since=3))
    await boards.made("/participation-processes", a_process("late", since=-11))
    await boards.made("/participation-processes", a_process("off", cancelled_on=day(-1)))
    await boards.made("/participation-processes", a_process("last-day", since=-10))
    for taking, keys in (
        ("true", ["dialog", "last-day"]),
        ("false", ["early", "late", "off"]),
    ):
        found = await boards.get(f"/participation-processes?taking={taking}")
        assert [one["key"] for one in found.json()["items"]] == keys
    of_body = await boards.get("/participation-processes?body=planungsbeirat&limit=2")
    assert [one["key"] for one in of_body.json()["items"]] == ["dialog", "early"]
    assert (await boards.get("/participation-processes?organisation=other-one")).json()[
        "items"
    ] == []


async def test_the_etag_changes_with_the_state(boards: Door) -> None:
    await prepared(boards)
    read = await boards.as_().get("/participation-processes/dialog")
    assert read.headers["etag"] == '"r1.submission"'
    changed = await boards.patch("/participation-processes/dialog", {"cancelled_on": day(0)})
    assert changed.json()["state"] == "cancelled"
    known = {"If-None-Match": '"r1.submission"'}
    again = await boards.as_().get("/participation-processes/dialog", headers=known)
    assert (again.status_code, again.headers["etag"]) == (200, '"r2.cancelled"')


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"body": "nobody"}, "/body"),
        ({"organisation": "nobody"}, "/organisation"),
        ({"steps": []}, "/steps"),
        ({"smallest_group": 2}, "/smallest_group"),
        ({"delete_on": "2020-01-01"}, "/delete_on"),
        ({"consent_text": {"en": "I agree."}}, "/consent_text"),
        ({"areas": ["lobeda", "nowhere-1"]}, "/areas/1"),
        ({"topics": ["nowhere-2"]}, "/topics/0"),
    ],
)
async def test_a_process_that_cannot_be_is_refused(
    boards: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await boards.made("/bodies", a_body())
    refused = await boards.post("/participation-processes", a_process(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await boards.get("/participation-processes")).json()["items"] == []


async def test_what_somebody_chose_stays_and_what_was_promised_is_kept(boards: Door) -> None:
    await prepared(boards)
    chosen = {"category": "wohnen", "target_group": "familien", "area": "lobeda"}
    await boards.made("/contributions", a_contribution(**chosen))
    for change, pointer in (
        ({"categories": []}, "/categories"),
        ({"target_groups": []}, "/target_groups"),
        ({"areas": ["winzerla"]}, "/areas"),
        ({"smallest_group": 3}, "/smallest_group"),
        ({"delete_on": day(500)}, "/delete_on"),
    ):
        refused = await boards.patch("/participation-processes/dialog", change)
        assert refused.status_code == 409, refused.text
        assert refused.json()["errors"][0]["pointer"] == pointer
    same = await boards.patch("/participation-processes/dialog", {"consent_text": {"de": "Neu."}})
    assert same.json()["errors"][0]["pointer"] == "/consent_version"
    allowed = {"categories": [{"key": "wohnen", "name": {"de": "Wohnen"}}], "areas": ["lobeda"]}
    assert (await boards.patch("/participation-processes/dialog", allowed)).status_code == 200


async def test_areas_are_asked_for_once_and_nothing_is_kept_while_nobody_answers(
    boards: Door,
) -> None:
    await boards.made("/bodies", a_body())
    INDICATORS.away = True
    refused = await boards.post("/participation-processes", a_process(areas=AREAS))
    assert refused.status_code == 503, refused.text
    assert (await boards.get("/participation-processes")).json()["items"] == []
    INDICATORS.away = False
    await boards.made("/participation-processes", a_process(areas=AREAS, topics=["armut"]))
    INDICATORS.calls.clear()
    changed = await boards.patch(
        "/participation-processes/dialog", {"areas": ["winzerla", "mitte"], "topics": ["armut"]}
    )
    assert changed.status_code == 200, changed.text
    assert [call.rsplit("/", 1)[1] for call in INDICATORS.calls] == ["mitte"]
