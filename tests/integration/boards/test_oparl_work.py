"""OParl 1.1: papers and their way, files, votes and who was there."""

from hashlib import sha512
from typing import Any

import pytest

from tests.integration.boards.council import (
    a_body,
    a_consultation,
    a_meeting,
    a_paper,
    a_procedure,
    text,
)
from tests.integration.boards.filing import kept
from tests.integration.boards.sitting import AGENDA, ALL, MEETING, MEMBERS, council, present, vote
from tests.integration.boards.sitting import running as a_sitting
from tests.support.copies import copied
from tests.support.documents import PDF, TEXT
from tests.support.oparl import BASE, LISTS, Crawl, Reader, Standard
from tests.support.towns import Door

SINCE = "modified_since=2026-01-01T00:00:00Z"


@pytest.fixture
@copied
async def sitting(boards: Door) -> Door:
    """A council that sits, with a paper before it and all of its members there."""
    await council(boards)
    await a_sitting(boards)
    await boards.made("/bodies", a_body())
    paper = a_paper(
        text=text("Der Rat beschließt."),
        originator_bodies=["planungsbeirat"],
        originator_organisations=["universitaet"],
        originator_persons=["p-1"],
        under_direction_of=["paritaetischer"],
    )
    await boards.made("/papers", paper)
    before = a_consultation(body="planungsbeirat", role="advises")
    await boards.made("/consultations", before)
    decides = a_consultation("c-2", body="stadtrat", role="decides", meeting="sitzung-1")
    await boards.made("/consultations", {**decides, "agenda_item": "a-1"})
    await present(boards, *MEMBERS)
    return boards


async def attach(door: Door, kind: str, subject: str, role: str, content: bytes = PDF) -> str:
    said = {"subject_kind": kind, "subject": subject, "role": role}
    return await kept(door, content, file_name=f"{role}.pdf" if content is PDF else "a.txt", **said)


async def one(world: Reader, name: str) -> dict[str, Any]:
    (found,) = await world.data(name)
    return found


async def test_every_object_is_as_the_standard_wants_it(
    sitting: Door, world: Reader, standard: Standard
) -> None:
    await attach(sitting, "paper", "vorlage-1", "main")
    await attach(sitting, "paper", "vorlage-1", "auxiliary", TEXT)
    await attach(sitting, "meeting", "sitzung-1", "invitation")
    await attach(sitting, "meeting", "sitzung-1", "auxiliary", TEXT)
    await attach(sitting, "agenda_item", "a-1", "resolution")
    await vote(sitting, ALL)
    crawl = Crawl(world.get)
    await crawl.everything(world.system)
    types = {found["type"].rsplit("/", 1)[1] for found in crawl.objects.values()}
    assert types == set(standard.schemas) - {"LegislativeTerm", "Location"}
    for address, found in crawl.objects.items():
        standard.check(found)
        assert await world.one(address) == found
        for other, wanted in standard.references(found):
            assert crawl.objects[other]["type"].endswith(f"/{wanted}"), other


async def test_a_paper_tells_its_way(sitting: Door, world: Reader) -> None:
    paper = await one(world, "papers")
    assert paper["name"] == "Familienzentren"
    assert paper["paperType"] == "Beschlussvorlage"
    bodies = {found["name"]: found["id"] for found in await world.data("organizations")}
    assert paper["originatorOrganization"] == [bodies["universitaet"], bodies["Planungsbeirat LSZ"]]
    assert paper["underDirectionOf"] == [bodies["paritaetischer"]]
    assert len(paper["originatorPerson"]) == 1
    heard, decided = paper["consultation"]
    assert (heard["role"], heard["authoritative"]) == ("Vorberatung", False)
    assert (decided["role"], decided["authoritative"]) == ("Entscheidung", True)
    assert decided["organization"] == [bodies["Stadtrat"]]
    item = await one(world, "agenda-items")
    alone = await world.one(decided["id"])
    assert item["consultation"] == alone["id"]
    assert (alone["agendaItem"], alone["paper"]) == (item["id"], paper["id"])
    assert alone["meeting"] == item["meeting"]
    of_council = await world.data(f"{bodies['Stadtrat']}/consultations")
    assert [found["id"] for found in of_council] == [decided["id"]]


async def test_papers_that_belong_together_name_each_other(sitting: Door, world: Reader) -> None:
    await sitting.made("/papers", a_paper("vorlage-2", superordinate=["vorlage-1"]))
    await sitting.made("/papers", a_paper("vorlage-3", related=["vorlage-2"]))
    first, second, third = await world.data("papers")
    assert first["subordinatedPaper"] == [second["id"]]
    assert second["superordinatedPaper"] == [first["id"]]
    assert third["relatedPaper"] == [second["id"]]
    await sitting.patch("/papers/vorlage-2", {"visibility": "members"})
    assert "subordinatedPaper" not in await world.one(first["id"])
    assert "relatedPaper" not in await world.one(third["id"])
    await sitting.patch("/papers/vorlage-2", {"visibility": "public", "superordinate": []}, 2)
    assert "subordinatedPaper" not in await world.one(first["id"])
    assert (await world.one(third["id"]))["relatedPaper"] == [second["id"]]


