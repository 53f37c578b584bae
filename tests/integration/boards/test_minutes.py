"""Minutes: put together from what happened, read by those who may, approved by the body."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.integration.boards.council import a_meeting, a_procedure, an_item, text
from tests.integration.boards.deciding import a_resolution, decisions, voted
from tests.integration.boards.sitting import (
    AGENDA,
    MEETING,
    MEMBERS,
    an_invitation,
    attendance,
    council,
    member,
    opened,
    present,
    running,
    vote,
)
from tests.support.copies import copied
from tests.support.pdf import structure
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door

MINUTES = "/minutes/sitzung-1"
BY_LAW = {"public_by_law": "§ 40 ThürKO"}


def minutes(**more: Any) -> dict[str, Any]:
    return {"meeting": "sitzung-1", **more}


@pytest.fixture
@copied
async def held(boards: Door) -> Door:
    """A meeting with votes, an exclusion, a substitute, an absence and a closed item."""
    await council(boards)
    await member(boards, "m-s", "s", seat="sitz", role="substitute")
    for number in (1, 2, 3, 4, 5, "s"):
        revision = (await boards.get(f"/persons/p-{number}")).json()["revision"]
        named = {"family_name": f"Mustermann {number}", **BY_LAW}
        changed = await boards.patch(f"/persons/p-{number}", named, revision)
        assert changed.status_code == 200, changed.text
    await boards.made("/meetings", a_meeting(body="stadtrat", location=text("Rathaus")))
    await boards.made(AGENDA, an_item(key="a-1", concerns=["paritaetischer"]))
    await boards.made(AGENDA, an_item("2", key="a-2", public=False, title=text("Personalsache")))
    await boards.made(f"{MEETING}/invitation", an_invitation())
    await opened(boards)
    await present(boards, "m-1", "m-2", "m-4")
    absent = {"present": False, "reason": text("Dienstreise")}
    await present(boards, "m-3", **absent)
    await boards.made("/attendances", attendance("m-s", substitutes_for="m-3"))
    (proposed,) = (await boards.get("/exclusions")).json()["items"]
    decision = {"state": "confirmed", "reason": text("Empfänger")}
    await boards.post(f"/exclusions/{proposed['key']}/decision", decision)
    said = [{"membership": key, "choice": "yes"} for key in ("m-1", "m-2", "m-s")]
    await vote(boards, method="roll_call", ballots=said)
    await vote(boards, {"yes": 4, "no": 0}, "v-2", agenda_item="a-2", method="secret")
    await boards.patch(MEETING, {"state": "held"}, 3)
    return boards


async def tell(door: Door, version: str = "public") -> dict[str, Any]:
    found = await door.get(f"{MINUTES}/proceedings?version={version}")
    assert found.status_code == 200, found.text
    told: dict[str, Any] = found.json()
    return told


async def approving(door: Door, key: str = "v-m", **more: Any) -> None:
    """A later meeting of the council that votes on the minutes."""
    later = a_meeting("sitzung-2", body="stadtrat", starts_at="2026-03-26T13:00:00+01:00")
    await door.made("/meetings", later)
    await door.made("/meetings/sitzung-2/agenda-items", an_item(key="b-1"))
    await door.made("/meetings/sitzung-2/invitation", an_invitation("2026-03-20"))
    await opened(door, "sitzung-2")
    for membership in MEMBERS:
        given = {**attendance(membership), "key": f"b-{membership}", "meeting": "sitzung-2"}
        await door.made("/attendances", given)
    given = {"purpose": "minutes", "counts": {"yes": 5, "no": 0}, **more}
    await vote(door, given.pop("counts"), key, meeting="sitzung-2", agenda_item="b-1", **given)


async def test_the_full_minutes_tell_everything(held: Door) -> None:
    note = {"agenda_item": "a-2", "text": text("Wird vertraulich beraten")}
    await held.made("/minutes", minutes(chair="m-1", clerk="m-2", notes=[note]))
    told = await tell(held, "full")
    assert told["opened_at"] == "2026-03-12T12:00:00Z"
    assert told["location"] == text("Rathaus")
    assert (told["convening"], told["clause"]) == ("due", "§ 35 Abs. 2 Satz 2 ThürKO")
    assert told["chair"]["name"] == "Max Mustermann 1"
    here = {one["person"]["name"]: one["substitutes_for"] for one in told["present"]}
    assert here.keys() == {f"Max Mustermann {n}" for n in (1, 2, 4, "s")}
    assert here["Max Mustermann s"]["name"] == "Max Mustermann 3"
    away = {one["person"]["name"]: one["reason"] for one in told["absent"]}
    assert away == {"Max Mustermann 3": text("Dienstreise"), "Max Mustermann 5": None}
    assert (told["present_count"], told["absent_count"], told["voting_members"]) == (4, 2, 5)
    first, second = told["items"]
    assert [one["name"] for one in first["excluded"]] == ["Max Mustermann 4"]
    (taken,) = first["votes"]
    assert (taken["yes"], taken["outcome"], taken["present"], taken["needed"]) == (
        3,
        "adopted",
        3,
        3,
    )
    assert {one["person"]["name"] for one in taken["said"]} == {
        f"Max Mustermann {n}" for n in (1, 2, "s")
    }
    assert (second["public"], second["note"]) == (False, text("Wird vertraulich beraten"))
    assert second["votes"][0]["said"] == []


@pytest.fixture
@copied
async def decided(held: Door) -> Door:
    """Both items were decided on: the public one, and that of the closed part."""
    words = {"title": text("Familienzentren"), "text": text("Es werden drei gefördert.")}
    await held.made("/resolutions", {"key": "b-1", "vote": "v-1", "reference": "7/2026", **words})
    closed = {"title": text("Stelle"), "text": text("Die Stelle wird verliehen.")}
    await held.made("/resolutions", {"key": "b-2", "vote": "v-2", "reference": "8/2026", **closed})
    await held.made("/minutes", minutes())
    return held


async def test_the_minutes_tell_what_was_decided_in_its_words(decided: Door) -> None:
    first, second = (await tell(decided, "full"))["items"]
    assert first["decisions"] == [
        {
            "kind": "resolution",
            "key": "b-1",
            "reference": "7/2026",
            "vote": "v-1",
            "title": text("Familienzentren"),
            "text": text("Es werden drei gefördert."),
        }
    ]
    assert [one["reference"] for one in second["decisions"]] == ["8/2026"]
    page = (await decided.get(f"{MINUTES}/document?version=full")).text
    assert page.index("Beschluss 7/2026") < page.index("Es werden drei gefördert.")
    public = (await decided.get(f"{MINUTES}/document")).text
    assert "Es werden drei gefördert." in public
    assert "Die Stelle wird verliehen." not in public


@pytest.mark.parametrize(
    ("body", "kind", "key"),
    [
        ("beirat", "recommendation", "r-1"),
        ("lenkungsgruppe", "act", "akt-1"),
        ("stadtrat", "refusal", "b-9"),
    ],
)
async def test_minutes_tell_what_each_body_has_the_power_to(
    boards: Door, body: str, kind: str, key: str
) -> None:
    await decisions(boards)
    turned_down = await voted(boards, "stadtrat", "b", yes=0)
    await boards.made("/resolutions", a_resolution(turned_down, "b-9", kind="refusal"))
    await boards.made("/minutes", {"meeting": f"{body}-1"})
    told = (await boards.get(f"/minutes/{body}-1/proceedings?version=full")).json()
    found = [(one["kind"], one["key"]) for item in told["items"] for one in item["decisions"]]
    assert (kind, key) in found
    assert len(found) == (2 if body == "stadtrat" else 1)


async def test_what_was_decided_stays_in_approved_minutes_as_long_as_all_may_read_it(
    decided: Door,
) -> None:
    await approving(decided)
    assert (await decided.post(f"{MINUTES}/approval", {"vote": "v-m"})).status_code == 200
    (item,) = (await tell(decided.as_()))["items"]
    assert [one["key"] for one in item["decisions"]] == ["b-1"]
    hidden = await decided.patch("/resolutions/b-1", {"visibility": "administration"})
    assert hidden.status_code == 200, hidden.text
    (item,) = (await tell(decided.as_()))["items"]
    assert item["decisions"] == []
    assert "drei gefördert" not in (await decided.as_().get(f"{MINUTES}/document")).text
    (item, _) = (await tell(decided, "full"))["items"]
    assert [one["key"] for one in item["decisions"]] == ["b-1"]


async def test_what_fell_with_its_vote_is_no_decision_in_the_minutes(decided: Door) -> None:
    absent = {"present": False, "reason": text("Erkrankt")}
    await decided.patch("/attendances/at-m-1", absent)
    assert (await decided.get("/resolutions/b-1")).json()["state"] == "void"
    first, _ = (await tell(decided, "full"))["items"]
    assert (first["decisions"], first["votes"][0]["outcome"]) == ([], "void")


async def test_nobody_reads_a_draft_but_the_body_and_the_office(held: Door) -> None:
    await held.made("/minutes", minutes())
    mine = (await held.get("/persons/p-1")).json()["id"]
    for outsider in (held.as_(), held.as_("member")):
        for part in ("", "/proceedings", "/document"):
            assert (await outsider.get(f"{MINUTES}{part}")).status_code == 404
        assert (await outsider.get("/minutes")).json()["items"] == []
    assert (await held.as_("member", person=mine).get(MINUTES)).status_code == 200
    assert (await tell(held.as_("member", person=mine), "full"))["version"] == "full"


async def test_the_public_minutes_tell_what_everybody_may_know(held: Door) -> None:
    note = {"agenda_item": "a-2", "text": text("Wird vertraulich beraten")}
    await held.made("/minutes", minutes(notes=[note]))
    hidden = await held.patch("/memberships/m-2", {"visibility": "administration"})
    assert hidden.status_code == 200
    await approving(held)
    approved = await held.post(f"{MINUTES}/approval", {"vote": "v-m"})
    assert approved.status_code == 200, approved.text
    public = held.as_()
    told = await tell(public)
    assert told == await tell(held)  # the same for the office that looks at this version
    assert [item["agenda_item"] for item in told["items"]] == ["a-1"]
    assert told["closed_items"] == 1
    whole = (await public.get(f"{MINUTES}/document?format=html")).text
    for secret in ("vertraulich", "Personalsache", "Dienstreise", "Mustermann 2"):
        assert secret not in str(told)
        assert secret not in whole
        assert secret not in (await public.get(MINUTES)).text
    assert (len(told["present"]), told["present_count"]) == (3, 4)
    assert [one["reason"] for one in told["absent"]] == [None, None]
    full = await public.get(f"{MINUTES}/proceedings?version=full")
    assert full.status_code == 404
    assert (await public.get(f"{MINUTES}/document?version=full")).status_code == 404


async def test_where_attendance_is_not_public_the_minutes_only_count(held: Door) -> None:
    await held.made("/procedures", a_procedure(body="stadtrat", attendance_visibility="members"))
    await held.made("/minutes", minutes(chair="m-1"))
    told = await tell(held)
    assert (told["present"], told["absent"], told["present_count"]) == ([], [], 4)
    (item,) = told["items"]
    assert (item["excluded"], item["excluded_count"]) == ([], 1)
    assert item["votes"][0]["said"] == []
    assert (await tell(held, "full"))["present"] != []


async def test_minutes_are_approved_by_a_later_meeting_and_stay(held: Door) -> None:
    await held.made("/minutes", minutes())
    await approving(held)
    before = await tell(held, "full")
    fix = text("Zu TOP 1: Die Zahl der Plätze beträgt 40.")
    approved = (
        await held.post(f"{MINUTES}/approval", {"vote": "v-m", "corrections": [fix]})
    ).json()
    assert (approved["state"], approved["approved_by"]) == ("approved", "v-m")
    assert approved["corrections"] == [fix]
    assert approved["visibility"] == "public"
    renamed = await held.patch(f"{AGENDA}/a-1", {"title": {"de": "Ganz etwas anderes"}})
    assert renamed.status_code == 200
    after = await tell(held, "full")
    assert after["items"] == before["items"]
    assert (after["corrections"], after["state"]) == ([fix], "approved")
    assert (await held.post(f"{MINUTES}/approval", {"vote": "v-m"})).status_code == 409
    assert (await held.patch(MINUTES, {"chair": "m-2"}, 2)).status_code == 409


async def test_minutes_are_drafts_again_when_the_vote_on_them_falls(held: Door) -> None:
    await held.made("/minutes", minutes())
    await approving(held)
    await held.post(f"{MINUTES}/approval", {"vote": "v-m", "corrections": [text("Neu.")]})
    assert (await held.as_().get(MINUTES)).json()["state"] == "approved"
    for number in (1, 2, 3):
        gone = await held.patch(f"/attendances/b-m-{number}", {"present": False})
        assert gone.status_code == 200, gone.text
    assert (await held.get("/votes/v-m")).json()["outcome"] == "void"
    now = (await held.get(MINUTES)).json()
    assert (now["state"], now["approved_by"], now["approved_at"]) == ("draft", None, None)
    assert now["corrections"] == [text("Neu.")]
    assert (await held.as_().get(MINUTES)).status_code == 404
    assert (await held.post(f"{MINUTES}/approval", {"vote": "v-m"})).status_code == 422
    await held.patch("/attendances/b-m-1", {"present": True}, 2)
    assert (await held.get("/votes/v-m")).json()["outcome"] == "adopted"
    again = await held.post(f"{MINUTES}/approval", {"vote": "v-m"})
    assert (again.status_code, again.json()["state"]) == (200, "approved")


async def test_what_was_closed_after_the_approval_is_not_public_any_more(held: Door) -> None:
    await held.made("/minutes", minutes())
    await approving(held)
    await held.post(f"{MINUTES}/approval", {"vote": "v-m"})
    await held.patch(f"{AGENDA}/a-1", {"public": False})
    assert (await tell(held.as_()))["items"] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "missing"),
        ({"vote": "v-9"}, "unknown"),
        ({"vote": "v-1"}, "other-purpose"),
    ],
)
async def test_an_approval_that_is_none_is_refused(
    held: Door, given: dict[str, Any], code: str
) -> None:
    await held.made("/minutes", minutes())
    refused = await held.post(f"{MINUTES}/approval", given)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, code)
    assert (await held.get(MINUTES)).json()["state"] == "draft"


async def test_minutes_that_were_voted_down_are_not_approved(held: Door) -> None:
    await held.made("/minutes", minutes())
    await approving(held, counts={"yes": 1, "no": 4})
    refused = await held.post(f"{MINUTES}/approval", {"vote": "v-m"})
    assert refused.json()["errors"][0]["code"] == "not-adopted"
    other = {"meeting": "sitzung-2"}
    await held.made("/minutes", other)
    early = await held.post("/minutes/sitzung-2/approval", {"vote": "v-m"})
    assert early.json()["errors"][0]["code"] == "too-early"


async def test_no_meeting_approves_its_own_minutes(boards: Door) -> None:
    await council(boards)
    await running(boards)
    await present(boards, *MEMBERS)
    await vote(boards, {"yes": 5, "no": 0}, "v-m", purpose="minutes")
    await boards.patch(MEETING, {"state": "held"}, 3)
    await boards.made("/minutes", minutes())
    refused = await boards.post(f"{MINUTES}/approval", {"vote": "v-m"})
    assert refused.json()["errors"][0]["code"] == "not-later"


async def test_some_bodies_leave_the_approval_to_the_chair(held: Door) -> None:
    await held.made("/procedures", a_procedure(body="stadtrat", minutes_approval="chair"))
    await held.made("/minutes", minutes(readers="members"))
    approved = (await held.post(f"{MINUTES}/approval", {})).json()
    assert (approved["state"], approved["visibility"]) == ("approved", "members")
    assert (await held.as_().get(MINUTES)).status_code == 404
    assert (await held.as_("member").get(MINUTES)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"meeting": "nowhere"}, "/meeting"),
        ({"chair": "m-9"}, "/chair"),
        ({"clerk": "m-9"}, "/clerk"),
        ({"notes": [{"agenda_item": "b-1", "text": text("?")}]}, "/notes/0/agenda_item"),
        ({"notes": [{"agenda_item": "a-1", "text": text("?")}] * 2}, "/notes"),
        (
            {"opened_at": "2026-03-12T13:00:00Z", "closed_at": "2026-03-12T12:00:00Z"},
            "/closed_at",
        ),
        ({"state": "approved"}, "/state"),
    ],
)
async def test_minutes_that_cannot_be_are_refused(
    held: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await held.post("/minutes", minutes(**wrong))
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert (await held.get("/minutes")).json()["items"] == []


async def test_minutes_begin_with_the_meeting_and_are_kept_once(boards: Door) -> None:
    await council(boards)
    await boards.made("/meetings", a_meeting(body="stadtrat"))
    assert (await boards.post("/minutes", minutes())).status_code == 409
    await boards.made(AGENDA, an_item(key="a-1"))
    await boards.made(f"{MEETING}/invitation", an_invitation())
    await opened(boards)
    await boards.made("/minutes", minutes())
    assert (await boards.post("/minutes", minutes())).status_code == 409
    later = {"closed_at": "2026-03-12T16:00:00+01:00"}
    assert (await boards.patch(MINUTES, later)).json()["closed_at"] == "2026-03-12T15:00:00Z"
    assert (await boards.get(f"{MINUTES}/history")).json()[0]["revision"] == 2
    assert (await boards.as_("planner").post("/minutes", minutes())).status_code == 403


@pytest.mark.parametrize("lang", ["de", "en", "it"])
async def test_minutes_are_printed_as_accessible_pdf_and_html(held: Door, lang: str) -> None:
    await held.made("/minutes", minutes(chair="m-1", clerk="m-2"))
    address = f"{MINUTES}/document?version=full&lang={lang}"
    page = await held.get(address)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{lang}">' in page.text
    assert page.text.count("<h1>") == 1
    pdf = await held.get(address, headers={"Accept": "application/pdf"})
    assert pdf.headers["content-disposition"] == f'inline; filename="sitzung-1-full-{lang}.pdf"'
    read = PdfReader(BytesIO(pdf.content))
    assert "pdfuaid:part" in read.trailer["/Root"]["/Metadata"].get_data().decode()
    assert read.trailer["/Root"]["/Lang"] == lang
    tags = structure(read.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(tags)
    assert tags["/TH"] == {"/Column"}, "each column says that it is one"
    printed = "".join(sheet.extract_text() for sheet in read.pages)
    assert "Mustermann" in printed
    assert "Personalsache" in printed


async def test_minutes_are_printed_in_the_language_that_a_browser_asks_for(held: Door) -> None:
    await held.made("/minutes", minutes(chair="m-1", clerk="m-2"))
    await is_told_as_asked(held.get, f"{MINUTES}/document")
