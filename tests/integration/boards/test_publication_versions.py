"""Publications in versions: what changed, what they rest on, and what is taken back."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.beside import INDICATORS, apps, present
from tests.integration.boards.council import a_body, a_publication, organisations, text
from tests.support.copies import copied
from tests.support.documents import PDF
from tests.support.oparl import Reader
from tests.support.towns import Door, new_town

__all__ = ["apps", "present"]
pytestmark = pytest.mark.usefixtures("present")

VERSIONS = "/publications/newsletter-1/versions"


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    """A town with a board and a publication."""
    await organisations(boards)
    await boards.made("/bodies", a_body())
    await boards.made("/publications", a_publication(commissioned_by="planungsbeirat"))
    return boards


async def a_file(door: Door, content: bytes = PDF, **said: str) -> str:
    params = {
        "file_name": "Bericht.pdf",
        "subject_kind": "publication",
        "subject": "newsletter-1",
        **said,
    }
    answer = await door.post("/files", content=content, params=params)
    assert answer.status_code in (200, 201), answer.text
    key: str = answer.json()["key"]
    return key


def a_version(**more: Any) -> dict[str, Any]:
    return {"published_on": "2026-03-01", **more}


async def test_a_version_keeps_everything_that_is_said_of_it(board: Door) -> None:
    file = await a_file(board, role="main")
    said = {
        "edition": "1. Auflage",
        "published_on": "2026-03-01",
        "changes": None,
        "files": [file],
        "link": "https://www.jena.de/bericht",
        "adopted_by": "planungsbeirat",
        "indicators": ["sgb2-quote", "kinderarmut"],
        "releases": [3],
        "visibility": "public",
    }
    made = await board.post(VERSIONS, said)
    assert made.status_code == 201, made.text
    assert made.headers["location"].endswith(f"{VERSIONS}/1")
    kept = (await board.as_().get(f"{VERSIONS}/1")).json()
    assert {name: kept[name] for name in said} == said
    assert (kept["publication"], kept["number"], kept["withdrawn_at"]) == ("newsletter-1", 1, None)
    publication = (await board.as_().get("/publications/newsletter-1")).json()
    assert publication["current"] == {
        "number": 1,
        "edition": "1. Auflage",
        "published_on": "2026-03-01",
    }


async def test_figures_are_asked_for_where_they_belong(board: Door) -> None:
    await board.made(VERSIONS, a_version(indicators=["sgb2-quote"], releases=[3]))
    town = board.municipality.key
    assert sorted(INDICATORS.calls) == [
        f"/v1/{town}/indicators/sgb2-quote",
        f"/v1/{town}/releases/release-3",
    ]
    INDICATORS.calls.clear()
    changed = {"indicators": ["sgb2-quote", "kinderarmut"]}
    assert (await board.patch(f"{VERSIONS}/1", changed)).status_code == 200
    assert INDICATORS.calls == [f"/v1/{town}/indicators/kinderarmut"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"files": ["f-nowhere"]}, "/files/0"),
        ({"indicators": ["sgb2-quote", "nowhere"]}, "/indicators/1"),
        ({"indicators": ["sgb2-quote", "sgb2-quote"]}, "/indicators"),
        ({"releases": [0]}, "/releases/0"),
        ({"releases": [3, 3]}, "/releases"),
        ({"adopted_by": "nobody"}, "/adopted_by"),
        ({"published_on": None}, "/published_on"),
        ({"link": "ftp://jena.de"}, "/link"),
        ({"number": 7}, "/number"),
    ],
)
async def test_a_version_that_cannot_be_is_refused(
    board: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await board.post(VERSIONS, a_version(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await board.get(VERSIONS)).json()["items"] == []


async def test_while_the_indicators_are_away_a_version_waits(board: Door) -> None:
    INDICATORS.away = True
    refused = await board.post(VERSIONS, a_version(indicators=["sgb2-quote"]))
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert (await board.get(VERSIONS)).json()["items"] == []
    assert (await board.post(VERSIONS, a_version())).status_code == 201


async def test_files_of_something_else_and_hidden_ones_are_refused(board: Door) -> None:
    await board.made("/publications", a_publication("other"))
    elsewhere = await a_file(board, subject="other")
    hidden = await a_file(board, visibility="members", file_name="b.pdf")
    refused = await board.post(VERSIONS, a_version(files=[elsewhere, hidden]))
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
        ("/files/0", "unknown"),
        ("/files/1", "hidden"),
    ]
    inside = a_version(files=[hidden], visibility="members")
    assert (await board.post(VERSIONS, inside)).status_code == 201


async def test_a_later_version_says_what_changed_and_is_the_current_one(board: Door) -> None:
    old, new = await a_file(board), await a_file(board, PDF + b"%%EOF", role="main")
    await board.made(VERSIONS, a_version(files=[old]))
    silent = await board.post(VERSIONS, a_version(files=[new]))
    assert silent.json()["errors"][0]["pointer"] == "/changes"
    told = a_version(files=[old, new], published_on="2026-06-01", changes=text("Berichtigt."))
    await board.made(VERSIONS, told)
    reader = board.as_()
    listed = (await reader.get(VERSIONS)).json()["items"]
    assert [item["number"] for item in listed] == [2, 1]
    publication = await reader.get("/publications/newsletter-1")
    assert publication.json()["current"]["number"] == 2
    document = "/publications/newsletter-1/document"
    for query, file in (("", new), ("?version=1", old), ("?version=2", new)):
        led = await reader.get(document + query)
        assert led.status_code == 307
        assert led.headers["location"] == f"/v1/{board.municipality.key}/files/{file}/content"
    assert (await reader.get(f"{document}?version=3")).status_code == 404


async def test_the_etag_of_a_publication_knows_its_current_version(board: Door) -> None:
    address = "/publications/newsletter-1"
    before = (await board.as_().get(address)).headers["etag"]
    await board.made(VERSIONS, a_version())
    known = {"If-None-Match": before}
    after = await board.as_().get(address, headers=known)
    assert (after.status_code, after.json()["current"]["number"]) == (200, 1)
    known = {"If-None-Match": after.headers["etag"]}
    assert (await board.as_().get(address, headers=known)).status_code == 304
    change = {"If-Match": after.headers["etag"]}
    changed = await board("PATCH", address, json={"year": 2018}, headers=change)
    assert changed.status_code == 200, changed.text


async def test_a_version_in_preparation_is_not_yet_there_for_others(board: Door) -> None:
    await board.made(VERSIONS, a_version())
    hidden = a_version(changes=text("Neu."), visibility="administration")
    await board.made(VERSIONS, hidden)
    reader = board.as_()
    assert (await reader.get(f"{VERSIONS}/2")).status_code == 404
    assert [v["number"] for v in (await reader.get(VERSIONS)).json()["items"]] == [1]
    current = [
        (await d.get("/publications/newsletter-1")).json()["current"] for d in (reader, board)
    ]
    assert [version["number"] for version in current] == [1, 2]
    listed = (await reader.get("/publications")).json()["items"]
    assert listed[0]["current"]["number"] == 1


async def test_files_of_a_version_in_preparation_are_not_there_for_others(
    board: Door, world: Reader
) -> None:
    shared, new = await a_file(board), await a_file(board, PDF + b"%%EOF", file_name="neu.pdf")
    await board.made(VERSIONS, a_version(files=[shared]))
    prepared = a_version(files=[shared, new], changes=text("Neu."), visibility="administration")
    await board.made(VERSIONS, prepared)
    reader = board.as_()

    async def readable() -> list[int]:
        return [(await reader.get(f"/files/{key}/content")).status_code for key in (shared, new)]

    assert await readable() == [200, 404]
    assert [one["fileName"] for one in await world.data("files")] == ["Bericht.pdf"]
    shown = await board.patch(f"{VERSIONS}/2", {"visibility": "public"})
    assert (shown.status_code, shown.headers["etag"]) == (200, '"r2"')
    assert await readable() == [200, 200]


async def test_a_file_that_no_version_has_yet_is_the_draft_of_one(
    board: Door, world: Reader
) -> None:
    first, second = await a_file(board), await a_file(board, PDF + b"%%EOF", visibility="public")
    reader = board.as_()

    async def readable(door: Door) -> list[int]:
        return [(await door.get(f"/files/{key}/content")).status_code for key in (first, second)]

    assert await readable(reader) == [404, 200]
    await board.made(VERSIONS, a_version(files=[first], visibility="members"))
    assert await readable(reader) == [404, 200]
    assert await readable(board.as_("member")) == [200, 200]
    told = a_version(files=[first, second], changes=text("Für alle."))
    refused = await board.post(VERSIONS, told)
    assert refused.json()["errors"][0]["code"] == "hidden"
    third = await a_file(board, PDF + b"a%%EOF", file_name="dritte.pdf")
    assert [one["fileName"] for one in await world.data("files")] == ["Bericht.pdf"]
    await board.made(VERSIONS, {**told, "files": [second, third]})
    assert (await reader.get(f"/files/{third}/content")).status_code == 200
    assert len(await world.data("files")) == 2


async def test_who_hides_a_version_hides_its_files(board: Door, world: Reader) -> None:
    file = await a_file(board)
    await board.made(VERSIONS, a_version(files=[file]))
    (shown,) = await world.data("files")
    await board.patch(f"{VERSIONS}/1", {"visibility": "members"})
    assert (await board.as_().get(f"/files/{file}/content")).status_code == 404
    assert (await board.as_("member").get(f"/files/{file}/content")).status_code == 200
    assert (await world.one(shown["id"]))["deleted"] is True


async def test_a_file_that_was_hidden_on_purpose_stays_hidden(board: Door, world: Reader) -> None:
    file = await a_file(board)
    await board.made(VERSIONS, a_version(files=[file]))
    assert len(await world.data("files")) == 1
    hidden = await board.patch(f"/files/{file}", {"visibility": "administration"}, 2)
    assert hidden.status_code == 200, hidden.text
    again = a_version(files=[file], changes=text("Neu."))
    for refused in (
        await board.patch(f"{VERSIONS}/1", {"edition": "1."}),
        await board.post(VERSIONS, again),
    ):
        assert refused.status_code == 422
        assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
            ("/files/0", "hidden")
        ]
    await board.made(VERSIONS, {**again, "visibility": "administration"})
    assert (await board.patch(f"{VERSIONS}/2", {"visibility": "public"})).status_code == 422
    assert (await board.as_().get(f"/files/{file}/content")).status_code == 404
    assert await world.data("files") == []
    assert (await board.get(VERSIONS)).json()["items"][-1]["edition"] is None


async def test_no_detour_opens_what_was_hidden_on_purpose(board: Door, world: Reader) -> None:
    """Its version is hidden and shown again, or withdrawn while another one has it."""
    file, beside = await a_file(board), await a_file(board, PDF + b"%%EOF")
    reader = board.as_()

    async def readable() -> list[int]:
        return [(await reader.get(f"/files/{key}/content")).status_code for key in (file, beside)]

    await board.made(VERSIONS, a_version(files=[file, beside]))
    await board.patch(f"/files/{file}", {"visibility": "administration"}, 2)
    for visibility, status in (("administration", 200), ("public", 422), ("members", 422)):
        revision = 1 if visibility == "administration" else 2
        shown = await board.patch(f"{VERSIONS}/1", {"visibility": visibility}, revision)
        assert shown.status_code == status, shown.text
    assert await readable() == [404, 404]
    again = a_version(files=[file, beside], changes=text("Neu."), visibility="administration")
    await board.made(VERSIONS, again)
    await board.post(f"{VERSIONS}/1/withdrawal", {"reason": "Nennt eine Person."})
    refused = await board.patch(f"{VERSIONS}/2", {"visibility": "public"})
    assert refused.json()["errors"][0]["code"] == "hidden"
    assert await world.data("files") == []
    revision = (await board.get(f"/files/{file}")).json()["revision"]
    await board.patch(f"/files/{file}", {"visibility": "public"}, revision)
    opened = await board.patch(f"{VERSIONS}/2", {"visibility": "public"})
    assert opened.status_code == 200, opened.text
    assert await readable() == [200, 200], "what its version alone had hidden comes with it"


async def test_two_versions_at_once_get_two_numbers(board: Door) -> None:
    versions = [a_version(changes=text(f"Fassung {n}.")) for n in range(4)]
    made = await asyncio.gather(*(board.post(VERSIONS, version) for version in versions))
    assert sorted(answer.json()["number"] for answer in made) == [1, 2, 3, 4]


async def test_what_is_said_of_a_version_changes_but_not_its_files(board: Door) -> None:
    file = await a_file(board)
    await board.made(VERSIONS, a_version(files=[file]))
    changed = await board.patch(f"{VERSIONS}/1", {"adopted_by": "planungsbeirat"})
    assert (changed.status_code, changed.json()["adopted_by"]) == (200, "planungsbeirat")
    refused = await board.patch(f"{VERSIONS}/1", {"files": []}, 2)
    assert refused.json()["errors"][0]["pointer"] == "/files"
    assert (await board.patch(f"{VERSIONS}/1", {"edition": "x"}, 1)).status_code == 412
    await board.post(f"/files/{file}/withdrawal", {"reason": "x"})
    later = await board.patch(f"{VERSIONS}/1", {"edition": "1."}, 2)
    assert later.status_code == 200, later.text
    history = (await board.get(f"{VERSIONS}/1/history")).json()
    assert [entry["row"]["edition"] for entry in history] == ["1.", None, None]


async def test_a_withdrawn_version_gives_way_to_the_one_before(board: Door) -> None:
    shared, old, new = [
        await a_file(board, PDF + mark + b"%%EOF", file_name=f"{n}.pdf")
        for n, mark in enumerate((b"a", b"b", b"c"))
    ]
    await board.made(VERSIONS, a_version(files=[shared, old]))
    await board.made(VERSIONS, a_version(files=[new, shared], changes=text("Neu.")))
    reason = {"reason": "Falsche Tabelle."}
    withdrawn = await board.post(f"{VERSIONS}/2/withdrawal", reason)
    assert (withdrawn.status_code, withdrawn.json()["reason"]) == (200, "Falsche Tabelle.")
    reader = board.as_()
    assert (await reader.get("/publications/newsletter-1")).json()["current"]["number"] == 1
    statuses = [
        (await reader.get(f"/files/{key}/content")).status_code for key in (shared, old, new)
    ]
    assert statuses == [200, 200, 410]
    document = "/publications/newsletter-1/document"
    assert (await reader.get(f"{document}?version=2")).status_code == 410
    assert (await reader.get(document)).headers["location"].endswith(f"/{shared}/content")
    assert (await board.post(f"{VERSIONS}/2/withdrawal", reason)).status_code == 409
    assert (await board.patch(f"{VERSIONS}/2", {"edition": "x"}, 2)).status_code == 409
    again = await board.made(VERSIONS, a_version(changes=text("Berichtigt.")))
    assert again["number"] == 3


async def test_what_only_a_draft_still_has_is_closed_when_its_version_is_withdrawn(
    board: Door, world: Reader
) -> None:
    file = await a_file(board)
    await board.made(VERSIONS, a_version(files=[file]))
    draft = a_version(files=[file], changes=text("Korrigiert."), visibility="administration")
    await board.made(VERSIONS, draft)
    assert (await board.as_().get(f"/files/{file}/content")).status_code == 200
    withdrawn = await board.post(f"{VERSIONS}/1/withdrawal", {"reason": "Nennt eine Person."})
    assert withdrawn.status_code == 200, withdrawn.text
    for address in (f"/files/{file}", f"/files/{file}/content"):
        assert (await board.as_().get(address)).status_code == 404
        assert (await board.get(address)).status_code == 200
    assert await world.data("files") == []
    opened = await board.patch(f"{VERSIONS}/2", {"visibility": "public"})
    assert opened.status_code == 200, opened.text
    assert (await board.as_().get(f"/files/{file}/content")).status_code == 200


async def test_a_withdrawn_publication_stays_as_a_stub(board: Door) -> None:
    file = await a_file(board)
    await board.made(VERSIONS, a_version(files=[file]))
    reason = {"reason": "Enthielt Angaben zu einzelnen Personen."}
    withdrawn = await board.post("/publications/newsletter-1/withdrawal", reason)
    assert withdrawn.status_code == 200, withdrawn.text
    reader = board.as_()
    stub = (await reader.get("/publications/newsletter-1")).json()
    assert (stub["reason"], stub["current"]) == (reason["reason"], None)
    assert (await reader.get("/publications")).json()["items"] == []
    assert len((await reader.get("/publications?withdrawn=true")).json()["items"]) == 1
    assert (await reader.get(f"/files/{file}/content")).status_code == 410
    assert (await reader.get("/publications/newsletter-1/document")).status_code == 410
    for answer in (
        await board.post("/publications/newsletter-1/withdrawal", reason),
        await board.patch("/publications/newsletter-1", {"year": 2018}, 2),
        await board.post(VERSIONS, a_version(changes=text("Neu."))),
        await board.post(f"{VERSIONS}/1/withdrawal", reason),
    ):
        assert answer.status_code == 409


async def test_publications_are_found_by_what_they_rest_on(board: Door) -> None:
    await board.made("/publications", a_publication("other"))
    await board.made(VERSIONS, a_version(indicators=["sgb2-quote"], releases=[3]))
    other = a_version(indicators=["kinderarmut"], visibility="administration")
    await board.made("/publications/other/versions", other)

    async def keys(door: Door, query: str) -> list[str]:
        return [item["key"] for item in (await door.get(f"/publications?{query}")).json()["items"]]

    assert await keys(board.as_(), "indicator=sgb2-quote") == ["newsletter-1"]
    assert await keys(board.as_(), "release=3") == ["newsletter-1"]
    assert await keys(board, "indicator=kinderarmut") == ["other"]
    assert await keys(board.as_(), "indicator=kinderarmut") == []
    assert await keys(board.as_(), "body=planungsbeirat") == ["newsletter-1"]


async def test_bodies_that_are_hidden_are_not_named(board: Door) -> None:
    await board.patch("/publications/newsletter-1", {"bodies": ["planungsbeirat"]})
    await board.made(VERSIONS, a_version(adopted_by="planungsbeirat"))
    await board.patch("/bodies/planungsbeirat", {"visibility": "administration"})
    told = (await board.as_().get("/publications/newsletter-1")).json()
    assert (told["bodies"], told["commissioned_by"]) == ([], None)
    assert (await board.as_().get(f"{VERSIONS}/1")).json()["adopted_by"] is None
    assert (await board.get("/publications/newsletter-1")).json()["bodies"] == ["planungsbeirat"]


async def test_another_town_finds_no_version_of_ours(
    board: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    await board.made(VERSIONS, a_version())
    elsewhere = doors("boards", new_town())
    for address in (VERSIONS, f"{VERSIONS}/1", "/publications/newsletter-1/document"):
        assert (await elsewhere.get(address)).status_code == 404
    assert (await elsewhere.post(VERSIONS, a_version())).status_code == 404
    assert (await elsewhere.post(f"{VERSIONS}/1/withdrawal", {"reason": "x"})).status_code == 404


async def test_a_page_of_publications_costs_few_statements(
    board: Door, statements: list[str]
) -> None:
    for number in range(3):
        await board.made("/publications", a_publication(f"n-{number}", bodies=["planungsbeirat"]))
        await board.made(f"/publications/n-{number}/versions", a_version())
    for reader, most in ((board, 3), (board.as_(), 4)):
        statements.clear()
        assert len((await reader.get("/publications")).json()["items"]) == 4
        assert len(statements) == most
