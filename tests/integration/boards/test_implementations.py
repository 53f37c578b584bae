"""Carrying out resolutions: who, until when, how far, and what is overdue."""

from datetime import timedelta
from typing import Any

import pytest

from services.kit.days import today
from tests.integration.boards.council import text
from tests.integration.boards.deciding import a_resolution, bodies, voted
from tests.integration.boards.filing import kept, sent
from tests.support.copies import copied
from tests.support.documents import PDF
from tests.support.towns import Door

YESTERDAY, TODAY, TOMORROW = (str(today() + timedelta(days=days)) for days in (-1, 0, 1))


def a_task(key: str = "i-1", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "resolution": "b-1",
        "task": text("Bescheide"),
        "responsible": "amt",
        **more,
    }


def a_report(state: str, **more: Any) -> dict[str, Any]:
    return {"state": state, "text": text("Erledigt."), **more}


@pytest.fixture
@copied
async def office(boards: Door) -> Door:
    await bodies(boards, "stadtrat")
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat")))
    return boards


async def resolution(door: Door) -> str:
    found: str = (await door.get("/resolutions/b-1")).json()["implementation"]
    return found


async def test_a_task_is_overdue_the_day_after(office: Door) -> None:
    assert await resolution(office) == "none"
    late = await office.made("/implementations", a_task(due_on=YESTERDAY))
    assert (late["overdue"], late["state"], late["days_in_state"]) == (True, "open", 0)
    await office.made("/implementations", a_task("i-2", due_on=TODAY))
    await office.made("/implementations", a_task("i-3"))
    for query, found in (("true", ["i-1"]), ("false", ["i-2", "i-3"])):
        items = (await office.as_().get(f"/implementations?overdue={query}")).json()["items"]
        assert [one["key"] for one in items] == found
    assert await resolution(office) == "overdue"
    overdue = (await office.as_().get("/resolutions?overdue=true")).json()["items"]
    assert [one["key"] for one in overdue] == ["b-1"]
    assert (await office.get("/resolutions?overdue=false")).json()["items"] == []
    assert len((await office.get("/resolutions?open=true")).json()["items"]) == 1


async def test_reports_move_a_task_and_stay(office: Door) -> None:
    await office.made("/implementations", a_task(due_on=YESTERDAY))
    first = await office.post("/implementations/i-1/reports", a_report("in_progress"))
    assert first.status_code == 201, first.text
    assert "/implementations/i-1/reports/ir-" in first.headers["location"]
    assert await resolution(office) == "overdue"
    await office.made("/implementations/i-1/reports", a_report("done"))
    assert await resolution(office) == "done"
    assert (await office.get("/resolutions?overdue=true")).json()["items"] == []
    assert (await office.get("/implementations?overdue=true")).json()["items"] == []
    again = await office.post("/implementations/i-1/reports", a_report("open"))
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (409, "/state")
    await office.made("/implementations/i-1/reports", a_report("in_progress"))
    items = (await office.as_().get("/implementations/i-1/reports")).json()["items"]
    assert sorted(one["state"] for one in items) == ["done", "in_progress", "in_progress"]
    one = items[0]["key"]
    assert (await office.as_().get(f"/implementations/i-1/reports/{one}")).json() == items[0]


async def test_nobody_owes_what_was_dropped_or_replaced(office: Door) -> None:
    await office.made("/implementations", a_task(due_on=YESTERDAY))
    await office.made("/implementations", a_task("i-2", due_on=YESTERDAY))
    await office.made("/implementations/i-1/reports", a_report("dropped"))
    late = "/implementations?overdue=true"
    assert [one["key"] for one in (await office.get(late)).json()["items"]] == ["i-2"]
    ends = [{"resolution": "b-1", "kind": "replaces"}]
    await office.made(
        "/resolutions", a_resolution(await voted(office, "stadtrat", "b"), "b-2", ends=ends)
    )
    assert (await office.get(late)).json()["items"] == []
    assert (await office.get("/resolutions?overdue=true")).json()["items"] == []
    assert (await office.get("/implementations/i-2")).json()["overdue"] is False


async def test_what_belongs_to_a_resolution_changes_its_etag(office: Door) -> None:
    await office.made("/implementations", a_task())
    before = await office.as_().get("/resolutions/b-1")
    await office.made("/implementations/i-1/reports", a_report("done"))
    known = {"If-None-Match": before.headers["etag"]}
    after = await office.as_().get("/resolutions/b-1", headers=known)
    assert (after.status_code, after.json()["implementation"]) == (200, "done")
    changed = await office.patch("/resolutions/b-1", {"title": {"en": "Resolution"}}, 1)
    assert changed.status_code == 200


