"""Evidence files: kept with their checksum, named by what they prove, never public."""

import asyncio
from collections.abc import Callable
from hashlib import sha512
from io import BytesIO
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from pypdf import PdfReader

from services.contracts.shared.access import Municipality
from services.kit.contents.rules import PART
from tests.integration.projects.samples import EXPENDITURE, TARGET_UPDATE
from tests.support.documents import HTML, LOCKED_PDF, PDF, TEXT
from tests.support.towns import Door, new_town
from tests.support.uploads import assert_refused, taking_at_most

SHA512 = sha512(PDF).hexdigest()
MISTAKE = {"reason": "Aus Versehen hochgeladen."}
NAMES = [{"file": "e-rechnung"}]


async def sent(door: Door, content: bytes = PDF, kind: str = "", **said: str) -> httpx.Response:
    params = {"file_name": "R-117.pdf", **said}
    headers = {"Content-Type": kind} if kind else {}
    return await door.post("/evidence-files", content=content, params=params, headers=headers)


async def kept(door: Door, content: bytes = PDF, **said: str) -> dict[str, Any]:
    answer = await sent(door, content, **{"key": "e-rechnung", **said})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def withdrawn(door: Door, key: str = "e-rechnung") -> httpx.Response:
    return await door.post(f"/evidence-files/{key}/withdrawal", MISTAKE)


async def contents(owner: asyncpg.Connection, town: Municipality) -> list[str]:
    """Checksums of the contents of the town that have parts."""
    query = "SELECT DISTINCT sha512 FROM projects.file_part WHERE municipality_id = $1"
    return [row[0] for row in await owner.fetch(query, town.id)]


def pointers(answer: httpx.Response) -> list[str]:
    return [fault["pointer"] for fault in answer.json()["errors"]]


@pytest.fixture
def office(projects: Door) -> Door:
    return projects.as_("controller")


async def test_the_bytes_come_back_as_they_were_sent_with_their_checksum(office: Door) -> None:
    answer = await sent(office, kind="application/pdf")
    made = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"].endswith(f"/evidence-files/{made['key']}")
    assert made["key"].startswith("e-")
    assert (made["mime_type"], made["size"], made["sha512"]) == (
        "application/pdf",
        len(PDF),
        SHA512,
    )
    saved = await office.get(f"/evidence-files/{made['key']}/content")
    assert saved.content == PDF
    assert saved.headers["etag"] == f'"{SHA512}"'
    assert saved.headers["content-disposition"].startswith('attachment; filename="R-117.pdf"')
    assert saved.headers["content-security-policy"].startswith("default-src 'none'")
    assert (await office.get(f"/evidence-files/{made['id']}")).json() == made
    for query, expected in ((f"sha512={SHA512}", [made]), (f"sha512={'0' * 128}", [])):
        assert (await office.get(f"/evidence-files?{query}")).json()["items"] == expected


async def test_a_large_receipt_is_read_in_parts(office: Door) -> None:
    content = b"%PDF-1.7\n" + bytes(range(256)) * 5000 + b"%%EOF"
    await kept(office, content)
    address = "/evidence-files/e-rechnung/content"
    assert (await office.get(address)).content == content
    wanted = {"Range": f"bytes={PART - 2}-{PART + 2}"}
    part = await office.get(address, headers=wanted)
    assert (part.status_code, part.content) == (206, content[PART - 2 : PART + 3])


