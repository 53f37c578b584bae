"""Who is proposed to be excluded for whom they sit there, however that is known (§ 38 ThürKO)."""

from typing import Any

import pytest

from tests.integration.boards.council import a_paper, text
from tests.integration.boards.sitting import (
    MEMBERS,
    a_vote,
    council,
    member,
    present,
    running,
)
from tests.support.copies import copied
from tests.support.oparl import Reader
from tests.support.towns import Door

ASSOCIATION = {"kind": "exactly", "organisation": "paritaetischer"}
OFFICE = {"kind": "ex_officio", "office": text("Rektorat"), "organisation": "universitaet"}


@pytest.fixture
@copied
async def seated(boards: Door) -> Door:
    """A council with the seat of an association and that of an office, and who steps in there."""
    await council(boards)
    for key, rule in (("verband", ASSOCIATION), ("rektorat", OFFICE)):
        seat = {"key": key, "body": "stadtrat", "name": text("Sitz"), "rule": rule}
        await boards.made("/seats", seat)
    await boards.patch("/memberships/m-4", {"on_behalf_of": None})
    await member(boards, "m-6", 6, seat="verband")
    await member(boards, "m-7", 7, seat="rektorat")
    await member(boards, "s-8", 8, role="substitute", substitute_for="m-6")
    await member(boards, "s-9", 9, role="substitute", seat="rektorat")
    await member(boards, "s-10", 10, role="substitute")
    return boards


async def proposed(door: Door) -> dict[str, str]:
    found = (await door.get("/exclusions?state=proposed")).json()["items"]
    return {one["membership"]: one["organisation"] for one in found}


async def test_whoever_has_the_seat_of_an_organisation_sits_there_for_it(seated: Door) -> None:
    await running(seated, concerns=["paritaetischer", "universitaet"])
    assert await proposed(seated) == {
        "m-6": "paritaetischer",
        "s-8": "paritaetischer",
        "m-7": "universitaet",
        "s-9": "universitaet",
    }


async def test_the_minutes_say_for_whom_they_sat_there(seated: Door) -> None:
    await running(seated)
    await present(seated, *MEMBERS, "m-6", "m-7")
    await seated.made("/minutes", {"meeting": "sitzung-1"})
    told = (await seated.get("/minutes/sitzung-1/proceedings?version=full")).json()
    senders = {
        one["person"]["membership"]: one["person"]["on_behalf_of"] for one in told["present"]
    }
    assert (senders["m-6"], senders["m-7"]) == (text("paritaetischer"), text("universitaet"))
    assert senders["m-1"] is None


async def test_everybody_reads_for_whom_they_sit_there(seated: Door, world: Reader) -> None:
    """As far as everybody may see where that follows from."""
    stored = (await seated.get("/memberships?limit=100")).json()["items"]
    keys = {one["id"]: one["key"] for one in stored}

    async def told() -> dict[str, str]:
        names = {one["id"]: one["name"] for one in await world.data("organizations")}
        return {
            keys[one["id"].rpartition("/")[2]]: names[one["onBehalfOf"]]
            for one in await world.data("memberships")
            if "onBehalfOf" in one
        }

    follows = {"m-7": "universitaet", "s-9": "universitaet"}
    sent = {"m-6": "paritaetischer", "s-8": "paritaetischer"}
    assert await told() == {**follows, **sent}
    await seated.patch("/seats/rektorat", {"rule": {**OFFICE, "organisation": "paritaetischer"}})
    assert await told() == {**sent, "m-7": "paritaetischer", "s-9": "paritaetischer"}
    await seated.patch("/memberships/m-6", {"visibility": "members"})
    assert await told() == {"m-7": "paritaetischer", "s-9": "paritaetischer"}
    await seated.patch("/seats/rektorat", {"visibility": "members"}, 2)
    assert await told() == {}