async def test_nobody_owes_what_follows_from_a_resolution_that_fell(office: Door) -> None:
    await office.made("/implementations", a_task(due_on=YESTERDAY))
    before = await office.get("/implementations/i-1")
    interest = {"agenda_item": "stadtrat-1-a", "membership": "m-stadtrat"}
    decision = f"/exclusions/{(await office.made('/exclusions', interest))['key']}/decision"

    async def overdue() -> tuple[list[str], list[str], str, bool]:
        found = [
            [one["key"] for one in (await office.get(f"{address}?overdue=true")).json()["items"]]
            for address in ("/resolutions", "/implementations")
        ]
        task = (await office.get("/implementations/i-1")).json()
        return found[0], found[1], await resolution(office), task["overdue"]

    assert await overdue() == (["b-1"], ["i-1"], "overdue", True)
    found = {"state": "confirmed", "reason": text("Leitet die Einrichtung")}
    assert (await office.post(decision, found)).status_code == 200
    assert await overdue() == ([], [], "none", False)
    assert (await office.get("/resolutions?open=true")).json()["items"] == []
    assert len((await office.get("/implementations?overdue=false")).json()["items"]) == 1
    known = {"If-None-Match": before.headers["etag"]}
    assert (await office.get("/implementations/i-1", headers=known)).status_code == 200
    refused = await office.post("/implementations", a_task("i-2"))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/resolution")
    assert (await office.get("/implementations/i-2")).status_code == 404
    found = {"state": "dismissed", "reason": text("Doch nicht")}
    assert (await office.post(decision, found)).status_code == 200
    assert await overdue() == (["b-1"], ["i-1"], "overdue", True)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"resolution": "b-9"}, "/resolution"),
        ({"responsible": "nobody"}, "/responsible"),
        ({"due_on": "bald"}, "/due_on"),
        ({"state": "done"}, "/state"),
    ],
)
async def test_a_task_that_cannot_be_is_refused(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await office.post("/implementations", a_task(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await office.get("/implementations")).json()["items"] == []


@pytest.mark.parametrize("day", [TOMORROW, "2020-01-01"])
async def test_nobody_reports_from_the_future_or_before_the_task(office: Door, day: str) -> None:
    await office.made("/implementations", a_task())
    refused = await office.post("/implementations/i-1/reports", a_report("done", reported_on=day))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reported_on")
    assert (await office.get("/implementations/i-1")).json()["state"] == "open"
    assert (await office.get("/implementations/i-1/reports")).json()["items"] == []


async def test_a_task_changes_hands_and_stays_with_its_resolution(office: Door) -> None:
    await office.made(
        "/organisations", {"key": "jobcenter", "name": text("Jobcenter"), "kind": "jobcentre"}
    )
    await office.made("/implementations", a_task(visibility="administration"))
    moved = await office.patch("/implementations/i-1", {"responsible": "jobcenter"})
    assert moved.status_code == 200, moved.text
    items = (await office.get("/implementations?responsible=jobcenter")).json()["items"]
    assert [one["key"] for one in items] == ["i-1"]
    refused = await office.patch("/implementations/i-1", {"resolution": "b-2"}, 2)
    assert refused.json()["errors"][0]["code"] == "immutable"
    assert (await office.as_().get("/implementations/i-1")).status_code == 404
    assert (await office.as_().get("/implementations/i-1/reports")).status_code == 404


async def files(door: Door) -> list[str]:
    found = (await door.get("/files?subject_kind=implementation")).json()["items"]
    return [one["key"] for one in found]


async def test_files_of_a_task_are_seen_with_it(office: Door) -> None:
    await office.made("/implementations", a_task())
    file = await kept(office, subject_kind="implementation", subject="i-1", role="auxiliary")
    address = f"/files/{file}"
    assert await files(office.as_()) == [file]
    assert (await office.as_().get(f"{address}/content")).content == PDF
    for place in ("/implementations/i-1", "/resolutions/b-1"):
        hidden = await office.patch(place, {"visibility": "members"}, 1)
        assert hidden.status_code == 200, hidden.text
        for part in ("", "/content"):
            assert (await office.as_().get(f"{address}{part}")).status_code == 404
        assert (await office.as_("member").get(address)).status_code == 200
        assert (await office.patch(place, {"visibility": "public"}, 2)).status_code == 200
    assert (await office.as_().get(address)).status_code == 200
    refused = await sent(office, subject_kind="implementation", subject="i-9", role="auxiliary")
    assert (refused.status_code, await files(office)) == (422, [file])
