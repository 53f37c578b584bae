"""Files of other councils are linked where they are."""

from typing import Any

import pytest

from tests.integration.boards.test_oparl_sources import (
    BASE,
    COMMITTEE,
    SOURCE,
    item,
    journalled,
    listed,
    proposal,
    sitting,
    take,
    thing,
)
from tests.support.towns import Door


@pytest.fixture
async def source(boards: Door) -> str:
    await boards.made("/oparl-sources", SOURCE)
    return "/oparl-sources/rathaus"


def document(path: str, /, **more: Any) -> dict[str, Any]:
    said = {
        "name": f"Datei {path}",
        "fileName": f"{path.replace('/', '-')}.pdf",
        "mimeType": "application/pdf",
        "date": "2026-01-05",
        "accessUrl": f"{BASE}/{path}/access",
        "downloadUrl": f"{BASE}/{path}/download",
    }
    return thing("File", path, **{**said, **more})


async def by_path(boards: Door) -> dict[str, dict[str, Any]]:
    found = await listed(boards, "/files")
    return {one["external_id"].removeprefix(f"{BASE}/"): one for one in found}


async def test_files_are_linked_to_what_names_them(boards: Door, source: str) -> None:
    paper = proposal("p/1", mainFile=document("f/1"), auxiliaryFile=[document("f/2")])
    meeting = sitting(
        "m/1",
        "o/1",
        "2026-02-10",
        item("a/1", 0, auxiliaryFile=[document("f/3")], resolutionFile=document("f/4")),
        invitation=document("f/5"),
        resultsProtocol=document("f/6"),
    )
    report = await take(boards, source, COMMITTEE, paper, meeting)
    assert report["created"]["File"] == 6
    found = {
        one["external_id"].removeprefix(f"{BASE}/"): one for one in await listed(boards, "/files")
    }
    assert {name: (one["subject_kind"], one["role"]) for name, one in found.items()} == {
        "f/1": ("paper", "main"),
        "f/2": ("paper", "auxiliary"),
        "f/3": ("agenda_item", "auxiliary"),
        "f/4": ("agenda_item", "resolution"),
        "f/5": ("meeting", "invitation"),
        "f/6": ("meeting", "results_protocol"),
    }
    key = found["f/1"]["key"]
    for address, link in (("content", "access"), ("download", "download")):
        led = await boards.as_().get(f"/files/{key}/{address}")
        assert (led.status_code, led.headers["location"]) == (307, f"{BASE}/f/1/{link}")
    before = await journalled(boards)
    again = await take(boards, source, COMMITTEE, paper, meeting)
    assert (again["created"], again["changed"], again["deleted"]) == ({}, {}, {})
    assert await journalled(boards) == before


async def test_a_file_that_is_named_no_longer_is_withdrawn_and_can_come_back(
    boards: Door, source: str
) -> None:
    both = [document("f/1"), document("f/2")]
    await take(boards, source, proposal("p/1", auxiliaryFile=both))
    fewer = proposal("p/1", auxiliaryFile=[document("f/2", name="Neu")])
    report = await take(boards, source, fewer)
    assert (report["deleted"], report["changed"]) == ({"File": 1}, {"File": 1})
    (standing,) = await listed(boards, "/files")
    assert standing["name"] == "Neu"
    (gone,) = await listed(boards, "/files?withdrawn=true")
    assert (await boards.as_().get(f"/files/{gone['key']}/content")).status_code == 410
    await take(boards, source, proposal("p/1", auxiliaryFile=both))
    assert (await boards.as_().get(f"/files/{gone['key']}/content")).status_code == 307
    silent = await take(boards, source, proposal("p/1"))
    assert silent["deleted"] == {}
    assert len(await listed(boards, "/files")) == 2


async def test_what_is_wrong_with_files_is_put_right_and_told(boards: Door, source: str) -> None:
    files = [
        document("f/1", mimeType="pdf", fileName="a/b.pdf.pdf", name=None),
        document("f/2", accessUrl=None),
        document("f/3", accessUrl=None, downloadUrl=None),
        document("f/1"),
        document("f/4", deleted=True),
    ]
    report = await take(boards, source, proposal("p/1", auxiliaryFile=files))
    assert (report["created"]["File"], report["left_out"]) == (2, {"File": 1})
    codes = {repair["code"] for repair in report["repairs"]}
    assert {"not_a_mime_type", "double_ending", "no_address", "file_repeated"} <= codes
    found = {
        one["external_id"].removeprefix(f"{BASE}/"): one for one in await listed(boards, "/files")
    }
    assert (found["f/1"]["file_name"], found["f/1"]["name"]) == ("a_b.pdf", "a_b")
    assert found["f/1"]["mime_type"] == "application/pdf"
    assert found["f/2"]["link"] == f"{BASE}/f/2/download"
    elsewhere = await take(boards, source, proposal("p/2", mainFile=document("f/2")))
    assert "file_repeated" in {repair["code"] for repair in elsewhere["repairs"]}
    assert len(await listed(boards, "/files")) == 2


async def test_files_of_the_closed_part_are_not_the_publics(boards: Door, source: str) -> None:
    closed = item("a/1", 0, public=False, auxiliaryFile=[document("f/1")])
    await take(boards, source, COMMITTEE, sitting("m/1", "o/1", "2026-02-10", closed))
    (file,) = await listed(boards, "/files")
    assert (await boards.as_().get(f"/files/{file['key']}/content")).status_code == 404
