"""Who sits where, and that nobody sits twice."""

import asyncio
import re
from typing import Any

import pytest

from tests.integration.boards.council import (
    a_body,
    a_meeting,
    a_membership,
    a_person,
    a_seat,
    an_item,
    exactly,
    organisations,
)
from tests.support.copies import copied
from tests.support.towns import Door

PER_GROUP = {"kind": "one_per", "organisation_kind": "council_group"}


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    await organisations(boards)
    for key in ("planungsbeirat", "anderer"):
        await boards.made("/bodies", a_body(key))
    for number in range(1, 4):
        await boards.made("/persons", a_person(f"p-{number}", visibility="public"))
    await boards.made("/seats", a_seat("ein-platz", rule=exactly("paritaetischer")))
    await boards.made("/seats", a_seat("je-fraktion", rule=PER_GROUP))
    await boards.made("/seats", a_seat("beratend", voting=False))
    await boards.made("/seats", a_seat("fremd", body="anderer"))
    return boards


async def test_a_membership_gets_a_key_and_is_as_visible_as_the_person(board: Door) -> None:
    made = await board.made("/memberships", a_membership())
    assert re.fullmatch(r"m-[a-z2-7]{10}", made["key"])
    assert made["visibility"] == "public"
    await board.made("/persons", a_person("p-9"))
    hidden = await board.made("/memberships", a_membership("p-9"))
    assert hidden["visibility"] == "administration"