@pytest.mark.parametrize(
    ("content", "said", "status", "place"),
    [
        (PDF, {"file_name": "a.png"}, 422, "file_name"),
        (PDF, {"file_name": "../a.pdf"}, 422, "file_name"),
        (PDF, {"kind": "image/png"}, 422, "Content-Type"),
        (HTML, {"file_name": "a.html", "kind": "application/pdf"}, 422, "Content-Type"),
        (b"\x7fELF" + bytes(60), {}, 422, ""),
        (LOCKED_PDF, {}, 422, ""),
        (b"", {}, 422, ""),
        (PDF, {"kind": "multipart/form-data; boundary=x"}, 415, None),
        (PDF, {"key": "Upper"}, 422, "key"),
    ],
)
async def test_what_is_no_evidence_is_refused_and_nothing_is_stored(
    office: Door,
    town: Municipality,
    owner: asyncpg.Connection,
    content: bytes,
    said: dict[str, str],
    status: int,
    place: str | None,
) -> None:
    refused = await sent(office, content, **said)
    assert_refused(refused, status, place)
    assert (await office.get("/evidence-files")).json()["items"] == []
    assert await contents(owner, town) == []


async def test_more_than_the_installation_takes_is_refused(
    office: Door, apps: dict[str, FastAPI]
) -> None:
    with taking_at_most(1, apps["projects"]):
        refused = await sent(office, PDF[:-8] + bytes(1024 * 1024) + b"%%EOF")
    assert refused.status_code == 413, refused.text
    assert (await office.get("/evidence-files")).json()["items"] == []


async def test_evidence_is_never_public(office: Door) -> None:
    await kept(office)
    addresses = ("", "/e-rechnung", "/e-rechnung/content", "/e-rechnung/history")
    for roles, expected in (
        ((), 401),
        (("member",), 403),
        (("secretary",), 403),
        (("case_worker",), 403),
        (("planner",), 200),
        (("controller",), 200),
        (("administrator",), 200),
    ):
        reader = office.as_(*roles)
        for address in addresses:
            assert (await reader.get(f"/evidence-files{address}")).status_code == expected
        if expected != 200:
            assert (await sent(reader)).status_code == expected
            assert (await withdrawn(reader)).status_code == expected
    read = await office.get("/evidence-files/e-rechnung/content")
    assert read.headers["cache-control"] == "private, no-cache"


