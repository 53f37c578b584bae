"""Consultations: the bodies a paper goes through, who decides, and what is on an agenda."""

import asyncio
from typing import Any

import asyncpg
import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_body, a_consultation, a_meeting, a_paper, an_item
from tests.support.copies import copied
from tests.support.towns import Door

ON_AGENDA = {"meeting": "sitzung-1", "agenda_item": "a-1"}


@pytest.fixture
@copied
async def office(boards: Door) -> Door:
    await boards.made("/bodies", a_body())
    for key, kind in (("ausschuss", "committee"), ("stadtrat", "council")):
        await boards.made("/bodies", a_body(key, kind=kind, mandates=["decides"]))
    await boards.made("/papers", a_paper())
    await boards.made("/meetings", a_meeting())
    await boards.made("/meetings/sitzung-1/agenda-items", an_item(key="a-1"))
    await boards.made("/meetings/sitzung-1/agenda-items", an_item("2", key="a-2"))
    return boards


async def item(door: Door, key: str = "a-1") -> dict[str, Any]:
    read = await door.get(f"/meetings/sitzung-1/agenda-items/{key}")
    found: dict[str, Any] = read.json()
    return found


async def test_a_paper_goes_through_bodies_in_an_order(office: Door) -> None:
    for key, body, role in (
        ("c-1", "planungsbeirat", "advises"),
        ("c-2", "ausschuss", "decides"),
        ("c-3", "stadtrat", "decides"),
    ):
        await office.made("/consultations", a_consultation(key, body=body, role=role))
    await office.patch("/consultations/c-1", {"position": None})
    items = (await office.as_().get("/consultations?paper=vorlage-1")).json()["items"]
    assert [(one["key"], one["authoritative"]) for one in items] == [
        ("c-2", True),
        ("c-3", True),
        ("c-1", False),
    ]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"role": "decides"}, "/role"),
        ({"role": "votes"}, "/role"),
        ({"paper": "nowhere"}, "/paper"),
        ({"body": "nobody"}, "/body"),
        ({"joint_with": ["stadtrat", "nobody"]}, "/joint_with/1"),
        ({"joint_with": ["planungsbeirat"]}, "/joint_with"),
        ({"meeting": "never"}, "/meeting"),
        ({"body": "stadtrat", "meeting": "sitzung-1"}, "/meeting"),
        ({"agenda_item": "a-1"}, "/agenda_item"),
        ({"meeting": "sitzung-1", "agenda_item": "a-9"}, "/agenda_item"),
        ({"state": "held"}, "/meeting"),
    ],
)
async def test_a_step_that_cannot_be_is_refused(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await office.post("/consultations", a_consultation(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await office.get("/consultations")).json()["items"] == []


async def test_the_database_too_lets_no_advisory_board_decide(
    office: Door, database_url: str, town: Municipality
) -> None:
    await office.made("/consultations", a_consultation())
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(f"SET app.municipality = '{town.id}'")
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(
                "UPDATE boards.consultation SET role = 'decides' WHERE municipality_id = $1",
                town.id,
            )
    finally:
        await connection.close()


async def test_a_joint_meeting_is_a_meeting_of_each_of_them(office: Door) -> None:
    made = await office.made(
        "/consultations",
        a_consultation(body="ausschuss", joint_with=["planungsbeirat"], meeting="sitzung-1"),
    )
    assert made["meeting"] == "sitzung-1"


async def test_the_agenda_names_the_paper_and_forgets_it_again(office: Door) -> None:
    await office.made("/consultations", a_consultation(**ON_AGENDA))
    shown = await item(office.as_())
    assert (shown["paper"], shown["consultation"], shown["revision"]) == ("vorlage-1", "c-1", 2)
    await office.patch("/consultations/c-1", {"agenda_item": "a-2"})
    assert (await item(office))["paper"] is None
    assert (await item(office, "a-2"))["consultation"] == "c-1"
    await office.patch("/consultations/c-1", {"agenda_item": None}, 2)
    assert (await item(office, "a-2"))["consultation"] is None


async def test_an_agenda_item_is_about_one_paper(office: Door) -> None:
    await office.made("/papers", a_paper("vorlage-2"))
    await office.made("/consultations", a_consultation(**ON_AGENDA))
    refused = await office.post(
        "/consultations", a_consultation("c-2", paper="vorlage-2", **ON_AGENDA)
    )
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/agenda_item")


async def test_a_public_agenda_does_not_name_a_hidden_paper(office: Door) -> None:
    await office.made("/papers", a_paper("geheim", visibility="administration"))
    await office.made("/consultations", a_consultation(paper="geheim", **ON_AGENDA))
    for reader in (office.as_(), office.as_("member")):
        shown = await item(reader)
        assert (shown["paper"], shown["consultation"]) == (None, None)
        listed = (await reader.get("/meetings/sitzung-1/agenda-items")).json()["items"]
        assert [one["paper"] for one in listed] == [None, None]
    assert (await item(office))["paper"] == "geheim"


async def test_what_is_consulted_in_the_closed_part_stays_there(office: Door) -> None:
    await office.patch("/meetings/sitzung-1/agenda-items/a-1", {"public": False})
    await office.made("/consultations", a_consultation(**ON_AGENDA))
    assert (await office.as_().get("/consultations/c-1")).status_code == 404
    assert (await office.as_().get("/consultations?paper=vorlage-1")).json()["items"] == []
    assert (await office.as_("secretary").get("/consultations/c-1")).status_code == 200


async def test_it_is_held_once_the_meeting_runs(office: Door) -> None:
    await office.made("/consultations", a_consultation(**ON_AGENDA))
    early = await office.patch("/consultations/c-1", {"state": "held"})
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "too-early")
    await office.patch("/meetings/sitzung-1", {"state": "invited"})
    await office.patch("/meetings/sitzung-1", {"state": "running"}, 2)
    assert (await office.patch("/consultations/c-1", {"state": "held"})).status_code == 200


async def test_a_withdrawn_paper_goes_no_further(office: Door) -> None:
    await office.patch("/papers/vorlage-1", {"state": "withdrawn"})
    refused = await office.post("/consultations", a_consultation())
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/paper")


async def test_ten_bodies_put_on_the_way_at_once_stand_in_a_row(office: Door) -> None:
    await asyncio.gather(
        *(office.made("/consultations", a_consultation(f"c-{n}", role="hears")) for n in range(10))
    )
    items = (await office.get("/consultations?paper=vorlage-1")).json()["items"]
    assert [one["position"] for one in items] == list(range(10))


async def test_consultations_are_found_by_body_meeting_role_and_state(office: Door) -> None:
    await office.made("/consultations", a_consultation(**ON_AGENDA))
    await office.made("/consultations", a_consultation("c-2", body="stadtrat", role="decides"))
    for query, found in (
        ("body=stadtrat", ["c-2"]),
        ("meeting=sitzung-1", ["c-1"]),
        ("role=decides", ["c-2"]),
        ("state=planned", ["c-1", "c-2"]),
        ("state=held", []),
    ):
        items = (await office.get(f"/consultations?{query}")).json()["items"]
        assert [one["key"] for one in items] == found, query


async def test_paper_and_body_of_a_step_are_for_good(office: Door) -> None:
    await office.made("/consultations", a_consultation())
    for change in ({"body": "stadtrat"}, {"paper": "vorlage-2"}):
        refused = await office.patch("/consultations/c-1", change)
        assert refused.json()["errors"][0]["code"] == "immutable"
