"""Meetings: planned, invited, running, held, and what may stand on the agenda."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services.kit.days import today
from tests.integration.boards.council import a_body, a_meeting, an_item, text
from tests.support.copies import copied
from tests.support.towns import Door

MEETING = "/meetings/sitzung-1"
AGENDA = f"{MEETING}/agenda-items"


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    await boards.made("/bodies", a_body())
    return boards


@pytest.fixture
async def meeting(board: Door) -> Door:
    await board.made("/meetings", a_meeting())
    return board


async def step(door: Door, state: str) -> int:
    revision = (await door.get(MEETING)).json()["revision"]
    return (await door.patch(MEETING, {"state": state}, revision)).status_code


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"state": "held"}, "/state"),
        ({"state": "postponed"}, "/state"),
        ({"starts_at": "2026-03-12T13:00:00"}, "/starts_at"),
        ({"starts_at": "tomorrow"}, "/starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "/starts_at"),
        ({"ends_at": "2026-03-12T13:00:00+01:00"}, "/ends_at"),
        ({"ends_at": "2026-03-12T12:59:00Z", "starts_at": "2026-03-12T13:00:00Z"}, "/ends_at"),
        ({"body": "nowhere"}, "/body"),
        ({"location": {"en": "no German"}}, "/location"),
    ],
)
async def test_a_meeting_that_cannot_be_is_refused(
    board: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await board.post("/meetings", a_meeting(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await board.get("/meetings")).json()["items"] == []


async def test_a_moment_is_told_in_one_way(board: Door) -> None:
    made = await board.made("/meetings", a_meeting(ends_at="2026-03-12T16:00:00+01:00"))
    assert made["starts_at"] == "2026-03-12T12:00:00Z"
    assert (await board.get(MEETING)).json() == made


async def test_a_meeting_goes_its_way_step_by_step(meeting: Door) -> None:
    assert await step(meeting, "running") == 409
    assert await step(meeting, "invited") == 200
    assert await step(meeting, "running") == 200
    assert await step(meeting, "cancelled") == 409
    assert await step(meeting, "held") == 200
    assert await step(meeting, "planned") == 409
    refused = await meeting.patch(MEETING, {"state": "running"}, 4)
    assert refused.json()["errors"][0]["pointer"] == "/state"


async def test_a_meeting_is_opened_on_its_day_at_the_earliest(board: Door) -> None:
    soon = f"{today() + timedelta(days=2)}T00:30:00+01:00"
    await board.made("/meetings", a_meeting("bald", starts_at=soon))
    address = "/meetings/bald"
    await board.patch(address, {"state": "invited"})
    for state in ("running", "held"):
        early = await board.patch(address, {"state": state}, 2)
        assert early.status_code == 409, early.text
        assert early.json()["errors"][0]["code"] == "too-early"
    assert (await board.patch(address, {"location": text("Rathaus")}, 2)).is_success
    assert (await board.patch(address, {"state": "postponed"}, 3)).is_success


async def test_a_cancelled_meeting_can_be_planned_anew(meeting: Door) -> None:
    assert await step(meeting, "cancelled") == 200
    assert await step(meeting, "planned") == 200
    moved = await meeting.patch(MEETING, {"body": "planungsbeirat", "kind": "workshop"}, 3)
    assert moved.status_code == 200


async def test_a_meeting_stays_with_its_body(meeting: Door) -> None:
    await meeting.made("/bodies", a_body("anderer"))
    refused = await meeting.patch(MEETING, {"body": "anderer"})
    assert refused.json()["errors"][0]["pointer"] == "/body"


async def test_the_latest_meeting_comes_first_and_pages_follow(board: Door) -> None:
    for day in range(1, 8):
        moment = f"2026-03-0{(day + 1) // 2}T13:00:00Z"  # two at the same moment
        await board.made("/meetings", a_meeting(f"s-{day}", starts_at=moment))
    seen: list[str] = []
    address = "/meetings?limit=2"
    while address:
        page = (await board.as_().get(address)).json()
        seen += [item["key"] for item in page["items"]]
        address = page["next"]
        if len(seen) == 2:  # entered meanwhile: nobody sees anything twice
            await board.made("/meetings", a_meeting("s-9", starts_at="2026-04-01T13:00:00Z"))
    assert seen == ["s-7", "s-6", "s-5", "s-4", "s-3", "s-2", "s-1"]


@pytest.mark.parametrize("cursor", ["W10", "WyJhIl0", "WyJhIiwiYiJd", "WzEsImIiXQ", "!!", "e30"])
async def test_a_cursor_of_another_list_is_refused(board: Door, cursor: str) -> None:
    refused = await board.get(f"/meetings?cursor={cursor}")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["parameter"] == "cursor"


async def test_meetings_are_listed_by_body_kind_state_and_german_day(board: Door) -> None:
    await board.made("/bodies", a_body("anderer"))
    night = "2026-06-30T23:30:00Z"  # 1 July in Germany
    await board.made("/meetings", a_meeting("s-1", starts_at=night, kind="workshop"))
    await board.made("/meetings", a_meeting("s-2", starts_at="2026-06-30T21:30:00Z"))
    await board.made("/meetings", a_meeting("s-3", body="anderer"))
    await board.patch("/meetings/s-2", {"state": "invited"})

    async def keys(query: str) -> list[str]:
        found = await board.as_().get(f"/meetings?{query}")
        return [item["key"] for item in found.json()["items"]]

    assert await keys("from=2026-07-01") == ["s-1"]
    assert await keys("until=2026-06-30") == ["s-2", "s-3"]
    assert await keys("from=2026-06-30&until=2026-06-30") == ["s-2"]
    assert await keys("body=anderer") == ["s-3"]
    assert await keys("kind=workshop") == ["s-1"]
    assert await keys("state=invited") == ["s-2"]
    assert await keys("until=9999-12-31&from=0001-01-01") == ["s-1", "s-2", "s-3"]


async def test_items_stand_in_their_order_and_new_ones_at_the_end(meeting: Door) -> None:
    first = await meeting.post(AGENDA, an_item("1"))
    assert first.status_code == 201
    item = first.json()
    address = f"/v1/{meeting.municipality.key}{AGENDA}/{item['key']}"
    assert first.headers["location"] == address
    await meeting.made(AGENDA, an_item("3", position=7))
    await meeting.made(AGENDA, an_item("2.1", position=3))
    last = await meeting.made(AGENDA, an_item("4"))
    assert (item["position"], last["position"]) == (0, 8)
    listed = (await meeting.as_().get(f"{AGENDA}?limit=3")).json()
    assert [one["number"] for one in listed["items"]] == ["1", "2.1", "3"]
    assert (await meeting.get(listed["next"])).json()["items"] == [last]
    to_the_end = await meeting.patch(f"{AGENDA}/{item['key']}", {"position": None})
    assert to_the_end.json()["position"] == 9


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"number": "3..1"}, "/number"),
        ({"number": 3}, "/number"),
        ({"position": -1}, "/position"),
        ({"position": 1.5}, "/position"),
        ({"title": None}, "/title"),
        ({"public": "perhaps"}, "/public"),
        ({"meeting": "sitzung-2"}, "/meeting"),
    ],
)
async def test_an_item_that_cannot_be_is_refused(
    meeting: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await meeting.post(AGENDA, {**an_item(), **wrong})
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await meeting.get(AGENDA)).json()["items"] == []


async def test_a_place_on_the_agenda_is_taken_once(meeting: Door) -> None:
    answers = await asyncio.gather(
        *(meeting.post(AGENDA, an_item(str(n), position=0)) for n in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 4
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["errors"][0]["pointer"] == "/position"


async def test_items_put_on_the_agenda_at_once_all_find_a_place(meeting: Door) -> None:
    answers = await asyncio.gather(*(meeting.post(AGENDA, an_item(str(n))) for n in range(10)))
    assert {answer.status_code for answer in answers} == {201}
    listed = (await meeting.get(AGENDA)).json()["items"]
    assert [item["position"] for item in listed] == list(range(10))


async def test_a_result_comes_after_the_meeting_began(meeting: Door) -> None:
    result = {"result": text("Einstimmig empfohlen")}
    early = await meeting.post(AGENDA, {**an_item(), **result})
    assert early.status_code == 409
    assert early.json()["errors"][0]["pointer"] == "/result"
    item = await meeting.made(AGENDA, an_item())
    address = f"{AGENDA}/{item['key']}"
    assert (await meeting.patch(address, result)).status_code == 409
    await step(meeting, "invited")
    assert (await meeting.patch(address, result)).status_code == 409
    await step(meeting, "running")
    assert (await meeting.patch(address, result)).status_code == 200


async def test_the_closed_part_is_not_there_for_the_public_and_members(meeting: Door) -> None:
    closed = await meeting.made(AGENDA, an_item("2", public=False))
    address = f"{AGENDA}/{closed['key']}"
    assert closed["public"] is False
    for door in (meeting.as_(), meeting.as_("member")):
        assert (await door.get(address)).status_code == 404
        assert (await door.get(AGENDA)).json()["items"] == []
    assert (await meeting.as_("planner").get(address)).status_code == 200
    await meeting.patch(address, {"public": True})
    assert (await meeting.as_().get(address)).json()["public"] is True


async def test_an_item_is_found_in_its_own_meeting_only(meeting: Door) -> None:
    await meeting.made("/meetings", a_meeting("sitzung-2"))
    item = await meeting.made(AGENDA, an_item())
    for name in (item["key"], item["id"]):
        other = f"/meetings/sitzung-2/agenda-items/{name}"
        assert (await meeting.get(other)).status_code == 404
        assert (await meeting.get(f"{other}/history")).status_code == 404
        assert (await meeting.patch(other, {"number": "9"})).status_code == 404
        assert (await meeting.get(f"{AGENDA}/{name}")).headers["etag"] == '"r1"'
    assert (await meeting.get("/meetings/nothing/agenda-items")).status_code == 404
    assert (await meeting.post("/meetings/nothing/agenda-items", an_item())).status_code == 404
