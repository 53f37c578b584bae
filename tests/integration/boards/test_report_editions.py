"""Editions of coordinated reports: reviewed, approved by a second person, published, taken back."""

import asyncio
from hashlib import sha512
from io import BytesIO

import pytest
from fastapi import FastAPI
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from services.kit import sql
from tests.integration.boards.beside import apps
from tests.integration.boards.council import a_process, a_statement
from tests.integration.boards.reporting import (
    REPORT,
    a_report,
    approved,
    handed_in,
    in_work,
    published,
    second,
)
from tests.support.spoken import BRITISH, is_told_as_asked
from tests.support.towns import Door, actor

__all__ = ["apps"]

WRITTEN = "Dies ist **wichtig**.\n\n## Näheres\n\n- eins\n- zwei\n\n{{recommendations}}"
IN_ENGLISH = "This *matters*."


@pytest.fixture
async def office(boards: Door) -> Door:
    """A report for everybody, in German and English."""
    report = a_report(WRITTEN, body="planungsbeirat")
    report["chapters"][0]["text"]["en"] = IN_ENGLISH
    return await in_work(boards, report)


async def bytes_of(door: Door, path: str) -> bytes:
    answer = await door.get(path)
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_a_second_person_approves(office: Door) -> None:
    edition = await handed_in(office)
    step = f"{REPORT}/editions/{edition['number']}/approval"
    assert (await office.post(step)).status_code == 403
    assert (await office.as_("secretary").post(step)).status_code == 403
    assert (await office.get(REPORT)).json()["stage"] == "in_review"
    answer = await second(office).post(step)
    assert answer.json()["stage"] == "approved"
    assert answer.json()["decided_by"] == "test:second"
    assert (await second(office).post(step)).status_code == 409
    assert (await office.get(REPORT)).json()["stage"] == "approved"


async def test_what_is_reviewed_is_not_changed(office: Door) -> None:
    await handed_in(office)
    report = (await office.get(REPORT)).json()
    change = {"title": {"de": "Anders"}}
    assert (await office.patch(REPORT, change, report["revision"])).status_code == 409
    assert (await office.post(f"{REPORT}/editions", {})).status_code == 409
    assert len((await office.get(f"{REPORT}/editions")).json()["items"]) == 1


async def test_a_returned_report_is_written_on(office: Door) -> None:
    await approved(office)
    answer = await second(office).post(f"{REPORT}/editions/1/return", {"reason": "Kapitel fehlt"})
    assert (answer.json()["stage"], answer.json()["reason"]) == ("returned", "Kapitel fehlt")
    report = (await office.get(REPORT)).json()
    assert report["stage"] == "draft"
    changed = await office.patch(REPORT, {"title": {"de": "Anders"}}, report["revision"])
    assert changed.status_code == 200, changed.text
    assert (await approved(office))["number"] == 2
    old = (await office.get(f"{REPORT}/editions/1")).json()
    assert old["content"]["title"]["de"] == "Armutsbericht 2026"


async def test_what_was_approved_and_given_back_is_not_published(office: Door) -> None:
    await approved(office)
    step = f"{REPORT}/editions/1"
    report = (await office.get(REPORT)).json()
    change = {"chapters": [{"title": {"de": "Anders"}, "text": {"de": "Anders."}}]}
    refused = await office.patch(REPORT, change, report["revision"])
    assert (refused.status_code, refused.json()["errors"]) == (409, [])
    await second(office).post(f"{step}/return", {"reason": "Ein Kapitel fehlt."})
    assert (await office.post(f"{step}/publication", {})).status_code == 409
    assert (await second(office).post(f"{step}/approval")).status_code == 409
    report = (await office.get(REPORT)).json()
    assert (await office.patch(REPORT, change, report["revision"])).status_code == 200
    await handed_in(office)
    assert (await office.post(f"{REPORT}/editions/2/publication", {})).status_code == 409
    assert (await office.get("/publications")).json()["items"] == []


