"""What the office sees coming."""

from typing import Any

import pytest

from tests.integration.boards.council import (
    a_body,
    a_membership,
    a_person,
    a_seat,
    exactly,
    organisations,
    text,
)
from tests.support.copies import copied
from tests.support.towns import Door

ADDRESS = "/bodies/planungsbeirat/composition/forecast?on=2026-01-15"


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    """One seat for each council group, one that carries over; both full today."""
    await organisations(boards)
    await boards.made("/bodies", a_body())
    per_group = {"kind": "one_per", "organisation_kind": "council_group"}
    await boards.made("/seats", a_seat("fraktionen", rule=per_group))
    carries = {"rule": exactly("paritaetischer"), "carry_over": True, "term_months": 24}
    await boards.made("/seats", a_seat("verband", **carries))
    for person, seat, group in (
        ("p-1", "fraktionen", "fraktion-a"),
        ("p-2", "fraktionen", "fraktion-b"),
        ("p-3", "verband", "paritaetischer"),
    ):
        await boards.made("/persons", a_person(person))
        new = a_membership(person, key=f"m-{person}", seat=seat, on_behalf_of=group)
        await boards.made("/memberships", new)
    return boards


async def changes(door: Door, address: str = ADDRESS) -> list[dict[str, Any]]:
    answer = await door.get(address)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["changes"]
    return found


async def test_the_year_ahead_is_told_day_by_day(board: Door) -> None:
    await board.patch("/organisations/fraktion-b", {"ends_on": "2026-05-31"})
    new = {"key": "fraktion-c", "name": text("Fraktion C"), "kind": "council_group"}
    await board.made("/organisations", {**new, "starts_on": "2026-06-01"})
    found = await changes(board)
    assert [(one["on"], one["complete"]) for one in found] == [
        ("2026-06-01", False),
        ("2026-07-01", False),
    ]
    assert [one["text"]["de"] for one in found[0]["events"]] == [
        "fraktion-b besteht nicht mehr.",
        "Fraktion C beginnt zu bestehen.",
    ]
    assert [(one["code"], one["organisation"]) for one in found[0]["appears"]] == [
        ("vacant", "fraktion-c"),
        ("sender_ended", "fraktion-b"),
    ]
    assert [one["code"] for one in found[1]["events"]] == ["carry_over_begins"]
    assert [one["code"] for one in found[1]["appears"]] == ["carried_over"]


async def test_how_far_to_look_is_said_and_limited(board: Door) -> None:
    assert await changes(board, f"{ADDRESS}&months=5") == []
    assert len(await changes(board, f"{ADDRESS}&months=6")) == 1
    answer = await board.get(ADDRESS)
    assert (answer.json()["on"], answer.json()["until"]) == ("2026-01-15", "2027-01-15")
    for months in ("0", "61"):
        assert (await board.get(f"{ADDRESS}&months={months}")).status_code == 422
    far = await board.get("/bodies/planungsbeirat/composition/forecast?on=9999-12-31")
    assert far.json()["changes"] == []


async def test_the_public_sees_the_days_and_not_the_hidden(board: Door) -> None:
    (change,) = await changes(board.as_())
    assert change["events"][0]["membership"] is None
    assert change["appears"][0]["memberships"] == []
    assert change["appears"][0]["count"] == 1
    await board.patch("/seats/verband", {"visibility": "administration"})
    assert await changes(board.as_()) == []
    assert len(await changes(board)) == 1
    await board.patch("/bodies/planungsbeirat", {"visibility": "administration"})
    assert (await board.as_().get(ADDRESS)).status_code == 404


async def test_a_forecast_costs_four_statements(board: Door, statements: list[str]) -> None:
    statements.clear()
    await changes(board)
    assert len(statements) == 4
