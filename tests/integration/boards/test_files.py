"""Files: uploaded, kept once, given out, withdrawn."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.kit.contents.rules import PART
from tests.integration.boards.council import CHANGES, PLACES, a_person, everything
from tests.integration.boards.filing import kept, sent
from tests.support.documents import CSV, HTML, PDF, TEXT, office
from tests.support.towns import Door, new_town
from tests.support.uploads import assert_refused, taking_at_most

OF_THE_MEETING = {"subject_kind": "meeting", "subject": "sitzung-1"}


async def test_a_file_is_kept_with_what_is_said_of_it(boards: Door) -> None:
    await everything(boards)
    answer = await sent(
        boards,
        kind="application/pdf",
        name="Vorlage zur 1. Sitzung",
        role="auxiliary",
        dated_on="2026-03-02",
        **OF_THE_MEETING,
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"].endswith(f"/files/{made['key']}")
    assert answer.headers["etag"] == '"r1"'
    assert made["key"].startswith("f-")
    assert (made["mime_type"], made["size"], made["charset"]) == ("application/pdf", len(PDF), None)
    assert len(made["sha512"]) == 128
    assert (made["role"], made["dated_on"]) == ("auxiliary", "2026-03-02")
    assert made["withdrawn_at"] is None
    read = await boards.as_().get(f"/files/{made['id']}")
    assert read.json() == made
    listed = await boards.as_().get("/files?subject_kind=meeting&subject=sitzung-1&role=auxiliary")
    assert listed.json()["items"] == [made]
    assert (await boards.as_().get("/files?subject_kind=paper")).json()["items"] == []


async def test_what_belongs_to_nothing_is_read_by_the_administration_alone(boards: Door) -> None:
    """It may be the draft of a paper that is not public, uploaded before there is the paper."""
    await everything(boards)
    link = {"name": "Entwurf", "file_name": "b.pdf", "link": "https://ris.example.org/b.pdf"}
    made = [
        (await boards.post("/files", content=PDF, params={"file_name": "a.pdf"})).json(),
        (await boards.post("/files/links", link)).json(),
    ]
    assert [one["visibility"] for one in made] == ["administration", "administration"]
    for reader in (boards.as_(), boards.as_("member")):
        assert (await reader.get("/files")).json()["items"] == []
        for one in made:
            for address in ("", "/content", "/download"):
                assert (await reader.get(f"/files/{one['key']}{address}")).status_code == 404
    assert (await boards.as_("planner").get(f"/files/{made[0]['key']}/content")).content == PDF
    said = {"subject_kind": "meeting", "subject": "sitzung-1"}
    linked = (await boards.post("/files/links", {**link, **said})).json()
    sent_on = (await boards.post("/files/links", {**link, "visibility": "public"})).json()
    keys = {one["key"] for one in (await boards.as_().get("/files")).json()["items"]}
    assert keys == {linked["key"], sent_on["key"]}


async def test_the_bytes_come_back_as_they_were_sent(boards: Door) -> None:
    name = 'Größe "A" & Ölplan; 100 %.pdf'
    key = await kept(boards, file_name=name)
    shown = await boards.as_().get(f"/files/{key}/content")
    assert shown.content == PDF
    assert shown.headers["content-type"] == "application/pdf"
    assert shown.headers["content-length"] == str(len(PDF))
    assert shown.headers["content-disposition"].startswith("inline; ")
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert "last-modified" in shown.headers
    saved = await boards.as_().get(f"/files/{key}/download")
    assert saved.content == PDF
    assert saved.headers["etag"] == shown.headers["etag"]
    assert saved.headers["content-disposition"] == (
        'attachment; filename="Groesse _A_ & Oelplan; 100 _.pdf"; '
        "filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22A%22%20&%20%C3%96lplan%3B%20100%20%25.pdf"
    )


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../etc/passwd.pdf", None),
        ("C:\\Akten\\Vorlage.pdf", None),
        ("Vorlage\r\nX-Evil: 1.pdf", None),
        ("Vorlage\u202efdp.pdf", None),
        ("\x00.pdf", None),
        (".pdf", None),
        ("ä" * 130 + ".pdf", None),
        ("", None),
        ("U\u0308bersicht.pdf", "Übersicht.pdf"),
        (" Vorlage.pdf ", "Vorlage.pdf"),
    ],
)
async def test_a_name_is_a_name_and_nothing_else(
    boards: Door, name: str, kept_as: str | None
) -> None:
    answer = await sent(boards, file_name=name)
    if kept_as is None:
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["parameter"] == "file_name"
        assert (await boards.get("/files")).json()["items"] == []
    else:
        assert answer.json()["file_name"] == kept_as


@pytest.mark.parametrize(
    ("content", "said", "status", "place"),
    [
        (PDF, {"file_name": "a.txt"}, 422, "file_name"),
        (PDF, {"kind": "image/png"}, 422, "Content-Type"),
        (HTML, {"file_name": "a.html", "kind": "text/plain"}, 422, "Content-Type"),
        (b"\x7fELF" + bytes(60), {}, 422, ""),
        (b"", {}, 422, ""),
        (PDF, {"kind": "multipart/form-data; boundary=x"}, 415, None),
        (PDF, {"subject": "sitzung-1"}, 422, "subject"),
        (PDF, {"subject_kind": "meeting"}, 422, "subject"),
        (PDF, {"role": "main"}, 422, "subject"),
        (PDF, {"subject_kind": "meeting", "subject": "nowhere"}, 422, "subject"),
        (PDF, {"subject_kind": "chair", "subject": "nowhere"}, 422, "subject_kind"),
        (PDF, {"colour": "red"}, 422, "colour"),
        (PDF, {"key": "Upper"}, 422, "key"),
    ],
)
async def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(
    boards: Door,
    town: Municipality,
    owner: asyncpg.Connection,
    content: bytes,
    said: dict[str, str],
    status: int,
    place: str | None,
) -> None:
    refused = await sent(boards, content, **said)
    assert_refused(refused, status, place)
    assert (await boards.get("/files")).json()["items"] == []
    assert await contents(owner, town) == []


async def contents(owner: asyncpg.Connection, town: Municipality) -> list[int]:
    """Sizes of the kept contents of the town."""
    query = """SELECT sum(length(body))::int FROM boards.file_part WHERE municipality_id = $1
               GROUP BY sha512 ORDER BY 1"""
    return [row[0] for row in await owner.fetch(query, town.id)]


async def test_the_same_bytes_are_kept_once(
    boards: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    await everything(boards)
    first = await sent(boards)
    again = await sent(boards)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert again.headers["etag"] == '"r1"'
    other_name = await kept(boards, file_name="Kopie.pdf")
    other_subject = await kept(boards, **OF_THE_MEETING)
    assert len({first.json()["key"], other_name, other_subject}) == 3
    assert await contents(owner, town) == [len(PDF)]


async def test_a_repeated_upload_is_done_once(boards: Door) -> None:
    said = {"params": {"file_name": "a.pdf"}, "headers": {"Idempotency-Key": "one"}}
    first = await boards.post("/files", content=PDF, **said)
    again = await boards.post("/files", content=PDF, **said)
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.json()) == (201, first.json())
    other = await boards.post("/files", content=PDF + b"%%EOF", **said)
    assert other.status_code == 422


async def test_a_large_file_is_read_in_parts(boards: Door) -> None:
    content = b"%PDF-1.7\n" + bytes(range(256)) * 9000 + b"%%EOF"
    key = await kept(boards, content)
    reader = boards.as_()
    whole = await reader.get(f"/files/{key}/content")
    assert (whole.status_code, whole.content) == (200, content)
    assert whole.headers["content-length"] == str(len(content))
    for first, last in ((0, 3), (PART - 2, PART + 2), (5, 2 * PART + 1), (PART, 2 * PART - 1)):
        part = await reader.get(
            f"/files/{key}/download", headers={"Range": f"bytes={first}-{last}"}
        )
        assert (part.status_code, part.content) == (206, content[first : last + 1])
        assert part.headers["content-range"] == f"bytes {first}-{last}/{len(content)}"
        assert part.headers["content-length"] == str(last - first + 1)
    past = await reader.get(f"/files/{key}/content", headers={"Range": f"bytes={len(content)}-"})
    assert past.status_code == 416
    assert past.headers["content-range"] == f"bytes */{len(content)}"


async def test_what_somebody_has_already_is_not_sent_again(boards: Door) -> None:
    key = await kept(boards)
    first = await boards.as_().get(f"/files/{key}/content")
    for known in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = await boards.as_().get(f"/files/{key}/content", headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    other = {"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]}
    assert (await boards.get(f"/files/{key}/content", headers=other)).status_code == 200


async def test_pages_and_old_texts_are_shown_without_harm(boards: Door) -> None:
    page = await kept(boards, HTML, file_name="a.html")
    shown = await boards.as_().get(f"/files/{page}/content")
    assert shown.content == HTML
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert shown.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    old = await kept(boards, "Größe".encode("cp1252"), file_name="a.txt")
    shown = await boards.as_().get(f"/files/{old}/content", headers={"Range": "bytes=0-1"})
    assert shown.headers["content-type"] == "text/plain; charset=windows-1252"
    assert (shown.status_code, shown.text) == (200, "Größe")


async def test_a_body_larger_than_the_installation_takes_is_refused(
    boards: Door, apps: dict[str, FastAPI]
) -> None:
    with taking_at_most(1, apps["boards"]):
        refused = await sent(boards, PDF[:-8] + bytes(1024 * 1024) + b"%%EOF")
    assert refused.status_code == 413, refused.text
    assert refused.json()["type"] == "/problems/too-large"
    assert (await boards.get("/files")).json()["items"] == []


async def test_a_withdrawn_file_is_gone_and_its_bytes_with_the_last_that_has_them(
    boards: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    first, second = await kept(boards), await kept(boards, file_name="Kopie.pdf")
    reason = {"reason": "Enthielt eine private Anschrift."}
    withdrawn = await boards.post(f"/files/{first}/withdrawal", reason)
    assert withdrawn.status_code == 200, withdrawn.text
    assert withdrawn.json()["reason"] == reason["reason"]
    assert withdrawn.json()["withdrawn_at"] is not None
    reader = boards.as_()
    for address in ("content", "download"):
        gone = await reader.get(f"/files/{first}/{address}")
        assert (gone.status_code, gone.json()["type"]) == (410, "/problems/gone")
    assert (await reader.get(f"/files/{first}")).json() == withdrawn.json()
    assert (await reader.get(f"/files/{second}/content")).content == PDF
    keys = [item["key"] for item in (await reader.get("/files")).json()["items"]]
    assert keys == [second]
    others = await reader.get("/files?withdrawn=true")
    assert [item["key"] for item in others.json()["items"]] == [first]
    assert (await boards.post(f"/files/{first}/withdrawal", reason)).status_code == 409
    await boards.post(f"/files/{second}/withdrawal", reason)
    assert await contents(owner, town) == []
    anew = await sent(boards)
    assert anew.status_code == 201
    assert (await reader.get(f"/files/{anew.json()['key']}/content")).content == PDF


async def test_what_is_said_of_a_file_changes_but_not_its_bytes(boards: Door) -> None:
    await everything(boards)
    key = await kept(boards, **OF_THE_MEETING)
    changed = await boards.patch(f"/files/{key}", {"name": "Neu", "role": "main"})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["name"], changed.json()["role"]) == ("Neu", "main")
    for wrong, place in (
        ({"file_name": "a.exe"}, "file_name"),
        ({"file_name": "a/b.pdf"}, "/file_name"),
        ({"subject": "other"}, "/subject"),
        ({"sha512": "0"}, "/sha512"),
    ):
        refused = await boards.patch(f"/files/{key}", wrong, 2)
        fault = refused.json()["errors"][0]
        assert (refused.status_code, fault.get("pointer", fault.get("parameter"))) == (422, place)
    alone = await kept(boards)
    refused = await boards.patch(f"/files/{alone}", {"role": "main"})
    assert refused.json()["errors"][0]["pointer"] == "/role"
    history = (await boards.get(f"/files/{key}/history")).json()
    assert [entry["row"]["name"] for entry in history] == ["Neu", "Vorlage"]


async def test_another_town_finds_no_file_of_ours(
    boards: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    await everything(boards)
    elsewhere = doors("boards", new_town())
    key = await kept(boards)
    for address in ("", "/content", "/download", "/history"):
        assert (await elsewhere.get(f"/files/{key}{address}")).status_code == 404
    gone = await elsewhere.post(f"/files/{key}/withdrawal", {"reason": "x"})
    assert gone.status_code == 404
    assert (await sent(elsewhere, **OF_THE_MEETING)).status_code == 422
    theirs = await sent(elsewhere)
    assert theirs.status_code == 201  # the same bytes, and a file of their own
    await elsewhere.post(f"/files/{theirs.json()['key']}/withdrawal", {"reason": "x"})
    assert (await boards.get(f"/files/{key}/content")).content == PDF


@pytest.mark.parametrize("visibility", ["members", "administration"])
async def test_who_may_not_see_a_file_finds_nothing(boards: Door, visibility: str) -> None:
    key = await kept(boards, visibility=visibility)
    for roles, status in (
        ((), 404),
        (("member",), 200 if visibility == "members" else 404),
        (("planner",), 200),
    ):
        for address in ("", "/content", "/download"):
            read = await boards.as_(*roles).get(f"/files/{key}{address}")
            assert read.status_code == status
    read = await boards.as_("planner").get(f"/files/{key}/content")
    assert read.headers["cache-control"] == "private, no-cache"
    await boards.post(f"/files/{key}/withdrawal", {"reason": "x"})
    assert (await boards.as_().get(f"/files/{key}/content")).status_code == 404


CARRIERS = {
    "body": "/bodies",
    "meeting": "/meetings",
    "agenda_item": "/meetings/sitzung-1/agenda-items",
    "publication": "/publications",
}


@pytest.mark.parametrize("kind", CARRIERS)
async def test_a_file_is_hidden_with_what_it_belongs_to(boards: Door, kind: str) -> None:
    await everything(boards)
    collection = CARRIERS[kind]
    subject = PLACES[collection]
    key = await kept(boards, subject_kind=kind, subject=subject)
    reader = boards.as_()
    assert (await reader.get(f"/files/{key}/content")).status_code == 200
    hiding: dict[str, Any] = (
        {"public": False} if kind == "agenda_item" else {"visibility": "administration"}
    )
    hidden = await boards.patch(f"{collection}/{subject}", {**CHANGES[collection], **hiding})
    assert hidden.status_code == 200, hidden.text
    for address in (f"/files/{key}", f"/files/{key}/content", f"/files/{key}/download"):
        assert (await reader.get(address)).status_code == 404
        assert (await boards.as_("planner").get(address)).status_code == 200
    assert (await reader.get("/files")).json()["items"] == []


async def test_a_picture_of_a_person_is_shown_as_far_as_they_agreed(boards: Door) -> None:
    await everything(boards)

    def agreed(audience: str, **more: str) -> list[dict[str, str]]:
        given = {"field": "photo", "given_on": "2026-01-15", "text_version": "1", **more}
        return [{**given, "audience": audience}]

    person = a_person("p-2", visibility="public")
    await boards.made("/persons", person)
    key = await kept(boards, subject_kind="person", subject="p-2", role="image")
    readers = {"public": boards.as_(), "member": boards.as_("member")}
    others = {"planner": boards.as_("planner"), "secretary": boards.as_("secretary")}

    async def seen_by() -> set[str]:
        answers = {
            name: (await door.get(f"/files/{key}/content")).status_code
            for name, door in (readers | others).items()
        }
        assert set(answers.values()) <= {200, 404}
        return {name for name, status in answers.items() if status == 200}

    assert await seen_by() == {"secretary"}
    for revision, (consents, expected) in enumerate(
        (
            (agreed("members"), {"member", "planner", "secretary"}),
            (agreed("public"), {"public", "member", "planner", "secretary"}),
            (agreed("public", withdrawn_on="2026-02-01"), {"secretary"}),
            (agreed("public", given_on="2999-01-01"), {"secretary"}),
        ),
        start=1,
    ):
        changed = await boards.patch("/persons/p-2", {"consents": consents}, revision)
        assert changed.status_code == 200, changed.text
        assert await seen_by() == expected


async def test_a_planner_attaches_files_to_publications_and_not_to_meetings(boards: Door) -> None:
    await everything(boards)
    planner = boards.as_("planner")
    mine = await sent(planner, subject_kind="publication", subject="newsletter-1")
    assert mine.status_code == 201, mine.text
    assert (await sent(planner, **OF_THE_MEETING)).status_code == 403
    theirs = await kept(boards, **OF_THE_MEETING)
    assert (await planner.patch(f"/files/{theirs}", {"name": "x"})).status_code == 403
    withdrawal = f"/files/{theirs}/withdrawal"
    assert (await planner.post(withdrawal, {"reason": "x"})).status_code == 403
    for roles, status in (((), 401), (("member",), 403), (("controller",), 403)):
        assert (await sent(boards.as_(*roles))).status_code == status


async def test_the_journal_names_no_file(
    boards: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    key = await kept(boards, TEXT, file_name="Lebenslauf Mustermann.txt", name="Mustermann")
    await boards.post(f"/files/{key}/withdrawal", {"reason": "Mustermann wollte es so."})
    entries = await owner.fetch(
        "SELECT type, subject, data::text FROM boards.journal WHERE municipality_id = $1", town.id
    )
    assert [entry["type"] for entry in entries] == [
        "boards.file.created.v1",
        "boards.file.withdrawn.v1",
    ]
    assert not any("Mustermann" in text for entry in entries for text in entry.values())


async def test_a_page_of_files_costs_two_statements(boards: Door, statements: list[str]) -> None:
    await everything(boards)
    for number in range(3):
        await kept(boards, CSV + bytes(str(number), "ascii"), file_name="a.csv", **OF_THE_MEETING)
    await kept(boards, office("xl"), file_name="a.xlsx")
    for reader in (boards, boards.as_()):
        statements.clear()
        assert len((await reader.get("/files")).json()["items"]) == 4
        assert len(statements) == 2


@pytest.mark.parametrize("kind", ["paper", "publication"])
async def test_the_administrations_own_draft_is_published_with_what_was_attached(
    boards: Door, kind: str
) -> None:
    """Draft, attachments, one change or version that opens all of it: no file is touched twice."""
    said = {"key": "eigene", "title": {"de": "Bericht"}, "kind": "report"}
    await boards.made(f"/{kind}s", said)
    upload = {"subject_kind": kind, "subject": "eigene"}
    keys = []
    for name, role in (("Bericht.pdf", "main"), ("Anlage.pdf", "auxiliary")):
        sent_ = await boards.post(
            "/files", content=PDF, params={"file_name": name, "role": role, **upload}
        )
        assert sent_.status_code == 201, sent_.text
        keys.append(sent_.json()["key"])
    everybody = boards.as_()
    for key in keys:
        assert (await everybody.get(f"/files/{key}/content")).status_code == 404
    assert (await everybody.get("/files")).json()["items"] == []
    if kind == "paper":
        opened = await boards.patch(
            "/papers/eigene", {"state": "submitted", "visibility": "public"}
        )
    else:
        version = {"published_on": "2026-03-01", "files": keys}
        opened = await boards.post("/publications/eigene/versions", version)
    assert opened.status_code in (200, 201), opened.text
    listed = (await everybody.get("/files")).json()["items"]
    assert {one["key"] for one in listed} == set(keys)
    for key in keys:
        assert (await everybody.get(f"/files/{key}/content")).content == PDF