async def test_a_public_membership_of_a_hidden_person_stays_hidden(board: Door) -> None:
    await board.made("/persons", a_person("p-9"))
    made = await board.made("/memberships", a_membership("p-9", visibility="public"))
    assert (await board.as_().get(f"/memberships/{made['key']}")).status_code == 404
    assert (await board.as_().get("/memberships?person=p-9")).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"person": "p-0"}, "/person"),
        ({"body": "nowhere"}, "/body"),
        ({"seat": "nowhere"}, "/seat"),
        ({"seat": "fremd"}, "/seat"),
        ({"on_behalf_of": "nobody"}, "/on_behalf_of"),
        ({"seat": "ein-platz", "on_behalf_of": "universitaet"}, "/on_behalf_of"),
        ({"seat": "je-fraktion"}, "/on_behalf_of"),
        ({"seat": "je-fraktion", "on_behalf_of": "universitaet"}, "/on_behalf_of"),
        ({"seat": "beratend", "voting": True}, "/voting"),
        ({"role": "guest", "voting": True}, "/voting"),
        ({"voting": None}, "/voting"),
        ({"role": "king"}, "/role"),
        ({"rank": 1}, "/rank"),
        ({"substitute_for": "m-0"}, "/substitute_for"),
        ({"role": "substitute", "substitute_for": "m-0"}, "/substitute_for"),
        ({"term_ends_on": "2024-06-30"}, "/term_ends_on"),
        ({"ends_on": "2024-06-30"}, "/ends_on"),
        ({"starts_on": None}, "/starts_on"),
    ],
)
async def test_a_membership_that_cannot_be_is_refused(
    board: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await board.post("/memberships", a_membership(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await board.get("/memberships")).json()["items"] == []


async def test_nobody_has_the_same_role_in_a_body_twice_at_a_time(board: Door) -> None:
    first = await board.made("/memberships", a_membership(ends_on="2024-12-31"))
    refused = await board.post("/memberships", a_membership(starts_on="2024-12-31"))
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["pointer"] == "/starts_on"
    await board.made("/memberships", a_membership(starts_on="2025-01-01"))
    await board.made("/memberships", a_membership(role="guest"))
    await board.made("/memberships", a_membership(body="anderer"))
    await board.made("/memberships", a_membership("p-2"))
    longer = await board.patch(f"/memberships/{first['key']}", {"ends_on": "2025-01-01"})
    assert longer.status_code == 409


async def test_a_seat_has_as_many_holders_as_places_at_a_time(board: Door) -> None:
    first = await board.made("/memberships", a_membership(seat="ein-platz", ends_on="2025-06-30"))
    refused = await board.post("/memberships", a_membership("p-2", seat="ein-platz"))
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["pointer"] == "/seat"
    await board.made("/memberships", a_membership("p-2", seat="ein-platz", role="substitute"))
    await board.made("/memberships", a_membership("p-3", seat="ein-platz", starts_on="2025-07-01"))
    address = f"/memberships/{first['key']}"
    assert (await board.patch(address, {"ends_on": None})).status_code == 409
    assert (await board.patch(address, {"ends_on": "2025-05-31"})).status_code == 200


async def test_a_term_can_be_ended_although_the_seat_is_another_now(board: Door) -> None:
    new = a_membership(seat="je-fraktion", on_behalf_of="fraktion-a", voting=True)
    made = await board.made("/memberships", new)
    rule = {"kind": "exactly", "organisation": "universitaet", "organisation_kind": None}
    await board.patch("/seats/je-fraktion", {"rule": rule, "voting": False})
    address = f"/memberships/{made['key']}"
    assert (await board.patch(address, {"ends_on": "2026-06-30"})).status_code == 200
    longer = await board.patch(address, {"ends_on": "2027-06-30"}, 2)
    assert longer.json()["errors"][0]["pointer"] == "/voting"


async def test_a_seat_of_each_group_is_held_for_one_of_them(board: Door) -> None:
    for person, group in (("p-1", "fraktion-a"), ("p-2", "fraktion-b")):
        new = a_membership(person, seat="je-fraktion", on_behalf_of=group, voting=True)
        await board.made("/memberships", new)


async def test_of_ten_who_want_one_place_one_gets_it(board: Door) -> None:
    for number in range(10):
        await board.made("/persons", a_person(f"q-{number}"))
    answers = await asyncio.gather(
        *(
            board.post("/memberships", a_membership(f"q-{number}", seat="ein-platz"))
            for number in range(10)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_of_ten_equal_memberships_entered_at_once_one_is_kept(board: Door) -> None:
    answers = await asyncio.gather(*(board.post("/memberships", a_membership()) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_person_and_body_are_for_good(board: Door) -> None:
    made = await board.made("/memberships", a_membership())
    for change in ({"person": "p-2"}, {"body": "anderer"}):
        refused = await board.patch(f"/memberships/{made['key']}", change)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == f"/{next(iter(change))}"


async def test_memberships_are_listed_by_body_person_seat_and_day(board: Door) -> None:
    await board.made("/memberships", a_membership(key="m-1", seat="ein-platz"))
    await board.made("/memberships", a_membership(key="m-2", body="anderer"))
    await board.made("/memberships", a_membership("p-2", key="m-3", ends_on="2024-12-31"))

    async def keys(query: str) -> list[str]:
        found = await board.as_().get(f"/memberships?{query}")
        return [item["key"] for item in found.json()["items"]]

    assert await keys("body=planungsbeirat") == ["m-1", "m-3"]
    assert await keys("person=p-1") == ["m-1", "m-2"]
    assert await keys("seat=ein-platz") == ["m-1"]
    assert await keys("on=2025-01-01") == ["m-1", "m-2"]


async def test_whose_term_is_over_holds_no_place_on_the_day(board: Door) -> None:
    over = {"term_ends_on": "2025-06-30"}
    await board.patch("/seats/ein-platz", {"carry_over": True})
    await board.made("/memberships", a_membership("p-1", key="m-1", seat="ein-platz", **over))
    await board.made("/memberships", a_membership("p-2", key="m-2", seat="beratend", **over))
    await board.made("/memberships", a_membership("p-3", key="m-3", **over))
    deputy = a_membership("p-3", key="m-4", role="substitute", **over)
    await board.made("/memberships", deputy)
    guest = a_membership("p-2", key="m-5", role="guest", starts_on="2025-07-01")
    await board.made("/memberships", guest)
    successor = a_membership("p-2", key="m-6", seat="ein-platz", starts_on="2026-01-01")
    await board.made("/memberships", successor)

    async def keys(on: str, query: str = "") -> list[str]:
        found = await board.as_().get(f"/memberships?on={on}&{query}")
        return [item["key"] for item in found.json()["items"]]

    assert await keys("2025-06-30") == ["m-1", "m-2", "m-3", "m-4"]
    assert await keys("2025-07-01") == ["m-1", "m-5"]
    assert await keys("2025-12-31", "seat=ein-platz") == ["m-1"]
    assert await keys("2026-01-01", "seat=ein-platz&limit=1") == ["m-6"]
    await board.patch("/bodies/planungsbeirat", {"ends_on": "2026-06-30"})
    assert await keys("2026-07-01", "body=planungsbeirat") == ["m-5"]


@pytest.mark.parametrize(
    ("seat", "member", "reads"),
    [
        ({}, {}, True),
        ({}, {"term_ends_on": "2025-06-30"}, False),
        ({"carry_over": True}, {"term_ends_on": "2025-06-30"}, True),
    ],
)
async def test_whose_term_is_over_reads_what_is_for_members_no_longer(
    board: Door, seat: dict[str, Any], member: dict[str, Any], reads: bool
) -> None:
    if seat:
        await board.patch("/seats/ein-platz", seat)
    await board.made("/memberships", a_membership(key="m-1", seat="ein-platz", **member))
    await board.made("/meetings", a_meeting())
    closed = an_item(key="a-1", public=False)
    await board.made("/meetings/sitzung-1/agenda-items", closed)
    person = (await board.get("/persons/p-1")).json()["id"]
    own = board.as_("member", person=person)
    for another in ({"term_ends_on": "2025-06-30"}, {"starts_on": "2025-08-01"}):
        await board.made("/memberships", a_membership("p-3", seat="beratend", **another))
    assert ((await own.get("/meetings/sitzung-1/agenda-items/a-1")).status_code == 200) == reads
    if seat:
        successor = a_membership("p-2", seat="ein-platz", starts_on="2026-01-01")
        await board.made("/memberships", successor)
        assert (await own.get("/meetings/sitzung-1/agenda-items/a-1")).status_code == 404


async def test_a_personal_substitute_stays_as_long_as_the_members_seat_does(board: Door) -> None:
    over = {"term_ends_on": "2025-06-30"}
    await board.made("/memberships", a_membership(key="m-1", seat="ein-platz", **over))
    stands_by = {"role": "substitute", "substitute_for": "m-1", **over}
    await board.made("/memberships", a_membership("p-2", key="s-1", **stands_by))
    await board.made("/meetings", a_meeting())
    await board.made("/meetings/sitzung-1/agenda-items", an_item(key="a-1", public=False))
    person = (await board.get("/persons/p-2")).json()["id"]
    own = board.as_("member", person=person)
    for carry_over, status in ((False, 404), (True, 200)):
        revision = (await board.get("/seats/ein-platz")).json()["revision"]
        await board.patch("/seats/ein-platz", {"carry_over": carry_over}, revision)
        read = await own.get("/meetings/sitzung-1/agenda-items/a-1")
        assert read.status_code == status
    await board.made("/memberships", a_membership("p-3", seat="ein-platz", starts_on="2026-01-01"))
    assert (await own.get("/meetings/sitzung-1/agenda-items/a-1")).status_code == 404


async def test_a_term_is_that_of_the_seat_unless_said_otherwise(board: Door) -> None:
    await board.patch("/seats/ein-platz", {"term_months": 60})
    whole = await board.made("/memberships", a_membership(seat="ein-platz"))
    assert whole["term_ends_on"] == "2029-06-30"
    shorter = await board.patch(f"/memberships/{whole['key']}", {"term_ends_on": "2026-12-31"})
    assert shorter.json()["term_ends_on"] == "2026-12-31"
    again = await board.patch(f"/memberships/{whole['key']}", {"term_ends_on": None}, 2)
    assert again.json()["term_ends_on"] == "2029-06-30"
    substitute = a_membership("p-2", seat="ein-platz", role="substitute")
    assert (await board.made("/memberships", substitute))["term_ends_on"] is None


async def test_whoever_is_carried_over_makes_room_for_a_successor(board: Door) -> None:
    await board.patch("/seats/ein-platz", {"carry_over": True})
    first = a_membership(seat="ein-platz", term_ends_on="2025-06-30")
    await board.made("/memberships", first)
    too_early = await board.post(
        "/memberships", a_membership("p-2", seat="ein-platz", starts_on="2025-06-30")
    )
    assert too_early.status_code == 409
    again = a_membership(seat="ein-platz", starts_on="2025-10-01", term_ends_on="2026-09-30")
    await board.made("/memberships", again)
    late = await board.post(
        "/memberships", a_membership("p-2", seat="ein-platz", starts_on="2026-01-01")
    )
    assert late.json()["errors"][0]["pointer"] == "/seat"


async def test_a_personal_substitute_stands_in_for_one_member(board: Door) -> None:
    await board.made("/memberships", a_membership(key="m-1", seat="ein-platz"))
    await board.made("/memberships", a_membership("p-3", key="m-3", role="guest"))
    await board.made("/memberships", a_membership("p-3", key="m-9", body="anderer"))
    substitute = a_membership("p-2", role="substitute", substitute_for="m-1", rank=1)
    made = await board.made("/memberships", substitute)
    assert (made["substitute_for"], made["rank"]) == ("m-1", 1)
    for wrong, pointer in (
        ({"person": "p-1"}, "/substitute_for"),
        ({"substitute_for": "m-3"}, "/substitute_for"),
        ({"substitute_for": "m-9"}, "/substitute_for"),
        ({"seat": "beratend"}, "/seat"),
    ):
        refused = await board.post("/memberships", {**substitute, "person": "p-3", **wrong})
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    twice = await board.post("/memberships", substitute)
    assert twice.status_code == 409
    await board.made("/memberships", a_membership("p-3", key="m-4"))
    await board.made("/memberships", {**substitute, "substitute_for": "m-4"})