async def test_another_town_finds_no_evidence_of_ours(
    office: Door, settled: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    elsewhere = doors("projects", new_town()).as_("administrator")
    await kept(elsewhere)
    for address in ("", "/content", "/history"):
        assert (await office.get(f"/evidence-files/e-rechnung{address}")).status_code == 404
    assert (await withdrawn(office)).status_code == 404
    stranger = await office.post("/expenditures", {**EXPENDITURE, "evidence": NAMES})
    assert (stranger.status_code, pointers(stranger)) == (422, ["/evidence/0/file"])
    await kept(office)  # the same key and bytes, and a file of their own
    assert (await withdrawn(office)).status_code == 200
    assert (await elsewhere.get("/evidence-files/e-rechnung/content")).content == PDF


async def test_the_same_bytes_are_kept_until_the_last_file_is_withdrawn(
    office: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    first = await kept(office)
    again = await sent(office)
    assert (again.status_code, again.json()) == (200, first)
    await kept(office, key="e-kopie", file_name="Kopie.pdf")
    gone = await withdrawn(office)
    assert gone.json()["reason"] == MISTAKE["reason"]
    content = await office.get("/evidence-files/e-rechnung/content")
    assert (content.status_code, content.json()["type"]) == (410, "/problems/gone")
    assert (await office.get("/evidence-files/e-rechnung")).json() == gone.json()
    assert (await office.get("/evidence-files/e-kopie/content")).content == PDF
    assert await contents(owner, town) == [SHA512]
    assert (await withdrawn(office)).status_code == 409
    await withdrawn(office, "e-kopie")
    assert await contents(owner, town) == []
    for query, keys in (("", []), ("?withdrawn=true", ["e-kopie", "e-rechnung"])):
        listed = (await office.get(f"/evidence-files{query}")).json()["items"]
        assert [item["key"] for item in listed] == keys
    refused = await sent(office, key="e-rechnung", file_name="Neu.pdf")
    assert refused.status_code == 409


async def test_an_expenditure_takes_name_and_checksum_from_its_file(
    office: Door, settled: Door
) -> None:
    await kept(office)
    made = await office.made("/expenditures", {**EXPENDITURE, "evidence": NAMES})
    told = {"file": "e-rechnung", "name": "R-117.pdf", "sha512": SHA512, "link": None}
    assert made["evidence"] == [told]
    elsewhere = {"name": "Lieferschein.pdf", "sha512": "0" * 128}
    changed = await office.patch("/expenditures/moderation", {"evidence": [elsewhere, told]}, 1)
    assert changed.status_code == 200, changed.text
    assert changed.json()["evidence"] == [{"file": None, "link": None, **elsewhere}, told]
    for wrong, pointer in (
        ({"file": "not-there"}, "/evidence/1/file"),
        ({**told, "sha512": "0" * 128}, "/evidence/1/sha512"),
        ({**told, "name": "andere.pdf"}, "/evidence/1/name"),
        ({"name": "ohne.pdf"}, "/evidence/1"),
        ({"sha512": "0" * 128}, "/evidence/1"),
    ):
        body = {"evidence": [elsewhere, wrong]}
        refused = await office.patch("/expenditures/moderation", body, 2)
        assert (refused.status_code, pointers(refused)) == (422, [pointer])
    assert (await office.get("/expenditures/moderation")).json() == changed.json()


async def test_the_public_is_not_told_which_file_proves_a_target(
    office: Door, settled: Door
) -> None:
    planner, second = office.as_("planner", subject="test:planner"), office
    await kept(planner)
    by_reference = {"title": "Bericht", "reference": "51.3-2024/17"}
    body = {**TARGET_UPDATE, "key": "mit-beleg", "evidence": [*NAMES, by_reference]}
    made = await planner.made("/target-updates", body)
    proof = made["evidence"][0]
    assert (proof["file"], proof["title"], proof["sha512"]) == ("e-rechnung", "R-117.pdf", SHA512)
    titled = {"evidence": [{"file": "e-rechnung", "title": "Teilnahmeliste"}, by_reference]}
    changed = await planner.patch("/target-updates/mit-beleg", titled, 1)
    assert changed.json()["evidence"][0]["title"] == "Teilnahmeliste"
    for wrong, pointer in (
        ({"file": "not-there"}, "/evidence/0/file"),
        ({**proof, "sha512": "0" * 128}, "/evidence/0/sha512"),
        ({"sha512": "0" * 128}, "/evidence/0"),
    ):
        refused = await planner.patch("/target-updates/mit-beleg", {"evidence": [wrong]}, 2)
        assert (refused.status_code, pointers(refused)) == (422, [pointer])
    await planner.post("/target-updates/mit-beleg/submission")
    approved = await second.post("/target-updates/mit-beleg/approval")
    assert [one["title"] for one in approved.json()["evidence"]] == ["Teilnahmeliste", "Bericht"]
    for address in ("/target-updates/mit-beleg", "/target-updates"):
        public = await office.as_().get(address)
        assert public.status_code == 200
        assert "Bericht" in public.text
        for secret in ("e-rechnung", "Teilnahmeliste", SHA512):
            assert secret not in public.text


async def test_what_proves_something_is_not_withdrawn(office: Door, settled: Door) -> None:
    await kept(office)
    await kept(office, key="e-kopie", file_name="Kopie.pdf")
    await office.made("/expenditures", {**EXPENDITURE, "evidence": NAMES})
    update = {**TARGET_UPDATE, "key": "mit-beleg", "evidence": NAMES}
    await office.made("/target-updates", update)
    refused = await withdrawn(office)
    assert refused.status_code == 409
    assert "expenditures/moderation, target-updates/mit-beleg;" in refused.json()["detail"]
    await office.patch("/target-updates/mit-beleg", {"evidence": []}, 1)
    assert "expenditures/moderation;" in (await withdrawn(office)).json()["detail"]
    address = "/grants/bescheid-2023/proofs-of-use"
    await office.made(address, {"key": "nachweis", "on": "2025-07-31"})
    await office.patch("/expenditures/moderation", {"evidence": []}, 1)
    assert "proofs-of-use/nachweis;" in (await withdrawn(office)).json()["detail"]
    assert (await office.get("/evidence-files/e-rechnung/content")).content == PDF
    assert (await withdrawn(office, "e-kopie")).status_code == 200
    gone = await office.patch("/expenditures/moderation", {"evidence": [{"file": "e-kopie"}]}, 2)
    assert (gone.status_code, pointers(gone)) == (422, ["/evidence/0/file"])


async def test_nothing_names_a_file_that_is_withdrawn_at_the_same_time(
    office: Door, settled: Door
) -> None:
    for number in range(4):
        key = f"e-{number}"
        await kept(office, key=key, file_name=f"{key}.pdf")
        body = {**EXPENDITURE, "key": f"ausgabe-{number}", "evidence": [{"file": key}]}
        named, gone = await asyncio.gather(
            office.post("/expenditures", body), withdrawn(office, key)
        )
        assert (named.status_code, gone.status_code) in ((201, 409), (422, 200))


async def test_the_list_of_receipts_names_the_files(office: Door, settled: Door) -> None:
    await kept(office)
    elsewhere = {"name": "Lieferschein.pdf", "sha512": "0" * 128}
    await office.made("/expenditures", {**EXPENDITURE, "evidence": [*NAMES, elsewhere]})
    here = "/grants/bescheid-2023/proof-of-use?on=2025-07-31"
    (receipt,) = (await office.get(here)).json()["receipts"]
    assert receipt["evidence"] == 2
    assert receipt["files"] == [
        {"name": "R-117.pdf", "sha512": SHA512, "file": "e-rechnung"},
        {**elsewhere, "file": None},
    ]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = load_workbook(BytesIO((await office.get(here, headers={"Accept": kind})).content))
    cells = [cell for row in book["Belegliste"].iter_rows(values_only=True) for cell in row]
    assert "R-117.pdf; Lieferschein.pdf" in cells
    printed = await office.get(here, headers={"Accept": "application/pdf"})
    pages = PdfReader(BytesIO(printed.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "R-117, R-117.pdf, Lieferschein.pdf" in text


async def test_a_proof_of_use_names_no_file_that_was_withdrawn_meanwhile(
    office: Door, settled: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    await kept(office)
    await office.made("/expenditures", {**EXPENDITURE, "evidence": NAMES})
    await owner.execute(
        """UPDATE projects.evidence_file SET withdrawn_at = now(), reason = 'x', revision = 2
           WHERE municipality_id = $1""",
        town.id,
    )
    address = "/grants/bescheid-2023/proofs-of-use"
    refused = await office.post(address, {"key": "nachweis", "on": "2025-07-31"})
    assert refused.status_code == 409, refused.text
    assert "e-rechnung" in refused.json()["detail"]
    assert (await office.get("/proofs-of-use")).json()["items"] == []


async def test_the_journal_names_no_evidence(
    office: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    await kept(office, TEXT, file_name="Honorar Mustermann.txt")
    await withdrawn(office)
    entries = await owner.fetch(
        "SELECT type, subject, data::text FROM projects.journal WHERE municipality_id = $1",
        town.id,
    )
    assert [(entry["type"], entry["subject"]) for entry in entries] == [
        ("projects.evidence_file.created.v1", "evidence-files/e-rechnung"),
        ("projects.evidence_file.withdrawn.v1", "evidence-files/e-rechnung"),
    ]
    assert not any("Mustermann" in text for entry in entries for text in entry.values())
    history = (await office.get("/evidence-files/e-rechnung/history")).json()
    assert [entry["row"]["reason"] for entry in history] == [MISTAKE["reason"], None]
