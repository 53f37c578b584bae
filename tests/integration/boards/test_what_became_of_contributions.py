"""From what somebody said to what was resolved, and back."""

import asyncpg
import pytest

from tests.integration.boards.council import a_contribution, a_paper, a_process
from tests.integration.boards.deciding import (
    a_resolution,
    answers,
    bodies,
    the_board_advises,
    voted,
)
from tests.support.copies import copied
from tests.support.towns import Door

WHY = {"decision": "accepted", "reason": {"de": "Der Beirat hat es empfohlen."}}


@pytest.fixture
@copied
async def heard(boards: Door) -> Door:
    """The board has recommended what people asked for; the committee has not decided yet."""
    await bodies(boards, "beirat", "ausschuss")
    await boards.made("/participation-processes", a_process(body="beirat"))
    await boards.made("/papers", a_paper(dated_on="2026-03-01"))
    await the_board_advises(boards)
    return boards


async def said(door: Door) -> tuple[str, str]:
    """A published contribution: its key and its token."""
    receipt = await door.as_().post("/contributions", a_contribution())
    key, token = receipt.json()["key"], receipt.json()["token"]
    await door.post(f"/contributions/{key}/moderation", {"state": "published"})
    return key, token


async def keys(door: Door, question: str) -> set[str]:
    found = await door.get(f"/contributions?{question}")
    assert found.status_code == 200, found.text
    return {one["key"] for one in found.json()["items"]}


async def test_the_way_from_a_contribution_to_a_resolution_is_read_both_ways(heard: Door) -> None:
    key, token = await said(heard)
    other, _ = await said(heard)
    linked = {**WHY, "recommendations": ["r-1"]}
    answered = await heard.post(f"/contributions/{key}/answer", linked)
    assert answered.status_code == 200, answered.text
    assert answered.json()["recommendations"] == ["r-1"]
    public = heard.as_()
    assert (await public.get(f"/contributions/{key}")).json()["recommendations"] == ["r-1"]
    assert (await public.get(f"/contributions/{other}")).json()["recommendations"] == []
    assert await keys(public, "recommendation=r-1") == {key}
    assert await keys(public, "resolution=b-1") == set()
    vote = await voted(heard, "ausschuss")
    await heard.made("/resolutions", a_resolution(vote, **answers("follows")))
    resolutions = (await public.get("/resolutions?recommendation=r-1")).json()["items"]
    assert [one["key"] for one in resolutions] == ["b-1"]
    assert await keys(public, "resolution=b-1") == {key}
    own = await public.post("/contributions/mine", {"token": token})
    assert own.json()["recommendations"] == ["r-1"]


async def test_a_link_is_a_change_and_can_be_taken_away(heard: Door) -> None:
    key, _ = await said(heard)
    first = await heard.post(f"/contributions/{key}/answer", WHY)
    linked = {**WHY, "recommendations": ["r-1"]}
    second = await heard.post(f"/contributions/{key}/answer", linked)
    again = await heard.post(f"/contributions/{key}/answer", linked)
    third = await heard.post(f"/contributions/{key}/answer", WHY)
    revisions = [one.json()["revision"] for one in (first, second, again, third)]
    assert revisions == [3, 4, 4, 5]
    assert await keys(heard, "recommendation=r-1") == set()


@pytest.mark.parametrize("wrong", [["r-9"], ["r-1", "r-1"]])
async def test_what_is_not_there_is_no_answer(heard: Door, wrong: list[str]) -> None:
    key, _ = await said(heard)
    refused = await heard.post(f"/contributions/{key}/answer", {**WHY, "recommendations": wrong})
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"].startswith("/recommendations")
    assert (await heard.get(f"/contributions/{key}")).json()["answer"] is None


async def test_what_the_public_may_not_see_it_does_not_find_through_contributions(
    heard: Door,
) -> None:
    key, _ = await said(heard)
    answered = await heard.post(f"/contributions/{key}/answer", {**WHY, "recommendations": ["r-1"]})
    assert answered.json()["recommendations"] == ["r-1"]
    hidden = await heard.patch("/recommendations/r-1", {"visibility": "administration"})
    assert hidden.status_code == 200, hidden.text
    assert (await heard.as_().get(f"/contributions/{key}")).json()["recommendations"] == []
    assert await keys(heard.as_(), "recommendation=r-1") == set()
    assert await keys(heard, "recommendation=r-1") == {key}


async def test_what_is_taken_back_is_linked_to_nothing(
    heard: Door, owner: asyncpg.Connection
) -> None:
    key, token = await said(heard)
    answered = await heard.post(f"/contributions/{key}/answer", {**WHY, "recommendations": ["r-1"]})
    assert answered.json()["recommendations"] == ["r-1"]
    await heard.as_().post("/contributions/withdrawal", {"token": token})
    left = await owner.fetchval(
        "SELECT count(*) FROM boards.contribution_recommendation WHERE municipality_id = $1",
        heard.municipality.id,
    )
    assert left == 0