async def test_of_two_at_once_one_comes_too_late(office: Door) -> None:
    async def at_once(*steps: tuple[Door, str, dict[str, str]]) -> list[int]:
        answers = await asyncio.gather(*(door.post(REPORT + to, said) for door, to, said in steps))
        return sorted(answer.status_code for answer in answers)

    reviewer, third = second(office), office.as_("planner", subject="test:third")
    edition, reason = "/editions/1", {"reason": "Ein Kapitel fehlt."}
    assert await at_once(*[(office, "/editions", {})] * 3) == [201, 409, 409]
    decided = ((reviewer, f"{edition}/approval", {}), (third, f"{edition}/return", reason))
    assert await at_once(decided[0], (third, f"{edition}/approval", {})) == [200, 409]
    assert await at_once(*[(office, f"{edition}/publication", {})] * 2) == [200, 409]
    assert await at_once(*decided) == [409, 409]
    (version,) = (await office.get("/publications/armutsbericht-2026/versions")).json()["items"]
    assert version["number"] == 1
    assert len((await office.get("/files")).json()["items"]) == 4
    report = (await office.get(REPORT)).json()
    await office.patch(REPORT, {"on": "2026-07-31"}, report["revision"])
    changes = {"changes": {"de": "Neuer Stichtag."}}
    assert (await office.post(f"{REPORT}/editions", changes)).status_code == 201
    approval, back = [(door, to.replace("1", "2"), said) for door, to, said in decided]
    statuses = await at_once(approval, back)
    stage = (await office.get(f"{REPORT}/editions/2")).json()["stage"]
    # Whoever is first wins, but for what was approved and then given back.
    assert (statuses, stage) in (
        ([200, 409], "approved"),
        ([200, 409], "returned"),
        ([200, 200], "returned"),
    )
    assert (await office.get(REPORT)).json()["stage"] == {"returned": "draft"}.get(stage, stage)


async def test_nobody_sees_a_report_before_it_is_published(office: Door) -> None:
    await approved(office)
    for path in (REPORT, f"{REPORT}/draft"):
        assert (await office.as_().get(path)).status_code == 401
        assert (await office.as_("member").get(path)).status_code == 403
    for path in ("", "/1", "/1/document"):
        for reader in (office.as_(), office.as_("member")):
            assert (await reader.get(f"{REPORT}/editions{path}")).status_code == 404


async def test_only_an_approved_edition_is_published(office: Door) -> None:
    await handed_in(office)
    step = f"{REPORT}/editions/1/publication"
    assert (await office.post(step, {})).status_code == 409
    assert (await office.get("/publications")).json()["items"] == []


async def test_an_edition_is_published_with_its_files_byte_for_byte(office: Door) -> None:
    await approved(office)
    reviewed = {
        (lang, form): await bytes_of(
            office, f"{REPORT}/editions/1/document?lang={lang}&format={form}"
        )
        for lang in ("de", "en")
        for form in ("html", "pdf")
    }
    answer = await office.post(f"{REPORT}/editions/1/publication", {"published_on": "2026-07-15"})
    edition = answer.json()
    assert (edition["publication"], edition["version"]) == ("armutsbericht-2026", 1)
    assert (await office.get(REPORT)).json()["stage"] == "published"
    world = office.as_()
    publication = (await world.get("/publications/armutsbericht-2026")).json()
    assert (publication["kind"], publication["languages"]) == ("report", ["de", "en"])
    assert publication["bodies"] == ["planungsbeirat"]
    version = (await world.get("/publications/armutsbericht-2026/versions/1")).json()
    assert (version["published_on"], version["releases"]) == ("2026-07-15", [1])
    kept = {}
    for key in version["files"]:
        file = (await world.get(f"/files/{key}")).json()
        kept[file["file_name"]] = await bytes_of(world, f"/files/{key}/content")
        assert sha512(kept[file["file_name"]]).hexdigest() == file["sha512"]
    assert kept == {
        f"armutsbericht-2026-1-{lang}.{form}": body for (lang, form), body in reviewed.items()
    }
    for (lang, form), body in reviewed.items():
        address = f"{REPORT}/editions/1/document?lang={lang}&format={form}"
        assert await bytes_of(world, address) == body
    leads = await world.get("/publications/armutsbericht-2026/document")
    assert leads.headers["location"].split("/")[-2] == version["files"][0]