async def test_a_draft_is_not_there_until_it_is_submitted(boards: Door, world: Reader) -> None:
    draft = a_paper(state="draft", visibility="administration")
    await boards.made("/papers", draft)
    assert await world.data(f"papers?{SINCE}") == []
    submitted = await boards.patch(
        "/papers/vorlage-1", {"state": "submitted", "visibility": "public"}
    )
    assert submitted.status_code == 200, submitted.text
    assert (await one(world, "papers"))["name"] == "Familienzentren"


async def test_what_is_decided_in_private_is_not_on_the_way_of_a_paper(
    sitting: Door, world: Reader
) -> None:
    decided = (await one(world, "papers"))["consultation"][1]
    await vote(sitting, ALL)
    await sitting.patch(f"{AGENDA}/a-1", {"public": False}, 2)
    assert (await world.one(decided["id"]))["deleted"] is True
    paper = await one(world, "papers")
    assert [found["role"] for found in paper["consultation"]] == ["Vorberatung"]
    assert "agendaItem" not in await one(world, "meetings")
    await sitting.patch(f"{AGENDA}/a-1", {"public": True}, 3)
    assert len((await one(world, "papers"))["consultation"]) == 2


async def test_a_file_can_be_fetched_where_it_says(sitting: Door, world: Reader) -> None:
    await attach(sitting, "paper", "vorlage-1", "main")
    paper = await one(world, "papers")
    file = await one(world, "files")
    assert file["paper"] == [paper["id"]]
    assert "paper" not in paper["mainFile"]
    assert {**paper["mainFile"], "paper": [paper["id"]]} == file
    assert (file["size"], file["sha512Checksum"]) == (len(PDF), sha512(PDF).hexdigest())
    assert (file["fileName"], file["mimeType"]) == ("main.pdf", "application/pdf")
    for name, disposition in (("accessUrl", "inline"), ("downloadUrl", "attachment")):
        given = await sitting.as_()("GET", file[name].removeprefix(BASE))
        assert given.content == PDF
        assert given.headers["content-disposition"].startswith(disposition)


async def test_the_words_of_a_file_stand_with_the_file_alone(sitting: Door, world: Reader) -> None:
    await attach(sitting, "meeting", "sitzung-1", "auxiliary", TEXT)
    (embedded,) = (await one(world, "meetings"))["auxiliaryFile"]
    assert "text" not in embedded
    assert (await one(world, "files"))["text"] == TEXT.decode()
    assert "auxiliaryFile" not in (await world.data("meetings?omit_internal=true"))[0]


async def test_a_withdrawn_file_is_a_stub_and_gone(
    sitting: Door, world: Reader, standard: Standard
) -> None:
    key = await attach(sitting, "agenda_item", "a-1", "resolution")
    item = await one(world, "agenda-items")
    file = item["resolutionFile"]
    withdrawn = await sitting.post(f"/files/{key}/withdrawal", {"reason": "Versehen"})
    assert withdrawn.status_code in (200, 201), withdrawn.text
    stub = await world.one(file["id"])
    standard.check(stub)
    assert stub["deleted"] is True
    assert stub["accessUrl"] == file["accessUrl"]
    gone = await sitting.as_()("GET", stub["accessUrl"].removeprefix(BASE))
    assert gone.status_code == 410
    changed = await world.one(item["id"])
    assert "resolutionFile" not in changed
    assert changed["modified"] >= item["modified"]
    assert "Versehen" not in (await world.get(f"files?{SINCE}")).text


async def test_of_one_role_the_newest_file_counts(sitting: Door, world: Reader) -> None:
    await attach(sitting, "meeting", "sitzung-1", "invitation")
    await attach(sitting, "meeting", "sitzung-1", "invitation", TEXT)
    meeting = await one(world, "meetings")
    assert meeting["invitation"]["fileName"] == "a.txt"
    assert [file["fileName"] for file in meeting["auxiliaryFile"]] == ["invitation.pdf"]


async def test_a_vote_tells_its_counts_and_who_said_what(sitting: Door, world: Reader) -> None:
    said = [{"membership": key, "choice": "yes"} for key in MEMBERS]
    await vote(sitting, method="roll_call", ballots=said)
    item = await one(world, "agenda-items")
    assert item["result"] == "angenommen"
    assert item["Planraum:quorumReached"] is True
    (voted,) = item["Planraum:votes"]
    assert (voted["method"], voted["yes"], voted["no"]) == ("roll_call", 5, 0)
    assert (voted["outcome"], voted["votingMembers"]) == ("adopted", 5)
    persons = {person["id"] for person in await world.data("persons")}
    assert {ballot["person"] for ballot in voted["ballots"]} == persons
    await sitting.patch("/persons/p-2", {"visibility": "members"})
    (voted,) = (await one(world, "agenda-items"))["Planraum:votes"]
    assert len(voted["ballots"]) == 4
    assert len((await one(world, "meetings"))["participant"]) == 4