async def test_nobody_votes_instead_of_the_excluded_for_the_same_organisation(
    seated: Door,
) -> None:
    await running(seated, concerns=["paritaetischer"])
    await present(seated, *MEMBERS, "m-7")
    await present(seated, "s-8", substitutes_for="m-6")
    await seated.made("/votes", a_vote())
    refused = await seated.post("/votes/v-1/closing", {"counts": {"yes": 7, "no": 0}})
    assert refused.json()["errors"][0]["code"] == "undecided-exclusion"
    for one in (await seated.get("/exclusions")).json()["items"]:
        found = {"state": "confirmed", "reason": text("Für den Empfänger der Zuwendung")}
        assert (await seated.post(f"/exclusions/{one['key']}/decision", found)).status_code == 200
    too_many = await seated.post("/votes/v-1/closing", {"counts": {"yes": 7, "no": 0}})
    assert too_many.json()["errors"][0]["code"] == "too-many"
    closed = await seated.post("/votes/v-1/closing", {"counts": {"yes": 6, "no": 0}})
    assert closed.status_code == 200, closed.text
    standing = {one["membership"]: one for one in closed.json()["snapshot"]["members"]}
    assert (standing["m-6"]["standing"], standing["m-6"]["votes"]) == ("excluded", None)


@pytest.mark.parametrize(
    ("address", "change"),
    [
        ("/persons/p-2", {"organisation": "universitaet"}),
        ("/memberships/m-2", {"on_behalf_of": "universitaet"}),
    ],
)
async def test_a_conflict_that_comes_up_during_the_meeting_can_be_decided(
    boards: Door, address: str, change: dict[str, Any]
) -> None:
    await council(boards)
    await running(boards, concerns=["universitaet"])
    await present(boards, *MEMBERS)
    await boards.made("/votes", a_vote())
    changed = await boards.patch(address, change)
    assert (changed.status_code, changed.headers["etag"]) == (200, '"r2"')
    assert await proposed(boards) == {"m-2": "universitaet"}
    refused = await boards.post("/votes/v-1/closing", {"counts": {"yes": 5, "no": 0}})
    assert refused.json()["errors"][0]["code"] == "undecided-exclusion"


async def test_a_seat_that_becomes_an_organisations_makes_a_conflict(boards: Door) -> None:
    await council(boards)
    rule = {"kind": "open", "minimum": 0, "maximum": 1}
    seat = {"key": "gast", "body": "stadtrat", "name": text("Sitz"), "rule": rule}
    await boards.made("/seats", seat)
    await member(boards, "m-6", 6, seat="gast")
    await running(boards, concerns=["universitaet"])
    assert await proposed(boards) == {}
    changed = await boards.patch(
        "/seats/gast", {"rule": {**OFFICE, "minimum": None, "maximum": None}}
    )
    assert (changed.status_code, changed.headers["etag"]) == (200, '"r2"')
    assert await proposed(boards) == {"m-6": "universitaet"}


async def test_who_comes_into_the_body_before_the_meeting_is_looked_at(boards: Door) -> None:
    await council(boards)
    await running(boards, concerns=["universitaet"])
    await member(boards, "s-6", 6, role="substitute", on_behalf_of="universitaet")
    assert await proposed(boards) == {"s-6": "universitaet"}


async def test_who_comes_into_the_body_is_held_against_the_papers_of_the_meeting_too(
    boards: Door,
) -> None:
    await council(boards)
    await boards.made("/papers", a_paper(concerned_organisations=["universitaet"]))
    await running(boards)
    step = {"key": "c-1", "paper": "vorlage-1", "body": "stadtrat", "role": "decides"}
    await boards.made("/consultations", {**step, "meeting": "sitzung-1", "agenda_item": "a-1"})
    assert await proposed(boards) == {}
    await member(boards, "s-6", 6, role="substitute", on_behalf_of="universitaet")
    assert await proposed(boards) == {"s-6": "universitaet"}


async def test_what_somebody_does_later_changes_no_meeting_that_is_over(boards: Door) -> None:
    await council(boards)
    await running(boards, concerns=["universitaet"])
    revision = (await boards.get("/meetings/sitzung-1")).json()["revision"]
    held = await boards.patch("/meetings/sitzung-1", {"state": "held"}, revision)
    assert held.status_code == 200, held.text
    await boards.patch("/persons/p-2", {"organisation": "universitaet"})
    await boards.patch("/memberships/m-3", {"on_behalf_of": "universitaet"})
    assert await proposed(boards) == {}