async def test_the_pdf_is_accessible_and_says_what_the_page_says(office: Door) -> None:
    await published(office)
    for lang, words in (("de", "Empfehlungen"), ("en", "matters")):
        address = f"{REPORT}/editions/1/document?lang={lang}&format=pdf"
        read = PdfReader(BytesIO(await bytes_of(office.as_(), address)))
        assert "pdfuaid:part" in read.trailer["/Root"]["/Metadata"].get_data().decode()
        assert read.trailer["/Root"]["/Lang"] == lang
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert words in "".join(sheet.extract_text() for sheet in read.pages)


async def test_a_report_for_members_is_not_shown_to_everybody(office: Door) -> None:
    report = (await office.get(REPORT)).json()
    await office.patch(REPORT, {"audience": "members"}, report["revision"])
    await published(office)
    address = f"{REPORT}/editions/1"
    told = (await office.as_("member").get(address)).json()
    assert (told["stage"], told["made_by"], told["decided_by"]) == ("published", None, None)
    assert (await office.as_().get(address)).status_code == 404
    assert (await office.as_().get("/publications")).json()["items"] == []
    assert (await office.as_().get("/files")).json()["items"] == []


async def test_a_withdrawn_publication_takes_the_edition_with_it(office: Door) -> None:
    await published(office)
    reason = {"reason": "Kapitel 2 nennt eine falsche Zahl."}
    taken = await office.post("/publications/armutsbericht-2026/versions/1/withdrawal", reason)
    assert taken.status_code == 200, taken.text
    for path in ("", "/document"):
        assert (await office.as_().get(f"{REPORT}/editions/1{path}")).status_code == 410
    report = (await office.get(REPORT)).json()
    await office.patch(REPORT, {"on": "2026-07-31"}, report["revision"])
    assert (await published(office, changes={"de": "Berichtigt."}))["version"] == 2
    assert (await office.as_().get(f"{REPORT}/editions/2")).status_code == 200
    for query in ("", "?format=html", "?from=1"):
        address = f"{REPORT}/editions/2/difference{query}"
        assert (await office.as_().get(address)).status_code == 410


async def test_a_publication_withdrawn_as_a_whole_takes_every_edition_with_it(office: Door) -> None:
    await published(office)
    reason = {"reason": "Die Zahlen der Erhebung waren falsch."}
    taken = await office.post("/publications/armutsbericht-2026/withdrawal", reason)
    assert taken.status_code == 200, taken.text
    for path in ("", "/document"):
        for door in (office, office.as_()):
            assert (await door.get(f"{REPORT}/editions/1{path}")).status_code == 410


async def test_the_next_edition_is_the_next_version_and_says_what_changed(office: Door) -> None:
    await published(office)
    report = (await office.get(REPORT)).json()
    changed = await office.patch(REPORT, {"on": "2026-07-31"}, report["revision"])
    assert changed.json()["stage"] == "draft"
    refused = await office.post(f"{REPORT}/editions", {})
    assert refused.json()["errors"][0]["pointer"] == "/changes"
    assert (await published(office, changes={"de": "Neuer Stichtag."}))["version"] == 2
    numbers = [
        one["number"] for one in (await office.as_().get(f"{REPORT}/editions")).json()["items"]
    ]
    assert numbers == [2, 1]


