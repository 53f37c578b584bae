"""Files of people go with what is kept of them; files of other systems stay where they are."""

from typing import Any

import asyncpg

from tests.integration.boards.council import (
    a_body,
    a_contribution,
    a_person,
    a_process,
    everything,
    organisations,
)
from tests.integration.boards.erasing import database, found
from tests.support.documents import TEXT
from tests.support.towns import Door

__all__ = ["database"]

WORDS = ("plantafoto", "plantareason")
LINKED = {
    "name": "Anlage 1",
    "file_name": "00608300.pdf",
    "subject_kind": "meeting",
    "subject": "sitzung-1",
    "role": "auxiliary",
    "link": "https://ris.example.org/a/608300.pdf",
    "download_link": "https://ris.example.org/d/608300.pdf",
    "mime_type": "application/pdf",
    "size": 1234,
    "external_id": "https://ris.example.org/oparl/files/608300",
}


async def attached(door: Door, kind: str, subject: str, **more: str) -> str:
    params = {"file_name": "plantafoto.txt", "subject_kind": kind, "subject": subject, **more}
    answer = await door.post("/files", content=b"plantafoto " + TEXT, params=params)
    assert answer.status_code == 201, answer.text
    key: str = answer.json()["key"]
    return key


async def test_with_a_person_everything_goes_that_their_files_said(
    boards: Door, database: asyncpg.Connection
) -> None:
    await organisations(boards)
    await boards.made("/persons", a_person())
    photo = await attached(boards, "person", "p-1", role="image")
    gone = await attached(boards, "person", "p-1")
    await boards.patch(f"/files/{photo}", {"name": "plantafoto neu"})
    await boards.post(f"/files/{gone}/withdrawal", {"reason": "plantareason"})
    told = (await boards.get("/persons/p-1/data")).json()
    assert [len(rows["rows"]) for rows in told["rows"] if rows["kind"] == "file"] == [2]
    assert await found(database, boards.municipality.id, WORDS) != []
    erased = await boards.post("/persons/p-1/erasure", {"ground": "consent_withdrawn"})
    assert (erased.status_code, erased.json()["files"]) == (200, 2), erased.text
    assert await found(database, boards.municipality.id, WORDS) == []
    left = (await boards.get(f"/files/{photo}")).json()
    assert (left["name"], left["file_name"], left["sha512"]) == (None, None, None)
    assert left["withdrawn_at"] is not None
    assert (await boards.get(f"/files/{photo}/content")).status_code == 410
    assert (await boards.patch(f"/files/{photo}", {"name": "x"}, 3)).status_code == 409


async def test_a_contribution_that_is_taken_back_takes_its_files_with_it(
    boards: Door, database: asyncpg.Connection
) -> None:
    await boards.made("/bodies", a_body())
    await boards.made("/participation-processes", a_process())
    receipt = await boards.made("/contributions", a_contribution())
    file = await attached(boards, "contribution", receipt["key"])
    assert (await boards.as_().get(f"/files/{file}")).status_code == 404
    taken = await boards.as_().post("/contributions/withdrawal", {"token": receipt["token"]})
    assert taken.status_code == 200, taken.text
    assert await found(database, boards.municipality.id, WORDS) == []
    assert (await boards.get(f"/files/{file}/content")).status_code == 410


async def test_nobody_names_a_person_in_the_key_of_a_file(boards: Door) -> None:
    await organisations(boards)
    await boards.made("/persons", a_person())
    said = {"file_name": "a.txt", "subject_kind": "person", "subject": "p-1", "key": "mustermann"}
    refused = await boards.post("/files", content=TEXT, params=said)
    assert refused.json()["errors"][0]["code"] == "names-the-person"
    assert refused.json()["errors"][0]["parameter"] == "key"


async def test_bytes_stay_that_somebody_else_has_too(boards: Door) -> None:
    await organisations(boards)
    await boards.made("/persons", a_person())
    await boards.made("/bodies", a_body())
    await attached(boards, "person", "p-1")
    other = await attached(boards, "body", "planungsbeirat")
    await boards.post("/persons/p-1/erasure", {"ground": "consent_withdrawn"})
    assert (await boards.get(f"/files/{other}/content")).content.startswith(b"plantafoto")


async def test_a_file_that_is_kept_elsewhere_leads_there(boards: Door) -> None:
    await everything(boards)
    made = await boards.made("/files/links", LINKED)
    assert {name: made[name] for name in LINKED} == LINKED
    assert (made["sha512"], made["charset"]) == (None, None)
    for address, link in (("content", "link"), ("download", "download_link")):
        led = await boards.as_().get(f"/files/{made['key']}/{address}")
        assert (led.status_code, led.headers["location"]) == (307, LINKED[link])
    changed = await boards.patch(f"/files/{made['key']}", {"file_name": "Anlage"})
    assert changed.status_code == 200, changed.text
    await boards.post(f"/files/{made['key']}/withdrawal", {"reason": "x"})
    assert (await boards.as_().get(f"/files/{made['key']}/content")).status_code == 410


async def test_a_link_that_cannot_be_is_refused(boards: Door) -> None:
    await everything(boards)
    await boards.made("/files/links", LINKED)
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({"link": "javascript:alert(1)"}, 422, "/link"),
        ({"mime_type": "pdf"}, 422, "/mime_type"),
        ({"size": -1}, 422, "/size"),
        ({"file_name": "a/b.pdf"}, 422, "/file_name"),
        ({"external_id": LINKED["external_id"]}, 409, "/external_id"),
    ]
    for more, status, pointer in wrong:
        refused = await boards.post("/files/links", {**LINKED, "external_id": None, **more})
        assert refused.status_code == status, refused.text
        assert refused.json()["errors"][0]["pointer"] == pointer
    nowhere = await boards.post("/files/links", {**LINKED, "external_id": None, "subject": "no"})
    assert nowhere.json()["errors"][0]["pointer"] == "/subject"
    assert len((await boards.get("/files")).json()["items"]) == 1
