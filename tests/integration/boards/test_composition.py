"""Is the board complete? Everybody may know the numbers, not everybody the names."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from services.boards.composition.queries import legal_size, voters
from services.boards.composition.rules import Voter
from tests.integration.boards.council import (
    a_body,
    a_membership,
    a_person,
    a_seat,
    exactly,
    organisations,
    text,
)
from tests.support.towns import Door, actor

DAY = date(2026, 1, 15)
ADDRESS = "/bodies/planungsbeirat/composition?on=2026-01-15"


@pytest.fixture
async def board(boards: Door) -> Door:
    """The LSZ planning advisory board: each council group, one association, an officer, a chair."""
    await organisations(boards)
    await boards.made("/bodies", a_body())
    per_group = {"kind": "one_per", "organisation_kind": "council_group"}
    officer = {"kind": "ex_officio", "office": text("Gleichstellungsbeauftragte")}
    await boards.made("/seats", a_seat("fraktionen", rule=per_group))
    await boards.made("/seats", a_seat("verband", rule=exactly("paritaetischer")))
    await boards.made("/seats", a_seat("gleichstellung", rule=officer))
    await boards.made("/seats", a_seat("vorsitz", rule=exactly("dezernat-4"), chair=True))
    await boards.made("/seats", a_seat("frueher", ends_on="2020-12-31"))
    for number in range(1, 6):
        visibility = "public" if number == 1 else "administration"
        await boards.made("/persons", a_person(f"p-{number}", visibility=visibility))
    return boards


async def seats(door: Door, address: str = ADDRESS) -> dict[str, dict[str, Any]]:
    answer = await door.get(address)
    assert answer.status_code == 200, answer.text
    return {seat["seat"]: seat for seat in answer.json()["seats"]}


async def test_an_empty_board_says_who_is_missing(board: Door) -> None:
    found = await seats(board.as_())
    assert list(found) == ["vorsitz", "fraktionen", "gleichstellung", "verband"]
    assert {key: seat["state"] for key, seat in found.items()} == dict.fromkeys(found, "vacant")
    assert found["fraktionen"]["expected"] == {"minimum": 2, "maximum": 2}
    assert found["fraktionen"]["missing"] == ["fraktion-a", "fraktion-b"]
    assert found["verband"]["missing"] == ["paritaetischer"]
    assert found["gleichstellung"]["missing"] == []


async def test_a_complete_board_is_complete_on_that_day_only(board: Door) -> None:
    for person, seat, group in (
        ("p-1", "fraktionen", "fraktion-a"),
        ("p-2", "fraktionen", "fraktion-b"),
        ("p-3", "verband", "paritaetischer"),
        ("p-4", "gleichstellung", None),
        ("p-5", "vorsitz", "dezernat-4"),
    ):
        await board.made("/memberships", a_membership(person, seat=seat, on_behalf_of=group))
    assert (await board.get(ADDRESS)).json()["complete"] is True
    before = await board.get("/bodies/planungsbeirat/composition?on=2024-06-30")
    assert before.json()["complete"] is False
    today = await board.get("/bodies/planungsbeirat/composition")
    assert today.json()["on"] >= "2026-01-01"


async def test_names_are_for_those_who_may_see_them_numbers_for_all(board: Door) -> None:
    for person, group in (("p-1", "fraktion-a"), ("p-2", "fraktion-b")):
        new = a_membership(person, key=f"m-{person}", seat="fraktionen", on_behalf_of=group)
        await board.made("/memberships", {**new, "visibility": "public"})
    public = (await seats(board.as_()))["fraktionen"]
    office = (await seats(board))["fraktionen"]
    assert (public["count"], public["state"], public["missing"]) == (2, "filled", [])
    assert [holder["person"] for holder in public["holders"]] == ["p-1"]
    assert [holder["person"] for holder in office["holders"]] == ["p-1", "p-2"]
    assert office["holders"][0]["family_name"] == "Mustermann"


async def test_a_new_council_group_leaves_a_place_to_fill(board: Door) -> None:
    for person, group in (("p-1", "fraktion-a"), ("p-2", "fraktion-b")):
        await board.made(
            "/memberships", a_membership(person, seat="fraktionen", on_behalf_of=group)
        )
    new = {"key": "fraktion-c", "name": text("Fraktion C"), "kind": "council_group"}
    await board.made("/organisations", {**new, "visibility": "administration"})
    office, public = await seats(board), await seats(board.as_())
    assert office["fraktionen"]["state"] == public["fraktionen"]["state"] == "partly"
    assert office["fraktionen"]["missing"] == ["fraktion-c"]
    assert public["fraktionen"]["missing"] == []


async def test_two_for_one_group_are_too_many(board: Door) -> None:
    for person in ("p-1", "p-2"):
        await board.made(
            "/memberships", a_membership(person, seat="fraktionen", on_behalf_of="fraktion-a")
        )
    found = (await seats(board))["fraktionen"]
    assert (found["state"], found["missing"]) == ("overfilled", ["fraktion-b"])


async def test_substitutes_guests_and_hidden_seats_do_not_count(board: Door) -> None:
    await board.made("/memberships", a_membership("p-1", seat="verband", role="substitute"))
    await board.patch("/seats/vorsitz", {"visibility": "administration"})
    found = await seats(board.as_())
    assert found["verband"]["count"] == 0
    assert "vorsitz" not in found


async def test_the_answer_changes_with_its_members_not_with_the_body(board: Door) -> None:
    first = await board.get(ADDRESS)
    unchanged = await board.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]})
    assert unchanged.status_code == 304
    await board.made("/memberships", a_membership(seat="verband"))
    changed = await board.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_the_composition_of_a_hidden_body_is_not_there(board: Door) -> None:
    await board.patch("/bodies/planungsbeirat", {"visibility": "administration"})
    assert (await board.as_().get(ADDRESS)).status_code == 404
    assert (await board.get(ADDRESS)).status_code == 200


async def test_a_composition_costs_five_statements(board: Door, statements: list[str]) -> None:
    statements.clear()
    await board.as_().get(ADDRESS)
    assert len(statements) == 5


async def test_members_and_who_steps_in_are_the_same_whoever_asks(
    board: Door, apps: dict[str, FastAPI]
) -> None:
    sent = {"seat": "fraktionen", "on_behalf_of": "fraktion-a"}
    await board.made("/memberships", a_membership("p-1", key="m-1", voting=True, **sent))
    await board.made("/memberships", a_membership("p-2", key="m-2", role="substitute"))
    await board.made("/memberships", a_membership("p-3", key="m-3", role="substitute", **sent))
    await board.made("/memberships", a_membership("p-4", key="m-4", role="guest"))
    await board.patch("/seats/fraktionen", {"visibility": "administration"})
    asking = apps["boards"].state.database.writing(actor(board.municipality, []))
    async with asking as session:
        found = await voters(session, "planungsbeirat", DAY)
        size = await legal_size(session, "planungsbeirat", DAY)
    assert found == [
        Voter("m-1", "p-1", "fraktionen", "fraktion-a", True, False, ("m-3", "m-2")),
    ]
    assert size == (5, 5)