async def test_a_newsletter_tells_what_is_new_since_the_last(office: Door) -> None:
    await published(office)
    report = (await office.get(REPORT)).json()
    chapters = [
        {"title": {"de": "Neues"}, "text": {"de": "{{recommendations:since=last}}"}},
    ]
    change = {"chapters": chapters, "on": "2026-07-31"}
    await office.patch(REPORT, change, report["revision"])
    edition = await handed_in(office, changes={"de": "Neue Ausgabe."})
    told = (await office.get(f"{REPORT}/editions/{edition['number']}")).json()
    assert told["content"]["since"] == "2026-06-30"


async def test_two_editions_are_compared_as_json_and_as_a_page(office: Door) -> None:
    await published(office)
    report = (await office.get(REPORT)).json()
    chapters = report["chapters"]
    chapters[0]["text"]["de"] = WRITTEN.replace("wichtig", "sehr wichtig")
    await office.patch(REPORT, {"chapters": chapters}, report["revision"])
    await handed_in(office, changes={"de": "Ein Wort."})
    address = f"{REPORT}/editions/2/difference"
    found = (await office.get(address)).json()
    assert (found["before"], found["after"], found["figures"]) == (1, 2, [])
    (chapter,) = found["chapters"]
    inserted = [one["text"] for one in chapter["text"]["de"] if one["kind"] == "inserted"]
    assert "".join(inserted).strip() == "sehr"
    page = await office.get(address, params={"format": "html", "from": "1", "lang": "en"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Poverty report 2026: edition 2 compared with 1</h1>" in page.text
    assert (await office.as_().get(address)).status_code == 404
    assert (await office.as_().get(f"{REPORT}/editions/1/difference")).status_code == 404


async def test_a_report_prints_where_organisations_stand(office: Door) -> None:
    await office.made("/participation-processes", a_process())
    await office.made("/statements", a_statement())
    secret = {"organisation": "universitaet", "visibility": "administration"}
    await office.made("/statements", a_statement("intern", **secret))
    await office.made("/statements", a_statement("spaeter", received_on="2026-07-01"))
    report = (await office.get(REPORT)).json()
    bound = "{{statements:process=dialog}}\n\n{{statements:process=dialog; position=opposes}}"
    chapters = [{"title": {"de": "Stellungnahmen"}, "text": {"de": bound}}]
    await office.patch(REPORT, {"chapters": chapters}, report["revision"])
    await published(office)
    page = (await bytes_of(office.as_(), f"{REPORT}/editions/1/document")).decode()
    row = "<td>20.04.2026</td><td>teilweise dafür</td></tr></tbody>"
    assert page.count(row) == 1
    assert "<p>Die Beratung sollte auch am Abend erreichbar sein.</p>" in page
    assert "Keine Stellungnahmen." in page


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE report_edition SET sha256 = 'anders'",
        "UPDATE report_edition SET number = 7",
        "UPDATE report_edition SET audience = 'public'",
        "UPDATE report_content SET content = '{}'",
        "DELETE FROM report_content",
    ],
)
async def test_the_service_itself_cannot_change_what_an_edition_says(
    office: Door, apps: dict[str, FastAPI], change: str
) -> None:
    await published(office)
    clerk = actor(office.municipality, ("administrator",))
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with apps["boards"].state.database.writing(clerk) as session:
            await sql.run(session, text(change), {})


async def test_reports_are_read_in_the_language_that_a_browser_asks_for(office: Door) -> None:
    await published(office)
    report = (await office.get(REPORT)).json()
    await office.patch(REPORT, {"on": "2026-07-31"}, report["revision"])
    for path in ("/draft", "/draft?format=pdf", "/editions/1/document"):
        await is_told_as_asked(office.get, f"{REPORT}{path}")
    await handed_in(office, changes={"de": "Neuer Stichtag."})
    await is_told_as_asked(office.get, f"{REPORT}/editions/2/difference?format=html")
    told = await office.get(f"{REPORT}/editions/2/difference", headers=BRITISH)
    assert told.headers["vary"] == "Accept"
