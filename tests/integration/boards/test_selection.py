"""A frontend asks for the fields it shows, and for what belongs to them, in one call."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI

from services.kit import relations
from tests.integration.boards.council import (
    a_body,
    a_consultation,
    a_meeting,
    a_membership,
    a_paper,
    a_person,
    a_seat,
    an_item,
    everything,
    organisations,
    text,
)
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    answers,
    bodies,
    on_the_way,
    voted,
)
from tests.support.copies import copied
from tests.support.towns import Door

BODY = "/bodies/planungsbeirat"


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    """A board below a committee, with two seats, one of them not public, and four meetings."""
    await organisations(boards)
    await boards.made("/bodies", a_body("sozialausschuss", kind="committee"))
    await boards.made("/bodies", a_body(parent="sozialausschuss", hosted_by="dezernat-4"))
    await boards.made("/seats", a_seat("sitz-1"))
    await boards.made("/seats", a_seat("sitz-2", visibility="administration"))
    for key, days in {"gestern": -1, "bald": 7, "spaeter": 30}.items():
        await boards.made("/meetings", a_meeting(key, starts_at=in_days(days)))
    secret = a_meeting("vertraulich", starts_at=in_days(1), visibility="administration")
    await boards.made("/meetings", secret)
    return boards


async def test_a_list_has_only_the_fields_that_were_asked_for_on_every_page(board: Door) -> None:
    anybody = board.as_()
    first = (await anybody.get("/bodies?fields=name,key&limit=1")).json()
    assert first["items"] == [{"key": "planungsbeirat", "name": text("Planungsbeirat LSZ")}]
    second = (await anybody.get(first["next"])).json()
    assert [set(item) for item in second["items"]] == [{"key", "name"}]
    assert second["next"] is None


async def test_what_was_cut_can_be_asked_again_and_changed(board: Door) -> None:
    cut = await board.get(f"{BODY}?fields=name")
    assert cut.json() == {"name": text("Planungsbeirat LSZ")}
    assert cut.headers["etag"] == (await board.get(BODY)).headers["etag"]
    assert int(cut.headers["content-length"]) == len(cut.content)
    again = {"If-None-Match": cut.headers["etag"]}
    assert (await board.get(f"{BODY}?fields=name", headers=again)).status_code == 304
    headers = {"If-Match": cut.headers["etag"]}
    changed = await board.patch(BODY, {"website": "https://example.org"}, headers=headers)
    assert changed.status_code == 200
    assert set(changed.json()) > {"key", "website"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("fields=key,nmae", "fields"),
        ("fields=", "fields"),
        ("fields=key,,name", "fields"),
        ("include=seats,chairs", "include"),
        ("include=persons", "include"),
    ],
)
async def test_a_name_that_is_not_known_is_refused(board: Door, query: str, parameter: str) -> None:
    for address in (BODY, "/bodies"):
        refused = await board.get(f"{address}?{query}")
        assert refused.status_code == 422
        (fault,) = refused.json()["errors"]
        assert (fault["parameter"], fault["code"]) == (parameter, "unknown")


async def test_where_nothing_can_be_brought_the_parameter_is_not_known(board: Door) -> None:
    refused = await board.get("/powers?include=body")
    assert refused.json()["errors"][0]["code"] == "unknown_parameter"
    written = await board.post("/bodies?fields=key", a_body("anderer"))
    assert written.json()["errors"][0]["code"] == "unknown_parameter"
    assert (await board.get("/bodies/anderer")).status_code == 404


async def test_a_body_brings_what_belongs_to_it_as_its_own_addresses_show_it(board: Door) -> None:
    anybody = board.as_()
    found = await anybody.get(f"{BODY}?include=parent,hosted_by,seats,next_meeting&fields=key")
    assert set(found.json()) == {"key", "included"}, found.text
    brought = found.json()["included"]
    addresses = {
        "parent": "/bodies/sozialausschuss",
        "hosted_by": "/organisations/dezernat-4",
        "seats": "/seats/sitz-1",
        "next_meeting": "/meetings/bald",
    }
    for name, address in addresses.items():
        shown = (await anybody.get(address)).json()
        assert brought[name] == {shown["key"]: shown}


async def test_what_is_brought_obeys_its_own_visibility(board: Door) -> None:
    seen = (await board.get(f"{BODY}?include=seats,next_meeting")).json()["included"]
    assert set(seen["seats"]) == {"sitz-1", "sitz-2"}
    assert set(seen["next_meeting"]) == {"vertraulich"}
    await board.patch("/bodies/sozialausschuss", {"visibility": "administration"})
    anybody = (await board.as_().get(f"{BODY}?include=parent,seats")).json()
    assert (anybody["included"]["parent"], set(anybody["included"]["seats"])) == ({}, {"sitz-1"})


async def test_what_is_brought_needs_its_own_permission(
    board: Door, apps: dict[str, FastAPI], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{BODY}?include=seats"
    assert (await board.as_().get(address)).status_code == 200
    relation = apps["boards"].state.relations
    seats = next(brings["seats"] for model, brings in relation.items() if "seats" in brings)
    monkeypatch.setitem(seats.__dict__, "permission", "boards.persons:data")
    assert (await board.as_().get(address)).status_code == 401
    assert (await board.as_("controller").get(address)).status_code == 403
    assert (await board.get(address)).status_code == 200


async def test_an_answer_changes_its_state_with_what_it_brings(board: Door) -> None:
    address = f"{BODY}?include=seats"
    before = (await board.as_().get(address)).headers["etag"]
    kept = {"If-None-Match": before}
    assert (await board.as_().get(address, headers=kept)).status_code == 304
    await board.patch("/seats/sitz-1", {"name": text("Neuer Sitz")})
    after = await board.as_().get(address, headers=kept)
    assert after.status_code == 200
    assert after.headers["etag"] != before
    assert after.json()["included"]["seats"]["sitz-1"]["name"] == text("Neuer Sitz")
    stale = await board.patch(BODY, {"website": None}, headers={"If-Match": before})
    assert stale.status_code == 200, "the body itself is still as it was read"


async def test_a_list_brings_each_thing_once_with_one_statement_each(
    board: Door, statements: list[str]
) -> None:
    for number in range(20):
        await board.made("/bodies", a_body(f"beirat-{number}", parent="sozialausschuss"))
        await board.made("/seats", a_seat(f"s-{number}", body=f"beirat-{number}"))
    statements.clear()
    plain = (await board.get("/bodies")).json()
    alone = len(statements)
    statements.clear()
    found = (await board.get("/bodies?include=parent,seats,next_meeting")).json()
    assert len(statements) == alone + 3
    assert found["items"] == plain["items"]
    assert set(found["included"]["parent"]) == {"sozialausschuss"}
    assert len(found["included"]["seats"]) == 22
    assert set(found["included"]["next_meeting"]) == {"vertraulich"}


async def test_more_than_an_answer_holds_is_refused_and_not_cut(
    board: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relations, "MOST", 1)
    assert (await board.as_().get(f"{BODY}?include=seats")).status_code == 200
    refused = await board.get(f"{BODY}?include=seats")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "too_many"


async def test_a_board_page_and_a_meeting_come_in_one_call_each(boards: Door) -> None:
    await everything(boards)
    for key, more in (("a-2", {}), ("a-geheim", {"public": False})):
        await boards.made("/meetings/sitzung-1/agenda-items", an_item(key, key=key, **more))
    secret = a_paper("vorlage-geheim", visibility="administration")
    await boards.made("/papers", secret)
    await boards.made(
        "/consultations", a_consultation("c-2", paper="vorlage-geheim", meeting="sitzung-1")
    )
    await boards.made("/persons", a_person("p-2"))
    await boards.made("/memberships", a_membership("p-2", key="m-2", visibility="administration"))
    meeting, body = "/meetings/sitzung-1?include=agenda_items,papers,consultations", BODY
    office = (await boards.get(meeting)).json()["included"]
    public = (await boards.as_().get(meeting)).json()["included"]
    assert set(office["agenda_items"]) == {"a-1", "a-2", "a-geheim"}
    assert set(public["agenda_items"]) == {"a-1", "a-2"}
    assert set(office["papers"]) == {"vorlage-1", "vorlage-geheim"}
    assert set(public["papers"]) == {"vorlage-1"}
    assert set(office["consultations"]) == {"c-1", "c-2"}
    assert set(public["consultations"]) == {"c-1"}
    shown = (await boards.as_().get("/papers/vorlage-1")).json()
    assert public["papers"]["vorlage-1"] == shown
    office = (await boards.get(f"{body}?include=memberships")).json()["included"]
    public = (await boards.as_().get(f"{body}?include=memberships")).json()["included"]
    assert (set(office["memberships"]), set(public["memberships"])) == ({"m-1", "m-2"}, {"m-1"})


async def test_a_paper_and_a_meeting_bring_what_was_decided(boards: Door) -> None:
    await bodies(boards, "beirat", "stadtrat")
    await boards.made("/papers", a_paper())
    await on_the_way(boards, ("beirat", "advises"), ("stadtrat", "decides"))
    await boards.made("/recommendations", a_recommendation(await voted(boards, "beirat")))
    await boards.made(
        "/resolutions", a_resolution(await voted(boards, "stadtrat"), **answers("follows"))
    )
    asked = "include=consultations,recommendations,resolutions"
    paper = (await boards.as_().get(f"/papers/vorlage-1?{asked}")).json()["included"]
    assert {name: set(found) for name, found in paper.items()} == {
        "consultations": {"c-beirat", "c-stadtrat"},
        "recommendations": {"r-1"},
        "resolutions": {"b-1"},
    }
    for address in ("/recommendations/r-1", "/resolutions/b-1"):
        shown = (await boards.as_().get(address)).json()
        assert paper[address.split("/")[1]] == {shown["key"]: shown}
    meetings = (await boards.as_().get("/meetings?include=recommendations,resolutions")).json()
    assert set(meetings["included"]["recommendations"]) == {"r-1"}
    assert set(meetings["included"]["resolutions"]) == {"b-1"}


async def test_a_list_of_meetings_brings_what_stands_between_with_one_statement_each(
    boards: Door, statements: list[str]
) -> None:
    await everything(boards)
    counted = []
    for number in range(2, 12):
        if number in (3, 11):
            statements.clear()
            asked = "include=agenda_items,papers,consultations"
            found = (await boards.get(f"/meetings?{asked}")).json()["included"]
            counted.append((len(statements), len(found["papers"]), len(found["agenda_items"])))
        meeting, paper = f"s-{number}", f"v-{number}"
        await boards.made("/meetings", a_meeting(meeting))
        await boards.made(f"/meetings/{meeting}/agenda-items", an_item(key=f"t-{number}"))
        await boards.made("/papers", a_paper(paper))
        more = {"paper": paper, "meeting": meeting, "position": 1}
        await boards.made("/consultations", a_consultation(f"c-{number}", **more))
    (few, first, _), (many, last, items) = counted
    assert (first, last, items) == (2, 10, 10)
    assert many == few
