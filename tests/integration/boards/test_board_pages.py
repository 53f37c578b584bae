"""The page of a board: everything a frontend shows first, in one call and four statements."""

from datetime import timedelta

import pytest

from services.kit.days import today
from tests.integration.boards.council import a_meeting, text
from tests.integration.boards.deciding import a_resolution, bodies, voted
from tests.support.towns import Door

SOON, LATER = (f"{today() + timedelta(days=days)}T17:00:00+01:00" for days in (7, 14))


async def test_the_page_shows_body_seats_next_meeting_and_open_resolutions(boards: Door) -> None:
    await bodies(boards, "stadtrat")
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat")))
    empty = (await boards.get("/bodies/stadtrat/page")).json()
    assert (empty["next_meeting"], empty["open_resolutions"]) == (None, [])
    for key, day in (("stadtrat-20", LATER), ("stadtrat-10", SOON)):
        await boards.made("/meetings", a_meeting(key, body="stadtrat", starts_at=day))
    for key, due_on in (("i-1", str(today())), ("i-2", None)):
        task = {"key": key, "resolution": "b-1", "task": text("Bescheide"), "responsible": "amt"}
        await boards.made("/implementations", {**task, "due_on": due_on})
    page = (await boards.as_().get("/bodies/stadtrat/page")).json()
    assert page["body"]["key"] == "stadtrat"
    assert page["composition"] == (await boards.as_().get("/bodies/stadtrat/composition")).json()
    assert page["next_meeting"]["key"] == "stadtrat-10"
    (open_,) = page["open_resolutions"]
    assert (open_["key"], open_["tasks"], open_["due_on"]) == ("b-1", 2, str(today()))
    for key in ("i-1", "i-2"):
        done = {"state": "done", "text": text("Erledigt.")}
        await boards.made(f"/implementations/{key}/reports", done)
    page = (await boards.get("/bodies/stadtrat/page")).json()
    assert page["open_resolutions"] == []


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
async def test_a_meeting_that_is_off_is_not_the_next(boards: Door, state: str) -> None:
    await bodies(boards, "beirat")
    for key, day in (("beirat-10", SOON), ("beirat-20", LATER)):
        await boards.made("/meetings", a_meeting(key, body="beirat", starts_at=day))
    await boards.patch("/meetings/beirat-10", {"state": state})
    page = (await boards.get("/bodies/beirat/page")).json()
    assert page["next_meeting"]["key"] == "beirat-20"
    chosen = await boards.get("/bodies/beirat?include=next_meeting")
    assert set(chosen.json()["included"]["next_meeting"]) == {"beirat-20"}


async def test_what_one_may_not_see_is_not_on_the_page(boards: Door) -> None:
    await bodies(boards, "beirat")
    hidden = a_meeting("beirat-10", body="beirat", starts_at=SOON, visibility="members")
    await boards.made("/meetings", hidden)
    assert (await boards.as_().get("/bodies/beirat/page")).json()["next_meeting"] is None
    shown = (await boards.as_("member").get("/bodies/beirat/page")).json()
    assert shown["next_meeting"]["key"] == "beirat-10"
    body = (await boards.get("/bodies/beirat")).json()
    await boards.patch("/bodies/beirat", {"visibility": "administration"}, body["revision"])
    assert (await boards.as_().get("/bodies/beirat/page")).status_code == 404


async def test_the_page_is_found_by_key_and_by_uuid(boards: Door) -> None:
    await bodies(boards, "beirat")
    page = (await boards.get("/bodies/beirat/page")).json()
    assert (await boards.get(f"/bodies/{page['body']['id']}/page")).json() == page
    assert (await boards.get("/bodies/niemand/page")).status_code == 404


async def test_the_page_of_a_board_costs_four_statements(
    boards: Door, statements: list[str]
) -> None:
    await bodies(boards, "stadtrat")
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat")))
    statements.clear()
    assert (await boards.as_().get("/bodies/stadtrat/page")).status_code == 200
    assert len(statements) == 4
