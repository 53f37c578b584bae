"""Resolutions that repeal or replace earlier ones: whose, from when, and what if they are void."""

from typing import Any

import pytest

from tests.integration.boards.council import day, text
from tests.integration.boards.deciding import a_resolution, bodies, contested, judged, voted
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
async def office(boards: Door) -> Door:
    """The committee has taken `alt` on 12 March, the council `rat` on the 13th."""
    await bodies(boards, "ausschuss", "stadtrat")
    await boards.made("/resolutions", a_resolution(await voted(boards, "ausschuss"), "alt"))
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat"), "rat"))
    return boards


def an_end(of: str = "alt", kind: str = "replaces", **more: Any) -> dict[str, Any]:
    return {"ends": [{"resolution": of, "kind": kind, **more}]}


async def keys(door: Door, state: str) -> list[str]:
    found = (await door.get(f"/resolutions?state={state}")).json()["items"]
    assert {one["state"] for one in found} <= {state}
    return sorted(one["key"] for one in found)


@pytest.mark.parametrize(("kind", "then"), [("repeals", "repealed"), ("replaces", "replaced")])
async def test_a_resolution_ends_an_earlier_one(office: Door, kind: str, then: str) -> None:
    vote = await voted(office, "ausschuss", "b")
    taken = await office.made("/resolutions", a_resolution(vote, "neu", **an_end(kind=kind)))
    assert taken["ends"] == [{"resolution": "alt", "kind": kind, "ends_from": "2026-03-12"}]
    old = (await office.as_().get("/resolutions/alt")).json()
    assert old["state"] == then
    assert old["ended"] == {"by": "neu", "kind": kind, "ends_from": "2026-03-12"}
    assert await keys(office.as_(), then) == ["alt"]
    assert await keys(office.as_(), "valid") == ["neu", "rat"]
    assert await keys(office, "repealed" if then == "replaced" else "replaced") == []


async def test_what_ends_on_a_day_to_come_holds_until_then(office: Door) -> None:
    vote = await voted(office, "ausschuss", "b")
    ends = an_end(ends_from=day(1))
    await office.made("/resolutions", a_resolution(vote, "neu", **ends))
    old = (await office.get("/resolutions/alt")).json()
    assert (old["state"], old["ended"]["ends_from"]) == ("valid", day(1))
    assert await keys(office, "valid") == ["alt", "neu", "rat"]


@pytest.mark.parametrize(
    ("body", "end", "pointer", "code"),
    [
        ("ausschuss", an_end("keiner"), "/ends/0/resolution", "unknown"),
        ("ausschuss", an_end("rat"), "/ends/0/resolution", "other-body"),
        ("ausschuss", an_end(ends_from="2026-03-11"), "/ends/0/ends_from", "before-it"),
        ("ausschuss", an_end(kind="forgets"), "/ends/0/kind", "enum"),
        ("ausschuss", {"ends": an_end()["ends"] * 2}, "/ends", "value_error"),
    ],
)
async def test_what_a_body_cannot_end_stays(
    office: Door, body: str, end: Any, pointer: str, code: str
) -> None:
    vote = await voted(office, body, "b")
    refused = await office.post("/resolutions", a_resolution(vote, "neu", **end))
    assert refused.status_code == 422
    assert (pointer, code) in {(e["pointer"], e["code"]) for e in refused.json()["errors"]}
    assert (await office.get("/resolutions/neu")).status_code == 404
    assert await keys(office, "valid") == ["alt", "rat"]


async def test_the_council_ends_what_a_committee_decided_once(office: Door) -> None:
    vote = await voted(office, "stadtrat", "b")
    await office.made("/resolutions", a_resolution(vote, "neu", **an_end(kind="repeals")))
    assert await keys(office, "repealed") == ["alt"]
    again = await voted(office, "stadtrat", "c")
    refused = await office.post("/resolutions", a_resolution(again, "noch", **an_end()))
    assert refused.json()["errors"][0]["code"] == "not-valid"


async def test_a_void_resolution_ends_nothing(office: Door) -> None:
    vote = await voted(office, "ausschuss", "b")
    await office.made("/resolutions", a_resolution(vote, "neu", **an_end()))
    assert await keys(office, "replaced") == ["alt"]
    await judged(office, await contested(office, "ausschuss", "b"), "confirmed")
    assert await keys(office, "void") == ["neu"]
    assert await keys(office, "valid") == ["alt", "rat"]
    assert (await office.get("/resolutions/alt")).json()["ended"] is None
    service = office.as_("administrator", kind="service")
    journal = (await service.get(f"/internal/journal/{office.municipality.key}?after=0")).json()
    told = [one["data"].get("fields") for one in journal if one["subject"] == "resolutions/alt"]
    assert ["state"] in told


async def test_what_has_ended_is_no_open_resolution_of_the_board(office: Door) -> None:
    task = {"key": "i-1", "resolution": "alt", "task": text("Umsetzen"), "responsible": "amt"}
    await office.made("/implementations", task)

    async def still_open() -> list[str]:
        found = (await office.get("/bodies/ausschuss/page")).json()["open_resolutions"]
        return [one["key"] for one in found]

    assert await still_open() == ["alt"]
    vote = await voted(office, "ausschuss", "b")
    await office.made("/resolutions", a_resolution(vote, "neu", **an_end()))
    assert await still_open() == []
