"""Councils, committees and boards: mandate, parents, validity."""

import asyncio
from typing import Any

import pytest

from tests.integration.boards.council import a_body, organisations, text
from tests.support.towns import Door

COUNCIL = a_body("stadtrat", kind="council", mandates=["decides"])


async def test_a_steering_group_keeps_everything_that_is_said_of_it(boards: Door) -> None:
    await organisations(boards)
    await boards.made("/bodies", COUNCIL)
    said = {
        "key": "lenkungsgruppe",
        "name": {"de": "Lenkungsgruppe Armutsprävention", "it": "Gruppo direttivo"},
        "kind": "steering_group",
        "mandates": ["steers", "advises"],
        "subjects": [text("Armutsprävention")],
        "tasks": [text("Festlegung der Indikatoren für den Armutsbericht"), text("Bewertung")],
        "legal_basis": ["Armutspräventionsrichtlinie, Punkt 2.1"],
        "parent": "stadtrat",
        "hosted_by": "dezernat-4",
        "coordinated_by": "dezernat-4",
        "resolution_numbers": "LG {number}-{year}",
        "starts_on": "2016-06-01",
        "ends_on": "2018-12-31",
        "description": text("Übernimmt die Steuerung des Projektes."),
        "website": "https://www.jena.de/",
        "visibility": "public",
    }
    await boards.made("/bodies", said)
    kept = (await boards.as_().get("/bodies/lenkungsgruppe")).json()
    assert {name: kept[name] for name in said} == said


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"mandates": ["advises", "decides"]}, "/mandates"),
        ({"mandates": []}, "/mandates"),
        ({"mandates": ["advises", "advises"]}, "/mandates"),
        ({"mandates": ["rules"]}, "/mandates/0"),
        ({"starts_on": "2024-01-01", "ends_on": "2023-12-31"}, "/ends_on"),
        ({"starts_on": "2024-02-30"}, "/starts_on"),
        ({"kind": "parliament"}, "/kind"),
        ({"resolution_numbers": "LG/{year}"}, "/resolution_numbers"),
        ({"resolution_numbers": "{number}{number}"}, "/resolution_numbers"),
        ({"paper_numbers": "{place} {number}"}, "/paper_numbers"),
        ({"tasks": [{"en": "no German"}]}, "/tasks/0"),
        ({"legal_basis": [71]}, "/legal_basis/0"),
        ({"parent": "nowhere"}, "/parent"),
        ({"parent": "planungsbeirat"}, "/parent"),
        ({"hosted_by": "nobody"}, "/hosted_by"),
        ({"coordinated_by": "nobody"}, "/coordinated_by"),
        ({"key": "0193d3a4-5b6c-7d8e-9f00-112233445566"}, "/key"),
    ],
)
async def test_a_body_that_cannot_be_is_refused(
    boards: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await boards.post("/bodies", a_body(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await boards.get("/bodies")).json()["items"] == []


async def test_an_advisory_board_cannot_come_to_decide_by_a_change(boards: Door) -> None:
    await boards.made("/bodies", a_body("ausschuss", kind="committee", mandates=["decides"]))
    refused = await boards.patch("/bodies/ausschuss", {"kind": "advisory_board"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/mandates"


async def test_a_change_cannot_end_a_body_before_it_starts(boards: Door) -> None:
    await boards.made("/bodies", a_body(starts_on="2024-01-01"))
    refused = await boards.patch("/bodies/planungsbeirat", {"ends_on": "2023-01-01"})
    assert refused.json()["errors"][0]["pointer"] == "/ends_on"
    ended = await boards.patch("/bodies/planungsbeirat", {"ends_on": "2024-01-01"})
    assert ended.status_code == 200


async def test_a_list_of_bodies_is_narrowed(boards: Door) -> None:
    await boards.made("/bodies", COUNCIL)
    await boards.made(
        "/bodies",
        a_body("sozialausschuss", kind="committee", mandates=["decides"], parent="stadtrat"),
    )
    await boards.made("/bodies", a_body("alt", starts_on="2016-06-01", ends_on="2018-12-31"))
    await boards.made("/bodies", a_body("neu", starts_on="2019-01-01", mandates=["advises"]))

    async def keys(query: str) -> list[str]:
        return [
            item["key"] for item in (await boards.as_().get(f"/bodies?{query}")).json()["items"]
        ]

    assert await keys("kind=advisory_board") == ["alt", "neu"]
    assert await keys("mandate=decides") == ["sozialausschuss", "stadtrat"]
    assert await keys("parent=stadtrat") == ["sozialausschuss"]
    assert await keys("on=2018-12-31&kind=advisory_board") == ["alt"]
    assert await keys("on=2019-01-01") == ["neu", "sozialausschuss", "stadtrat"]
    wrong = await boards.get("/bodies?on=yesterday")
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (422, "on")


async def test_two_who_make_each_other_the_parent_do_not_both_succeed(boards: Door) -> None:
    for key in ("a-1", "b-1"):
        await boards.made("/bodies", a_body(key))
    for _ in range(5):
        answers = await asyncio.gather(
            boards.patch("/bodies/a-1", {"parent": "b-1"}, await _revision(boards, "a-1")),
            boards.patch("/bodies/b-1", {"parent": "a-1"}, await _revision(boards, "b-1")),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 422]
        for key in ("a-1", "b-1"):
            await boards.patch(f"/bodies/{key}", {"parent": None}, await _revision(boards, key))


async def _revision(boards: Door, key: str) -> int:
    revision: int = (await boards.get(f"/bodies/{key}")).json()["revision"]
    return revision