async def test_of_a_secret_vote_nobody_learns_who_said_what(sitting: Door, world: Reader) -> None:
    await vote(sitting, ALL, method="secret")
    (voted,) = (await one(world, "agenda-items"))["Planraum:votes"]
    assert (voted["method"], voted["yes"]) == ("secret", 5)
    assert "ballots" not in voted


async def test_an_open_vote_is_no_news(sitting: Door, world: Reader) -> None:
    await sitting.made(
        "/votes",
        {"key": "v-1", "meeting": "sitzung-1", "agenda_item": "a-1", "question": text("Dafür?")},
    )
    item = await one(world, "agenda-items")
    assert "result" not in item
    assert "Planraum:votes" not in item


async def test_who_was_there_is_told_where_the_procedure_lets_everybody_know(
    boards: Door, world: Reader
) -> None:
    await council(boards)
    await a_sitting(boards)
    procedure = {"key": "go", "body": "stadtrat", "name": text("Geschäftsordnung")}
    await boards.made("/procedures", {**procedure, "attendance_visibility": "members"})
    await present(boards, *MEMBERS)
    assert "participant" not in await one(world, "meetings")
    said = [{"membership": key, "choice": "yes"} for key in MEMBERS]
    await vote(boards, method="roll_call", ballots=said)
    (voted,) = (await one(world, "agenda-items"))["Planraum:votes"]
    assert voted["yes"] == 5
    assert "ballots" not in voted
    everything_said = ""
    for name in LISTS:
        everything_said += (await world.get(name)).text
    assert "at-m-1" not in everything_said


async def test_who_was_absent_is_no_participant(boards: Door, world: Reader) -> None:
    await council(boards)
    await a_sitting(boards)
    await present(boards, "m-1", "m-2")
    absent = {"key": "at-3", "meeting": "sitzung-1", "membership": "m-3", "present": False}
    await boards.made("/attendances", {**absent, "reason": text("Krank")})
    meeting = await one(world, "meetings")
    assert len(meeting["participant"]) == 2
    assert "Krank" not in (await world.get("meetings")).text


async def test_a_body_has_the_size_that_its_rules_give_it(boards: Door, world: Reader) -> None:
    await council(boards)
    body = next(o for o in await world.data("organizations") if o["name"] == "Stadtrat")
    assert (body["memberCount"], body["votingMemberCount"]) == (5, 5)
    rule = {"kind": "one_per", "organisation_kind": "association"}
    seat = {"key": "anderer", "body": "stadtrat", "name": text("Verbände"), "rule": rule}
    await boards.made("/seats", {**seat, "voting": False})
    body = await world.one(body["id"])
    assert (body["memberCount"], body["votingMemberCount"]) == (7, 5)
    verein = {"key": "verein", "name": text("Verein"), "kind": "association"}
    await boards.made("/organisations", verein)
    body = await world.one(body["id"])
    assert (body["memberCount"], body["votingMemberCount"]) == (8, 5)
    await boards.patch("/organisations/verein", {"kind": "science"})
    assert (await world.one(body["id"]))["memberCount"] == 7


async def test_a_substitute_names_whom_they_stand_in_for(boards: Door, world: Reader) -> None:
    await council(boards)
    await boards.made(
        "/persons",
        {
            "key": "p-9",
            "given_name": "Max",
            "family_name": "Mustermann",
            "visibility": "public",
        },
    )
    given = {"key": "m-9", "person": "p-9", "body": "stadtrat", "role": "substitute"}
    given |= {"substitute_for": "m-1", "rank": 1, "voting": True, "starts_on": "2024-07-01"}
    await boards.made("/memberships", given)
    memberships = await world.data("memberships")
    (substitute,) = (m for m in memberships if m["role"] == "Stellvertretung")
    assert substitute["Planraum:rank"] == 1
    assert substitute["Planraum:substituteFor"] == memberships[0]["id"]
    assert memberships[0]["Planraum:seat"] == "Sitz"


async def test_a_meeting_says_how_far_it_has_come(boards: Door, world: Reader) -> None:
    await council(boards)
    await boards.made("/meetings", a_meeting(body="stadtrat"))
    assert (await one(world, "meetings"))["meetingState"] == "terminiert"
    await boards.patch(MEETING, {"state": "cancelled"})
    called_off = await one(world, "meetings")
    assert called_off["cancelled"] is True
    assert "meetingState" not in called_off


async def test_how_far_minutes_have_come_changes_nothing_in_public_until_they_are_approved(
    boards: Door, world: Reader
) -> None:
    await council(boards)
    await boards.made("/procedures", a_procedure(body="stadtrat", minutes_approval="chair"))
    await a_sitting(boards)
    revision = (await boards.get(MEETING)).json()["revision"]
    await boards.patch(MEETING, {"state": "held"}, revision)
    held = await one(world, "meetings")
    assert held["meetingState"] == "durchgeführt"
    await boards.made("/minutes", {"meeting": "sitzung-1", "chair": "m-1"})
    assert await one(world, "meetings") == held
    approved = await boards.post("/minutes/sitzung-1/approval", {"vote": None})
    assert approved.status_code == 200, approved.text
    assert (await one(world, "meetings"))["meetingState"] == "durchgeführt"
