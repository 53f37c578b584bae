"""The list that the office sends to each organisation."""

from typing import Any

import pytest

from tests.integration.boards.council import (
    a_body,
    a_membership,
    a_person,
    a_seat,
    exactly,
    organisations,
)
from tests.support.copies import copied
from tests.support.towns import Door

ADDRESS = "/nominations?on=2026-01-15"


@pytest.fixture
@copied
async def boards_of_town(boards: Door) -> Door:
    """Two bodies; an association with a term that ends, groups without anybody, any science."""
    await organisations(boards)
    for key in ("planungsbeirat", "anderer"):
        await boards.made("/bodies", a_body(key))
    per_group = {"kind": "one_per", "organisation_kind": "council_group"}
    science = {"kind": "category", "organisation_kind": "science"}
    terms = {"term_months": 24, "clause": "§ 4 Abs. 1"}
    await boards.made("/seats", a_seat("verband", rule=exactly("paritaetischer"), **terms))
    await boards.made("/seats", a_seat("fraktionen", rule=per_group))
    await boards.made("/seats", a_seat("wissenschaft", rule=science, body="anderer"))
    await boards.made("/persons", a_person())
    await boards.made("/memberships", a_membership(seat="verband"))
    return boards


async def told(door: Door, address: str = ADDRESS) -> list[tuple[Any, ...]]:
    answer = await door.get(address)
    assert answer.status_code == 200, answer.text
    return [
        (of["organisation"], of["organisation_kind"], one["body"], one["seat"], one["reason"])
        for of in answer.json()["organisations"]
        for one in of["nominations"]
    ]


async def test_each_organisation_has_its_list_over_all_bodies(boards_of_town: Door) -> None:
    answer = (await boards_of_town.as_().get(ADDRESS)).json()
    assert await told(boards_of_town.as_()) == [
        ("fraktion-a", "council_group", "planungsbeirat", "fraktionen", "vacant"),
        ("fraktion-b", "council_group", "planungsbeirat", "fraktionen", "vacant"),
        ("paritaetischer", "welfare_association", "planungsbeirat", "verband", "term_ends"),
        (None, "science", "anderer", "wissenschaft", "vacant"),
    ]
    (due,) = answer["organisations"][2]["nominations"]
    assert (due["due_on"], due["overdue"], due["clause"]) == ("2026-07-01", False, "§ 4 Abs. 1")
    assert due["text"]["de"] == (
        "Für „Sitz“ (Planungsbeirat LSZ) ist bis zum 30. Juni 2026 jemand zu benennen: Dann endet "
        "die Amtszeit."
    )
    assert answer["organisations"][0]["name"] == {"de": "fraktion-a"}


async def test_the_list_is_narrowed_by_organisation_body_and_time(boards_of_town: Door) -> None:
    for query, seats in (
        ("&organisation=fraktion-a", ["fraktionen"]),
        ("&body=anderer", ["wissenschaft"]),
        ("&body=nowhere", []),
        ("&organisation=paritaetischer&months=5", []),
        ("&organisation=paritaetischer&months=6", ["verband"]),
    ):
        found = await told(boards_of_town, ADDRESS + query)
        assert [one[3] for one in found] == seats, query


async def test_what_is_hidden_is_not_asked_of_anybody_by_name(boards_of_town: Door) -> None:
    await boards_of_town.patch("/organisations/fraktion-a", {"visibility": "administration"})
    await boards_of_town.patch("/seats/verband", {"visibility": "administration"})
    await boards_of_town.patch("/bodies/anderer", {"visibility": "administration"})
    public = boards_of_town.as_()
    assert await told(public) == [
        ("fraktion-b", "council_group", "planungsbeirat", "fraktionen", "vacant"),
        (None, "council_group", "planungsbeirat", "fraktionen", "vacant"),
    ]
    assert await told(public, f"{ADDRESS}&organisation=fraktion-a") == []
    assert "fraktion-a" not in (await public.get(ADDRESS)).text
    assert len(await told(boards_of_town)) == 4


async def test_a_list_over_many_bodies_costs_four_statements(
    boards_of_town: Door, statements: list[str]
) -> None:
    for number in range(10):
        await boards_of_town.made("/bodies", a_body(f"beirat-{number}"))
    statements.clear()
    await told(boards_of_town)
    assert len(statements) == 4
