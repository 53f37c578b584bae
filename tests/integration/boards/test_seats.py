"""Seats and the rules by which they are filled."""

import asyncio
from typing import Any

import pytest

from tests.integration.boards.council import a_body, a_seat, exactly, organisations, text
from tests.support.copies import copied
from tests.support.towns import Door

RULES: list[dict[str, Any]] = [
    exactly("paritaetischer"),
    {"kind": "one_per", "organisation_kind": "council_group"},
    {"kind": "ex_officio", "office": text("Gleichstellungsbeauftragte"), "organisation": None},
    {
        "kind": "category",
        "organisation_kind": "science",
        "label": text("Wissenschaft"),
        "minimum": 1,
        "maximum": 2,
    },
    {"kind": "open", "minimum": 0, "maximum": None},
]


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    return boards


async def test_rules_of_every_kind_come_back_as_they_were_said(board: Door) -> None:
    for number, rule in enumerate(RULES):
        await board.made("/seats", a_seat(f"sitz-{number}", rule=rule, term_months=60))
    items = (await board.as_().get("/seats?body=planungsbeirat")).json()["items"]
    assert [item["rule"] for item in items] == RULES


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"rule": {"kind": "lottery"}}, "/rule"),
        ({"rule": {}}, "/rule"),
        ({"rule": "open"}, "/rule"),
        ({"rule": {"kind": "exactly"}}, "/rule/organisation"),
        ({"rule": exactly("paritaetischer", 0)}, "/rule/count"),
        ({"rule": exactly("nobody")}, "/rule/organisation"),
        (
            {"rule": {"kind": "ex_officio", "office": text("Leitung"), "organisation": "nobody"}},
            "/rule/organisation",
        ),
        ({"rule": {"kind": "ex_officio", "office": {}}}, "/rule/office"),
        ({"rule": {"kind": "category", "minimum": 1}}, "/rule/label"),
        ({"rule": {"kind": "open", "minimum": 3, "maximum": 2}}, "/rule/maximum"),
        ({"rule": {"kind": "open", "places": 2}}, "/rule/places"),
        ({"chair": True}, "/chair"),
        ({"body": "nowhere"}, "/body"),
        ({"starts_on": "2024-01-02", "ends_on": "2024-01-01"}, "/ends_on"),
        ({"term_months": 0}, "/term_months"),
    ],
)
async def test_a_seat_that_cannot_be_is_refused(
    board: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await board.post("/seats", a_seat(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await board.get("/seats")).json()["items"] == []


async def test_a_rule_can_be_changed_and_the_change_is_checked(board: Door) -> None:
    await board.made("/seats", a_seat(rule=exactly("paritaetischer")))
    wrong = await board.patch("/seats/sitz", {"rule": {"organisation": "nobody"}})
    assert wrong.json()["errors"][0]["pointer"] == "/rule/organisation"
    wrong = await board.patch("/seats/sitz", {"rule": {"count": 0}})
    assert wrong.json()["errors"][0]["pointer"] == "/rule/count"
    other = {"kind": "open", "minimum": 1, "organisation": None, "count": None}
    changed = await board.patch("/seats/sitz", {"rule": other})
    assert changed.json()["rule"] == {"kind": "open", "minimum": 1, "maximum": None}


async def test_a_seat_stays_with_its_body(board: Door) -> None:
    await board.made("/bodies", a_body("anderer"))
    await board.made("/seats", a_seat())
    refused = await board.patch("/seats/sitz", {"body": "anderer"})
    assert refused.json()["errors"][0]["pointer"] == "/body"


async def test_a_body_has_one_chair_at_a_time(board: Door) -> None:
    await board.made("/bodies", a_body("anderer"))
    chair = {"rule": exactly("dezernat-4"), "chair": True}
    await board.made("/seats", a_seat("vorsitz-1", **chair, ends_on="2023-12-31"))
    await board.made("/seats", a_seat("vorsitz-2", **chair, starts_on="2024-01-01"))
    await board.made("/seats", a_seat("vorsitz-3", **chair, body="anderer"))
    refused = await board.post("/seats", a_seat("vorsitz-4", **chair))
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["pointer"] == "/chair"
    longer = await board.patch("/seats/vorsitz-1", {"ends_on": "2024-01-01"})
    assert longer.status_code == 409


async def test_of_ten_chairs_set_up_at_once_one_stands(board: Door) -> None:
    chair = {"rule": exactly("dezernat-4"), "chair": True}
    answers = await asyncio.gather(
        *(board.post("/seats", a_seat(f"vorsitz-{n}", **chair)) for n in range(10))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_seats_are_listed_for_a_day(board: Door) -> None:
    await board.made("/seats", a_seat("alt", ends_on="2023-12-31"))
    await board.made("/seats", a_seat("neu", starts_on="2024-01-01"))
    listed = (await board.get("/seats?on=2024-01-01")).json()["items"]
    assert [item["key"] for item in listed] == ["neu"]
