"""The council information systems of others become bodies, meetings, papers and consultations."""

from datetime import datetime
from typing import Any

import pytest

from services.boards.harvests.batches import routes
from tests.integration.boards.reading import BASE, SOURCE, journalled, listed, take
from tests.support.towns import Door


def thing(type: str, path: str, /, **values: Any) -> dict[str, Any]:
    return {"id": f"{BASE}/{path}", "type": f"https://schema.oparl.org/1.1/{type}", **values}


COMMITTEE = thing("Organization", "o/1", name="Sozialausschuss", meeting=f"{BASE}/o/1/m")
COUNCIL = thing("Organization", "o/2", name="Stadtrat", meeting=f"{BASE}/o/2/m")
OFFICE = thing("Organization", "o/3", name="Jugendamt")


def item(name: str, order: int, **values: Any) -> dict[str, Any]:
    return thing("AgendaItem", name, name=f"Punkt {name}", order=order, number=str(order), **values)


def sitting(name: str, body: str, day: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return thing(
        "Meeting",
        name,
        name="Sitzung",
        start=f"{day}T17:00:00+01:00",
        end=f"{day}T19:00:00+01:00",
        organization=[f"{BASE}/{body}"],
        agendaItem=list(items),
        **more,
    )


def step(name: str, body: str, meeting: str | None, role: str, **more: Any) -> dict[str, Any]:
    where = {} if meeting is None else {"meeting": f"{BASE}/{meeting}"}
    return thing("Consultation", name, organization=[f"{BASE}/{body}"], role=role, **where, **more)


def proposal(name: str, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    values = {
        "name": "Familienzentren",
        "reference": f"BV {name}",
        "date": "2026-01-05",
        "paperType": "Beschlussvorlage",
        "consultation": list(steps),
    }
    return thing("Paper", name, **{**values, **more})


@pytest.fixture
async def source(boards: Door) -> str:
    await boards.made("/oparl-sources", SOURCE)
    return "/oparl-sources/rathaus"


async def test_a_paper_goes_from_the_committee_to_the_council(boards: Door, source: str) -> None:
    report = await take(
        boards,
        source,
        proposal(
            "p/1",
            step("c/2", "o/2", "m/2", "Entscheidung", agendaItem=f"{BASE}/a/2"),
            step("c/1", "o/1", "m/1", "Vorberatung", agendaItem=f"{BASE}/a/1"),
            underDirectionOf=[f"{BASE}/o/3"],
        ),
        sitting("m/2", "o/2", "2026-02-25", item("a/2", 0, result="mehrheitlich beschlossen")),
        sitting("m/1", "o/1", "2026-02-10", item("a/1", 0)),
        COMMITTEE,
        COUNCIL,
        OFFICE,
    )
    assert report["created"] == {
        "Organization": 3, "Meeting": 2, "AgendaItem": 2, "Paper": 1, "Consultation": 2
    }  # fmt: skip
    assert report["waiting"] == {}
    paper = (await listed(boards, "/papers"))[0]
    assert (paper["reference"], paper["kind"]) == ("BV p/1", "resolution_proposal")
    assert paper["under_direction_of"] == ["jugendamt"]
    way = await listed(boards, f"/consultations?paper={paper['key']}")
    assert [(one["body"], one["role"], one["state"]) for one in way] == [
        ("sozialausschuss", "advises", "held"),
        ("stadtrat", "decides", "held"),
    ]
    agenda = await listed(boards, f"/meetings/{way[1]['meeting']}/agenda-items")
    assert agenda[0]["paper"] == paper["key"]


async def test_whatever_order_things_come_in_the_end_is_the_same(boards: Door, source: str) -> None:
    paper = proposal("p/1", step("c/1", "o/1", "m/1", "Vorberatung", agendaItem=f"{BASE}/a/1"))
    meeting = sitting("m/1", "o/1", "2026-02-10", item("a/1", 0))
    assert (await take(boards, source, paper))["waiting"] == {"Paper": 1}
    assert (await take(boards, source, meeting))["waiting"]["Meeting"] == 1
    missing = (await boards.get(f"{source}/missing")).json()
    assert missing["addresses"] == [f"{BASE}/m/1", f"{BASE}/o/1"]
    assert missing["objects"] == 2
    report = await take(boards, source, COMMITTEE)
    assert report["created"] == {
        "Organization": 1, "Meeting": 1, "AgendaItem": 1, "Consultation": 1
    }  # fmt: skip
    assert (await boards.get(f"{source}/missing")).json() == {"addresses": [], "objects": 0}
    way = await listed(boards, "/consultations")
    assert way[0]["meeting"] is not None
    assert way[0]["agenda_item"] is not None


async def test_papers_of_one_batch_find_one_another(boards: Door, source: str) -> None:
    above = {"superordinatedPaper": [f"{BASE}/p/2"]}
    batch = [proposal("p/1", **above), proposal("p/2"), proposal("p/3", **above)]
    report = await take(boards, source, *batch)
    assert (report["created"], report["changed"], report["waiting"]) == ({"Paper": 3}, {}, {})
    missing = (await boards.get(f"{source}/missing")).json()
    assert missing == {"addresses": [], "objects": 0}
    papers = {one["external_id"]: one for one in await listed(boards, "/papers")}
    key = papers[f"{BASE}/p/2"]["key"]
    for name in ("p/1", "p/3"):
        assert papers[f"{BASE}/{name}"]["superordinate"] == [key]
    again = await take(boards, source, *batch)
    assert again["unchanged"] == {"Paper": 3}


async def test_what_a_body_is_part_of_is_kept_in_whatever_order_they_come(
    boards: Door, source: str
) -> None:
    part = thing("Organization", "o/4", name="Arbeitsgruppe", subOrganizationOf=f"{BASE}/o/5")
    middle = thing("Organization", "o/5", name="Beirat", subOrganizationOf=f"{BASE}/o/2")
    office = {**OFFICE, "subOrganizationOf": f"{BASE}/o/6"}
    report = await take(boards, source, part, middle, office)
    assert (report["created"], report["waiting"]) == ({"Organization": 3}, {"Organization": 2})
    report = await take(boards, source, COUNCIL, thing("Organization", "o/6", name="Dezernat 4"))
    assert (report["waiting"], report["repairs"]) == ({}, [])
    parents = {one["key"]: one["parent"] for one in await listed(boards, "/bodies")}
    assert parents == {"arbeitsgruppe": "beirat", "beirat": "stadtrat", "stadtrat": None}
    offices = {one["key"]: one["parent"] for one in await listed(boards, "/organisations")}
    assert offices == {"jugendamt": "dezernat-4", "dezernat-4": None}
    before = await journalled(boards)
    again = await take(boards, source, part, middle, office)
    assert (again["unchanged"], await journalled(boards)) == ({"Organization": 3}, before)


async def _papers(boards: Door) -> dict[str, list[str]]:
    """Paper -> those it belongs to, both by the last part of their addresses."""
    papers = await listed(boards, "/papers")
    names = {one["key"]: str(one["external_id"]).rpartition("/")[2] for one in papers}
    return {names[one["key"]]: [names[key] for key in one["superordinate"]] for one in papers}


def below(*names: str) -> dict[str, Any]:
    return {"subordinatedPaper": [f"{BASE}/p/{name}" for name in names]}


def above(*names: str) -> dict[str, Any]:
    return {"superordinatedPaper": [f"{BASE}/p/{name}" for name in names]}


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize("size", [1, 3])
async def test_what_a_paper_says_belongs_to_it_does_in_whatever_order_they_come(
    boards: Door, source: str, turned: int, size: int
) -> None:
    """p/3 says itself that it belongs to p/4; nobody speaks for it."""
    everything = [
        proposal("p/1", **below("2", "3")),
        proposal("p/2"),
        proposal("p/3", **above("4")),
        proposal("p/4", **below("2")),
    ][::turned]
    for start in range(0, 4, size):
        last = await take(boards, source, *everything[start : start + size])
    assert (last["waiting"], last["repairs"]) == ({}, [])
    assert await _papers(boards) == {"1": [], "2": ["1", "4"], "3": ["4"], "4": []}
    before = await journalled(boards)
    again = await take(boards, source, *everything)
    assert (again["unchanged"], again["changed"]) == ({"Paper": 4}, {})
    assert await journalled(boards) == before


async def test_a_paper_waits_for_what_it_says_belongs_to_it(boards: Door, source: str) -> None:
    report = await take(boards, source, proposal("p/1", **below("1", "9")))
    assert report["waiting"] == {"Paper": 1}
    assert [(one["code"], one["property"]) for one in report["repairs"]] == [
        ("part_of_itself", "subordinatedPaper")
    ]
    missing = (await boards.get(f"{source}/missing")).json()
    assert missing["addresses"] == [f"{BASE}/p/9"]
    called = {f"{BASE}/p/9": f"{BASE}/p/2"}
    assert (await take(boards, source, proposal("p/2"), called=called))["waiting"] == {}
    assert await _papers(boards) == {"1": [], "2": ["1"]}
    await take(boards, source, proposal("p/2", paperType="Antrag"))
    assert await _papers(boards) == {"1": [], "2": ["1"]}


async def test_what_is_said_no_longer_is_taken_away_by_the_side_that_said_it(
    boards: Door, source: str
) -> None:
    await take(boards, source, proposal("p/1", **below("2", "3")), proposal("p/4"))
    await take(boards, source, proposal("p/2", **above("1")), proposal("p/3"))
    row = next(one for one in await listed(boards, "/papers") if one["reference"] == "BV p/3")
    other = next(one for one in await listed(boards, "/papers") if one["reference"] == "BV p/4")
    added = {"superordinate": [*row["superordinate"], other["key"]]}
    await boards.patch(f"/papers/{row['key']}", added, row["revision"])
    assert await _papers(boards) == {"1": [], "2": ["1"], "3": ["1", "4"], "4": []}
    report = await take(boards, source, proposal("p/1"))
    assert report["changed"] == {"Paper": 1}
    assert await _papers(boards) == {"1": [], "2": ["1"], "3": ["4"], "4": []}
    await take(boards, source, proposal("p/1", **below("2", "3")))
    await take(boards, source, proposal("p/2"))
    assert await _papers(boards) == {"1": [], "2": ["1"], "3": ["1", "4"], "4": []}
    await take(boards, source, {"id": f"{BASE}/p/1", "deleted": True}, list="paper")
    assert await _papers(boards) == {"1": [], "2": [], "3": ["4"], "4": []}


async def test_what_a_person_added_to_a_paper_stays_when_the_paper_changes(
    boards: Door, source: str
) -> None:
    """The source never says what p/3 belongs to; p/1 says it, then no longer, and then p/3 does."""
    others = [proposal(f"p/{name}") for name in (2, 4)]
    await take(boards, source, proposal("p/1", **below("3")), proposal("p/3"), *others)
    row = next(one for one in await listed(boards, "/papers") if one["reference"] == "BV p/3")
    keys = {one["reference"]: one["key"] for one in await listed(boards, "/papers")}
    added = {"superordinate": [*row["superordinate"], keys["BV p/4"]]}
    await boards.patch(f"/papers/{row['key']}", added, row["revision"])
    kept = {"1": [], "2": [], "3": ["1", "4"], "4": []}
    await take(boards, source, proposal("p/3", paperType="Antrag"))
    assert await _papers(boards) == kept
    changed = [
        proposal("p/3", paperType="Anfrage"),
        proposal("p/1", **below("3"), date="2026-01-06"),
    ]
    await take(boards, source, *changed)
    assert await _papers(boards) == kept
    await take(boards, source, proposal("p/3", date="2026-01-07"), proposal("p/1"))
    assert await _papers(boards) == {**kept, "3": ["4"]}
    await take(boards, source, proposal("p/3", **above("2")))
    assert await _papers(boards) == {**kept, "3": ["2"]}
    await take(boards, source, proposal("p/3"))
    assert await _papers(boards) == {**kept, "3": []}


async def test_what_an_organization_is_part_of_no_longer_is_taken_away(
    boards: Door, source: str
) -> None:
    part = thing("Organization", "o/4", name="Arbeitsgruppe", subOrganizationOf=f"{BASE}/o/2")
    whole = thing("Organization", "o/5", name="Beirat")
    await take(boards, source, COUNCIL, COMMITTEE, part, whole)
    alone = {name: value for name, value in part.items() if name != "subOrganizationOf"}
    assert (await take(boards, source, alone))["changed"] == {"Organization": 1}
    assert (await boards.get("/bodies/arbeitsgruppe")).json()["parent"] is None

    turned = {**whole, "subOrganizationOf": f"{BASE}/o/4"}, {**alone, "shortName": "AG"}
    await take(boards, source, part, {**whole, "shortName": "B"})
    await take(boards, source, *turned)
    parents = {one["key"]: one["parent"] for one in await listed(boards, "/bodies")}
    assert (parents["beirat"], parents["arbeitsgruppe"]) == ("arbeitsgruppe", None)

    waiting = {**turned[0], "subOrganizationOf": f"{BASE}/o/9"}
    assert (await take(boards, source, waiting))["waiting"] == {"Organization": 1}
    assert (await boards.get("/bodies/beirat")).json()["parent"] is None


async def test_what_a_person_says_a_body_is_part_of_stays(boards: Door, source: str) -> None:
    """Both where the source never said it, and where it said the same only afterwards."""
    part = thing("Organization", "o/4", name="Arbeitsgruppe")
    await take(boards, source, COUNCIL, COMMITTEE, part)
    path = "/bodies/arbeitsgruppe"
    row = (await boards.get(path)).json()
    await boards.patch(path, {"parent": "stadtrat"}, row["revision"])
    for said in ({"shortName": "AG"}, {"subOrganizationOf": f"{BASE}/o/2"}, {}):
        await take(boards, source, {**part, **said})
        assert (await boards.get(path)).json()["parent"] == "stadtrat"
    await take(boards, source, {**part, "subOrganizationOf": f"{BASE}/o/1"})
    row = (await boards.get(path)).json()
    assert row["parent"] == "sozialausschuss"
    await boards.patch(path, {"parent": "stadtrat"}, row["revision"])
    await take(boards, source, part)
    assert (await boards.get(path)).json()["parent"] == "stadtrat"


async def test_what_cannot_be_held_of_an_object_is_told_once_of_each_kind(
    boards: Door, source: str
) -> None:
    """A body that is part of an office, one that is part of itself, where papers are about."""
    place = thing("Location", "l/1", description="Am Markt")
    report = await take(
        boards,
        source,
        {**COMMITTEE, "subOrganizationOf": f"{BASE}/o/3"},
        {**COUNCIL, "subOrganizationOf": f"{BASE}/o/2", "location": place},
        thing("Organization", "o/5", name="Beirat", subOrganizationOf=f"{BASE}/o/6"),
        thing("Organization", "o/6", name="Kommission", subOrganizationOf=f"{BASE}/o/5"),
        {**OFFICE, "location": thing("Location", "l/2", streetAddress="")},
        proposal("p/1", location=[place]),
        proposal("p/2", location=[place]),
    )
    told = {(one["code"], one["property"]): one["count"] for one in report["repairs"]}
    assert told == {
        ("empty", "streetAddress"): 1,
        ("not_held", "location"): 3,
        ("not_held", "subOrganizationOf"): 1,
        ("part_of_itself", "subOrganizationOf"): 2,
    }
    parents = {one["key"]: one["parent"] for one in await listed(boards, "/bodies")}
    assert sorted(filter(None, parents.values())) == ["kommission"]


async def test_what_calls_itself_otherwise_than_others_call_it_is_found(
    boards: Door, source: str
) -> None:
    """References name `meeting.php?id=1`; what is there says that it is `m/1`."""
    other = f"{BASE}/meeting.php?id=1"
    way = step("c/1", "o/1", None, "Vorberatung", agendaItem=f"{BASE}/a/1")
    await take(boards, source, COMMITTEE, proposal("p/1", {**way, "meeting": other}))
    assert (await boards.get(f"{source}/missing")).json()["addresses"] == [other]
    meeting = sitting("m/1", "o/1", "2026-02-10", item("a/1", 0))
    report = await take(boards, source, meeting, called={other: f"{BASE}/m/1"})
    assert ("other_id", "id") in {(one["code"], one["property"]) for one in report["repairs"]}
    assert (await boards.get(f"{source}/missing")).json() == {"addresses": [], "objects": 0}
    (found,) = await listed(boards, "/consultations")
    assert found["meeting"] == (await listed(boards, "/meetings"))[0]["key"]
    before = await journalled(boards)
    again = await take(boards, source, meeting, called={other: f"{BASE}/m/1"})
    assert (again["repairs"], again["unchanged"]) == ([], {"Meeting": 1})
    assert await journalled(boards) == before


async def test_a_stub_without_type_in_a_list_of_what_is_there_withdraws_it(
    boards: Door, source: str
) -> None:
    await take(boards, source, COMMITTEE, sitting("m/1", "o/1", "2026-02-10"), list="meeting")
    stub = {"id": f"{BASE}/m/1", "deleted": True, "modified": "2026-03-01T00:00:00Z"}
    other = sitting("m/2", "o/1", "2026-02-24")
    report = await take(boards, source, other, stub, {"deleted": True}, list="meeting")
    assert (report["deleted"], report["created"]) == ({"Meeting": 1}, {"Meeting": 1})
    assert len(await listed(boards.as_(), "/meetings")) == 1


async def test_the_same_again_changes_nothing(boards: Door, source: str) -> None:
    everything = (
        COMMITTEE,
        sitting("m/1", "o/1", "2026-02-10", item("a/1", 1), item("a/2", 2)),
        proposal("p/1", step("c/1", "o/1", "m/1", "Vorberatung"), step("c/9", "o/9", None, "x")),
    )
    await take(boards, source, *everything)
    before = await journalled(boards)
    report = await take(boards, source, *everything)
    assert report["unchanged"] == {"Organization": 1, "Meeting": 1, "Paper": 1}
    assert report["waiting"] == {"Paper": 1}
    assert (report["created"], report["changed"], report["deleted"]) == ({}, {}, {})
    assert await journalled(boards) == before


async def test_an_agenda_that_was_turned_round_and_shortened_follows(
    boards: Door, source: str
) -> None:
    agenda = [item("a/1", 0), item("a/2", 1), item("a/3", 2)]
    await take(boards, source, COMMITTEE, sitting("m/1", "o/1", "2026-02-10", *agenda))
    turned = [item("a/3", 0), item("a/1", 1)]
    await take(boards, source, sitting("m/1", "o/1", "2026-02-10", *turned))
    meeting = (await listed(boards, "/meetings"))[0]["key"]
    shown = await listed(boards.as_(), f"/meetings/{meeting}/agenda-items")
    assert [one["external_id"] for one in shown] == [f"{BASE}/a/3", f"{BASE}/a/1"]


async def test_a_closed_item_stays_closed(boards: Door, source: str) -> None:
    closed = item("a/1", 0, public=False)
    await take(boards, source, COMMITTEE, sitting("m/1", "o/1", "2026-02-10", closed))
    meeting = (await listed(boards, "/meetings"))[0]["key"]
    assert await listed(boards.as_(), f"/meetings/{meeting}/agenda-items") == []
    assert len(await listed(boards, f"/meetings/{meeting}/agenda-items")) == 1


async def test_what_the_server_withdrew_is_no_longer_public(boards: Door, source: str) -> None:
    await take(boards, source, COMMITTEE, proposal("p/1"), proposal("p/2"))
    stub = {"id": f"{BASE}/p/1", "deleted": True}
    report = await take(boards, source, stub, list="paper")
    assert report["deleted"] == {"Paper": 1}
    shown = await listed(boards.as_(), "/papers")
    assert [paper["reference"] for paper in shown] == ["BV p/2"]
    kept = await listed(boards, "/papers?state=withdrawn")
    assert [paper["reference"] for paper in kept] == ["BV p/1"]


async def test_what_comes_back_is_public_again(boards: Door, source: str) -> None:
    await take(boards, source, COMMITTEE, proposal("p/1"))
    for name in ("o/1", "p/1"):
        await take(boards, source, {"id": f"{BASE}/{name}", "deleted": True}, list="paper")
    assert await listed(boards.as_(), "/papers") == await listed(boards.as_(), "/bodies") == []
    await take(boards, source, COMMITTEE, proposal("p/1"))
    assert (await listed(boards.as_(), "/papers"))[0]["state"] == "submitted"
    assert len(await listed(boards.as_(), "/bodies")) == 1


async def test_what_was_deleted_before_it_was_read_leaves_nothing(
    boards: Door, source: str
) -> None:
    gone = {**proposal("p/1"), "deleted": True}
    assert (await take(boards, source, gone))["deleted"] == {"Paper": 1}
    assert await listed(boards, "/papers") == []


async def test_what_the_town_knows_better_stays(boards: Door, source: str) -> None:
    await take(boards, source, thing("Organization", "o/7", name="Runder Tisch", meeting=BASE))
    body = (await boards.get("/bodies/runder-tisch")).json()
    changed = {"kind": "network", "mandates": ["steers"]}
    await boards.patch("/bodies/runder-tisch", changed, body["revision"])
    renamed = thing("Organization", "o/7", name="Runder Tisch Soziales", meeting=BASE)
    assert (await take(boards, source, renamed))["changed"] == {"Organization": 1}
    body = (await boards.get("/bodies/runder-tisch")).json()
    assert (body["kind"], body["mandates"]) == ("network", ["steers"])
    assert body["name"] == {"de": "Runder Tisch Soziales"}


async def test_an_advisory_board_does_not_decide_whatever_the_server_says(
    boards: Door, source: str
) -> None:
    board = thing("Organization", "o/5", name="Integrationsbeirat", meeting=BASE)
    steps = [step("c/1", "o/5", None, "Entscheidung", authoritative=True)]
    report = await take(boards, source, board, proposal("p/1", *steps))
    assert (await listed(boards, "/consultations"))[0]["role"] == "advises"
    assert "no_mandate" in {repair["code"] for repair in report["repairs"]}


async def test_a_consultation_that_was_put_off_is_two_steps(boards: Door, source: str) -> None:
    steps = [
        step("c/1", "o/1", "m/1", "Entscheidung", agendaItem=f"{BASE}/a/1"),
        step("c/1", "o/1", "m/2", "Entscheidung", agendaItem=f"{BASE}/a/2"),
    ]
    meetings = [
        sitting("m/1", "o/1", "2026-02-10", item("a/1", 0)),
        sitting("m/2", "o/1", "2026-02-24", item("a/2", 0)),
    ]
    await take(boards, source, COMMITTEE, *meetings, proposal("p/1", *steps))
    way = await listed(boards, "/consultations")
    assert len({one["meeting"] for one in way}) == 2


async def test_two_papers_with_one_number_are_both_kept(boards: Door, source: str) -> None:
    report = await take(
        boards, source, proposal("p/1", reference="1/2026"), proposal("p/2", reference="1/2026")
    )
    assert report["created"] == {"Paper": 2}
    assert {repair["code"] for repair in report["repairs"]} == {"reference_taken"}


async def test_what_makes_no_sense_is_left_out_and_the_rest_is_taken(
    boards: Door, source: str
) -> None:
    report = await take(
        boards,
        source,
        "Unsinn",
        None,
        {"id": f"{BASE}/x", "type": "https://schema.oparl.org/1.1/Wolke"},
        thing("Person", "q/1", name="Erika Mustermann"),
        thing("Meeting", "m/9", name="Ohne Anfang"),
        COMMITTEE,
        list="organization",
    )
    assert report["created"] == {"Organization": 1}
    assert sum(report["left_out"].values()) == 5


async def test_a_reading_knows_where_it_stands(boards: Door, source: str) -> None:
    began = "2026-03-01T04:00:00+00:00"
    stand = {"list": "organization", "next": f"{BASE}/o?page=2", "started_at": began}
    await take(boards, source, COMMITTEE, **stand)
    row = (await boards.get(source)).json()
    assert (row["list"], row["next"]) == ("organization", f"{BASE}/o?page=2")
    await take(boards, source, started_at=began, finished=True)
    row = (await boards.get(source)).json()
    assert (row["list"], row["next"], row["started_at"]) == (None, None, None)
    assert row["read_at"].startswith("2026-03-01T04:00:00")


async def test_what_was_to_come_is_held_once_a_reading_finds_nothing_new_about_it(
    boards: Door, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that never says how far a meeting is does not change it afterwards either."""
    began = "2026-03-01T04:00:00+00:00"
    meetings = [
        sitting("m/1", "o/1", "2099-02-10", item("a/1", 0)),
        sitting("m/2", "o/1", "2099-02-10", meetingState="eingeladen"),
        sitting("m/3", "o/1", "2099-02-10", cancelled=True),
        sitting("m/4", "o/1", "2099-02-12"),
        sitting("m/5", "o/1", "2099-02-09"),
    ]
    steps = [
        step("c/1", "o/1", "m/1", "Entscheidung", agendaItem=f"{BASE}/a/1"),
        step("c/2", "o/1", "m/4", "Vorberatung"),
        step("c/3", "o/1", "m/5", "Vorberatung"),
    ]
    await take(boards, source, COMMITTEE, *meetings, proposal("p/1", *steps))
    await take(boards, source, {"id": f"{BASE}/m/5", "deleted": True}, list="meeting")
    own = {"key": "eigene", "body": "sozialausschuss", "name": {"de": "Eigene Sitzung"}}
    await boards.made("/meetings", {**own, "starts_at": "2099-02-10T17:00:00+01:00"})

    async def states() -> dict[str, str]:
        found = await listed(boards, "/meetings") + await listed(boards, "/consultations")
        return {(one["external_id"] or "").removeprefix(f"{BASE}/"): one["state"] for one in found}

    soon = {"m/1": "planned", "m/2": "invited", "m/3": "cancelled", "m/4": "planned"}
    soon |= {"m/5": "planned", "c/1": "planned", "c/2": "planned", "c/3": "planned", "": "planned"}
    finished: dict[str, Any] = {"started_at": began, "finished": True}
    assert (await take(boards, source, **finished))["changed"] == {}
    assert await states() == soon

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Later":
            return cls(2099, 2, 10, 18, 0, 1, tzinfo=tz)

    monkeypatch.setattr(routes, "datetime", Later)
    report = await take(boards, source, started_at=began)
    assert report["changed"] == {}, "it goes on"
    report = await take(boards, source, **finished)
    assert report["changed"] == {"Meeting": 2, "Consultation": 1}
    assert await states() == soon | {"m/1": "held", "m/2": "held", "c/1": "held"}
    assert (await take(boards, source, **finished))["changed"] == {}


@pytest.mark.parametrize("role", ["member", "planner", "controller", "supplier"])
async def test_only_the_board_office_reads_other_councils(
    boards: Door, source: str, role: str
) -> None:
    refused = await boards.as_(role).post(f"{source}/batches", {"objects": []})
    assert refused.status_code == 403
    assert (await boards.as_("secretary").post(f"{source}/batches", {"objects": []})).is_success


async def test_more_than_a_thousand_objects_are_refused(boards: Door, source: str) -> None:
    refused = await boards.post(f"{source}/batches", {"objects": [1] * 1001})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/objects"


async def test_a_town_does_not_read_into_another(boards: Door, source: str) -> None:
    elsewhere = await boards.post("/oparl-sources/anderswo/batches", {"objects": [COMMITTEE]})
    assert elsewhere.status_code == 404
