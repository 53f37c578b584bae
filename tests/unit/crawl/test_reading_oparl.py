"""Servers that fail, lie or go round in circles are read; a break costs nothing."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.commands import oparl
from services.commands.surroundings import console
from services.contracts.boards.harvests import OparlBatch, OparlReport
from services.crawl import files, harvest, reading, walking
from services.crawl.harvest import Platform, Refused, Tally
from services.crawl.reading import Gone, NotRead

BASE = "https://ris.example.org"
BODY = f"{BASE}/body/1"


def no_wait(_: float) -> None:
    """Nobody waits in a test."""


def server(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


class Council:
    """A council information system in memory: addresses and what they answer."""

    def __init__(self, pages: dict[str, Any]) -> None:
        self.pages, self.asked = pages, list[str]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        bare = str(request.url).partition("modified_since")[0].rstrip("?&")
        found = self.pages.get(str(request.url), self.pages.get(bare))
        if found is None:
            return httpx.Response(404)
        if isinstance(found, httpx.Response):
            return httpx.Response(found.status_code, content=found.content)
        return httpx.Response(200, json=found)


class Town:
    """The side of the platform: takes batches and remembers where the reading stands."""

    def __init__(self, missing: list[str] | None = None) -> None:
        self.source: dict[str, Any] | None = None
        self.batches: list[dict[str, Any]] = []
        self.missing = missing or []
        self.fails_at: int | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/oparl-sources"):
            self.source = {**json.loads(request.content), **_STORED}
            return httpx.Response(201, json=self.source)
        if path.endswith("/missing"):
            return httpx.Response(
                200, json={"addresses": self.missing, "objects": len(self.missing)}
            )
        if path.endswith("/batches"):
            if self.fails_at == len(self.batches):
                raise httpx.ConnectError("away")
            return self._take(json.loads(request.content))
        return httpx.Response(200, json=self.source) if self.source else httpx.Response(404)

    def _take(self, batch: dict[str, Any]) -> httpx.Response:
        OparlBatch.model_validate(batch)
        self.batches.append(batch)
        assert self.source is not None
        if batch.get("finished"):
            read_at = batch["started_at"]
            self.source |= {"list": None, "next": None, "started_at": None, "read_at": read_at}
        elif batch.get("started_at"):
            self.source |= {name: batch.get(name) for name in ("list", "next", "started_at")}
        names = ("created", "changed", "unchanged", "deleted", "left_out", "waiting")
        counts: dict[str, dict[str, int]] = {name: {} for name in names}
        return httpx.Response(200, json={**counts, "repairs": []})

    def taken(self) -> list[str]:
        return [one["id"] for batch in self.batches for one in batch["objects"]]

    def platform(self) -> Platform:
        return Platform(
            httpx.Client(transport=httpx.MockTransport(self), base_url="http://town/v1/jena/"),
            "rathaus",
        )


_STORED: dict[str, Any] = {
    "id": "0193d3a4-5b6c-7d8e-9f00-112233445566",
    "revision": 1,
    "created_at": "2026-03-01T04:00:00Z",
    "changed_at": "2026-03-01T04:00:00Z",
    "list": None,
    "next": None,
    "started_at": None,
    "read_at": None,
}


def thing(path: str, type: str = "Paper") -> dict[str, Any]:
    return {"id": f"{BASE}/{path}", "type": f"https://schema.oparl.org/1.1/{type}"}


def council(**more: Any) -> Council:
    body = {
        **thing("body/1", "Body"),
        "organization": f"{BASE}/o",
        "meeting": f"{BASE}/m",
        "paper": f"{BASE}/p",
    }
    pages: dict[str, Any] = {
        BODY: body,
        f"{BASE}/o": {"data": [thing("o/1", "Organization")], "links": {}},
        f"{BASE}/m": {"data": [thing("m/1", "Meeting")], "links": {}},
        f"{BASE}/p": {"data": [thing("p/1")], "links": {"next": f"{BASE}/p?page=2"}},
        f"{BASE}/p?page=2": {"data": [thing("p/2")], "links": {}},
    }
    return Council({**pages, **more})


def read_all(ris: Council, town: Town, url: str = BODY) -> Platform:
    platform = town.platform()
    harvest.from_server(server(ris), platform, url, tell=lambda *_: None, wait=no_wait)
    return platform


def test_every_page_of_every_list_is_handed_over() -> None:
    town = Town()
    read_all(council(), town)
    assert town.taken() == [f"{BASE}/{name}" for name in ("o/1", "m/1", "p/1", "p/2")]
    assert town.source is not None
    assert town.source["read_at"] is not None


def test_an_interrupted_reading_goes_on_where_it_stood() -> None:
    town, ris = Town(), council()
    town.fails_at = 3
    with pytest.raises(httpx.ConnectError):
        read_all(ris, town)
    assert town.taken() == [f"{BASE}/{name}" for name in ("o/1", "m/1", "p/1")]
    town.fails_at, ris.asked = None, []
    read_all(ris, town)
    assert town.taken() == [f"{BASE}/{name}" for name in ("o/1", "m/1", "p/1", "p/2")]
    assert f"{BASE}/o" not in ris.asked


@pytest.mark.parametrize(("page", "at"), [("p", 3), ("p?page=2", 4)])
def test_a_large_page_that_was_interrupted_is_read_again_as_a_whole(page: str, at: int) -> None:
    town, ris = Town(), council()
    large = [thing(f"p/{n}") for n in range(10, 610)]
    ris.pages[f"{BASE}/{page}"]["data"] = large
    town.fails_at = at
    with pytest.raises(httpx.ConnectError):
        read_all(ris, town)
    town.fails_at = None
    read_all(ris, town)
    assert set(town.taken()) >= {one["id"] for one in large}


def test_what_changes_while_a_reading_is_interrupted_is_asked_for_by_the_next() -> None:
    town, ris = Town(), council()
    town.fails_at = 3
    with pytest.raises(httpx.ConnectError):
        read_all(ris, town)
    town.fails_at = None
    assert town.source is not None
    began = town.source["started_at"]
    read_all(ris, town)
    assert town.source["read_at"] == began


def test_the_next_reading_asks_only_for_what_changed() -> None:
    town, ris = Town(), council()
    read_all(ris, town)
    ris.asked = []
    read_all(ris, town)
    lists = [url for url in ris.asked if url != BODY and "page=2" not in url]
    assert lists
    assert all("modified_since=" in url for url in lists)


def test_clocks_differ_by_an_hour_at_most() -> None:
    asked = walking.since(f"{BASE}/p?limit=9", datetime(2026, 3, 1, 4, 30, 0, 7, UTC))
    assert asked == f"{BASE}/p?limit=9&modified_since=2026-03-01T03%3A30%3A00%2B00%3A00"
    assert walking.since(f"{BASE}/p", None) == f"{BASE}/p"


def test_a_list_with_nothing_new_may_answer_404() -> None:
    town, ris = Town(), council()
    read_all(ris, town)
    for name in ("o", "m", "p"):
        del ris.pages[f"{BASE}/{name}"]
    before = len(town.taken())
    platform = read_all(ris, town)
    assert len(town.taken()) == before
    assert platform.tally.not_there == []


def test_a_list_with_nothing_new_may_answer_an_empty_array() -> None:
    town, ris = Town(), council()
    ris.pages[f"{BASE}/m"] = []
    read_all(ris, town)
    assert f"{BASE}/m/1" not in town.taken()


def test_a_list_may_be_a_bare_array() -> None:
    town, ris = Town(), council()
    ris.pages[f"{BASE}/m"] = [thing("m/1", "Meeting"), thing("m/2", "Meeting")]
    read_all(ris, town)
    assert town.taken()[1:3] == [f"{BASE}/m/1", f"{BASE}/m/2"]


def test_a_list_that_is_not_there_is_told_and_the_others_are_read() -> None:
    town, ris = Town(), council()
    del ris.pages[f"{BASE}/m"]
    platform = read_all(ris, town)
    assert platform.tally.not_there == [f"{BASE}/m"]
    assert f"{BASE}/p/2" in town.taken()


def test_a_list_that_leads_back_to_itself_ends() -> None:
    ris = council()
    ris.pages[f"{BASE}/p?page=2"]["links"] = {"next": f"{BASE}/p"}
    town = Town()
    read_all(ris, town)
    assert town.taken().count(f"{BASE}/p/1") == 1


def test_a_list_whose_page_of_yesterday_is_gone_is_read_from_its_beginning() -> None:
    town, ris = Town(), council()
    town.fails_at = 3
    with pytest.raises(httpx.ConnectError):
        read_all(ris, town)
    town.fails_at = None
    assert town.source is not None
    assert town.source["next"] == f"{BASE}/p?page=2"
    ris.pages[f"{BASE}/p"]["links"] = {"next": f"{BASE}/p?from=p2"}
    ris.pages[f"{BASE}/p?from=p2"] = ris.pages.pop(f"{BASE}/p?page=2")
    platform = read_all(ris, town)
    assert f"{BASE}/p/2" in town.taken()
    assert platform.tally.not_there == []


@pytest.mark.parametrize("before", [True, False])
def test_a_list_that_breaks_off_is_read_again_next_time(before: bool) -> None:
    town, ris = Town(), council()
    if before:
        read_all(ris, town)
    assert town.source is None or town.source["read_at"] is not None
    second = ris.pages.pop(f"{BASE}/p?page=2")
    since = town.source["read_at"] if town.source is not None else None
    platform = read_all(ris, town)
    assert platform.tally.not_there == [f"{BASE}/p?page=2"]
    assert f"{BASE}/m/1" in town.taken(), "the other lists are read"
    assert town.source is not None
    assert (town.source["read_at"], town.source["list"]) == (since, None)
    ris.pages[f"{BASE}/p?page=2"], read = second, len(town.taken())
    read_all(ris, town)
    assert f"{BASE}/p/2" in town.taken()[read:]
    assert town.source["read_at"] != since


def test_what_calls_itself_otherwise_is_known_by_both_addresses() -> None:
    town = Town(missing=[f"{BASE}/meeting.php?id=7"])
    found = thing("m/7", "Meeting")
    read_all(council(**{f"{BASE}/meeting.php?id=7": found}), town)
    called = [batch["called"] for batch in town.batches if batch.get("called")]
    assert called == [{f"{BASE}/meeting.php?id=7": f"{BASE}/m/7"}]


def test_what_calls_itself_as_others_do_needs_no_second_address() -> None:
    town = Town(missing=[f"{BASE}/m/7"])
    read_all(council(**{f"{BASE}/m/7": thing("m/7", "Meeting")}), town)
    assert f"{BASE}/m/7" in town.taken()
    assert not any(batch.get("called") for batch in town.batches)


def test_a_server_that_fails_over_an_encoded_query_gets_it_plain() -> None:
    waits: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(500 if b"%3A" in request.url.query else 200, json=[])

    url = f"{BASE}/p?modified_since=2026-03-01T04%3A00%3A00%2B01%3A00"
    assert reading.read(server(answer), url, waits.append) == []
    assert waits == []


def test_the_lists_of_a_body_in_snake_case_are_found() -> None:
    body = {**thing("body/1", "Body"), "agenda_item": f"{BASE}/a"}
    (found,) = walking.bodies(server(Council({BODY: body})), BODY, no_wait)
    assert found.lists == {"agendaItem": f"{BASE}/a"}


def test_the_address_of_a_list_may_stand_alone_in_an_array() -> None:
    body = {**thing("body/1", "Body"), "paper": [f"{BASE}/p"], "meeting": [f"{BASE}/m", "?"]}
    (found,) = walking.bodies(server(Council({BODY: body})), BODY, no_wait)
    assert found.lists == {"paper": f"{BASE}/p"}


@pytest.mark.parametrize("said", ["/p?page=2", "?page=2", " p?page=2"])
def test_a_link_without_the_name_of_the_server_leads_to_the_next_page(said: str) -> None:
    ris = council()
    ris.pages[f"{BASE}/p"]["links"] = {"next": said}
    town = Town()
    read_all(ris, town)
    assert town.taken()[-1] == f"{BASE}/p/2"


@pytest.mark.parametrize("said", [None, "", " ", 2, "mailto:rat@example.org", "http://[::1"])
def test_a_link_that_leads_nowhere_ends_the_list(said: Any) -> None:
    ris = council()
    ris.pages[f"{BASE}/p?page=2"]["links"] = {"next": said, "prev": None}
    town = Town()
    read_all(ris, town)
    assert town.taken()[-1] == f"{BASE}/p/2"


def test_what_objects_name_and_no_list_holds_is_fetched_by_itself() -> None:
    town = Town(missing=[f"{BASE}/m/7", f"{BASE}/m/8"])
    ris = council(**{f"{BASE}/m/7": thing("m/7", "Meeting")})
    platform = read_all(ris, town)
    assert f"{BASE}/m/7" in town.taken()
    assert platform.tally.not_there == [f"{BASE}/m/8"]
    assert ris.asked.count(f"{BASE}/m/8") == 1


def test_a_body_where_a_list_of_bodies_belongs_is_understood() -> None:
    ris = council()
    ris.pages[f"{BASE}/system"] = {**thing("system", "System"), "body": BODY}
    assert [body.url for body in walking.bodies(server(ris), f"{BASE}/system", no_wait)] == [BODY]
    ris.pages[f"{BASE}/bodies"] = {"data": [ris.pages[BODY]], "links": {}}
    ris.pages[f"{BASE}/system"]["body"] = f"{BASE}/bodies"
    assert len(walking.bodies(server(ris), f"{BASE}/system", no_wait)) == 1


def test_of_several_bodies_one_must_be_named() -> None:
    ris = council()
    second = {**ris.pages[BODY], "id": f"{BASE}/body/2"}
    ris.pages[f"{BASE}/bodies"] = {"data": [ris.pages[BODY], second], "links": {}}
    with pytest.raises(NotRead, match="body/2"):
        read_all(ris, Town(), f"{BASE}/bodies")


def test_what_is_no_council_is_refused() -> None:
    with pytest.raises(NotRead, match="neither a system nor a body"):
        read_all(council(), Town(), f"{BASE}/o")


def test_a_key_stands_for_one_source() -> None:
    town = Town()
    read_all(council(), town)
    with pytest.raises(Refused, match="choose another key"):
        read_all(council(), town, f"{BASE}/bodies")


def test_a_server_that_fails_now_and_then_is_asked_again() -> None:
    answers = [httpx.Response(500), httpx.Response(503), httpx.Response(200, json={"id": BODY})]
    waits: list[float] = []
    found = reading.read(server(lambda _: answers.pop(0)), BODY, waits.append)
    assert found == {"id": BODY}
    assert waits == [1.0, 2.0]


def test_a_server_that_breaks_off_or_is_asked_too_often_is_asked_again() -> None:
    answers: list[httpx.Response | None] = [None, httpx.Response(429)]

    def answer(_: httpx.Request) -> httpx.Response:
        found = answers.pop(0) if answers else httpx.Response(200, json=[])
        if found is None:
            raise httpx.ReadTimeout("nothing came")
        return found

    assert reading.read(server(answer), BODY, no_wait) == []
    assert answers == []


def test_a_server_that_fails_for_good_is_given_up() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(500)

    with pytest.raises(NotRead, match="answered 500"):
        reading.read(server(answer), BODY, no_wait)
    assert len(asked) == 4


@pytest.mark.parametrize("status", [400, 404])
@pytest.mark.parametrize("encoded", [b"%3A", b"%2B"])
def test_a_server_that_wants_its_query_plain_gets_it_plain(status: int, encoded: bytes) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        fine = encoded not in request.url.query
        return httpx.Response(200, json=[]) if fine else httpx.Response(status)

    url = f"{BASE}/p?modified_since=2026-03-01T04%3A00%3A00%2B01%3A00"
    assert reading.read(server(answer), url, no_wait) == []


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_gone_at_once(status: int) -> None:
    with pytest.raises(Gone):
        reading.read(server(lambda _: httpx.Response(status)), BODY, no_wait)


@pytest.mark.parametrize(
    "content",
    [
        b'{"name": "Kinder\x0bund\tJugend"}',
        b'{\x0b"name": "Kinder"\x00}',
        b'\xef\xbb\xbf{"name": "BOM"}',
        '{"name": "Größe"}'.encode("latin-1"),
    ],
)
def test_almost_json_is_understood(content: bytes) -> None:
    assert "name" in reading.understood(BODY, content)


@pytest.mark.parametrize("content", [b"<html>Fehler</html>", b"", b'{"offen": ', b"[" * 100_000])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(NotRead):
        reading.understood(BODY, content)


def test_the_report_says_what_came_of_a_reading_and_what_was_put_right() -> None:
    tally = Tally()
    counts: dict[str, dict[str, int]] = {
        name: {} for name in ("changed", "unchanged", "deleted", "waiting")
    }
    meeting = f"{BASE}/meeting/10044"
    repair = {"code": "order_not_from_zero", "property": "agendaItem", "count": 134}
    told = {"created": {"Meeting": 1675}, "left_out": {"Person": 3}, **counts}
    for _ in range(2):
        repairs = [{**repair, "example": meeting}]
        tally.add(OparlReport.model_validate({**told, "repairs": repairs}))
    tally.not_there.append(f"{BASE}/p?page=2")
    with console.capture() as said:
        oparl._tell(tally, waiting=262)
    report = said.get()
    for words in ("3,350", "Person", "262 objects name others", "p?page=2", "order not from zero"):
        assert words in report, report
    assert "268" in report
    assert "agendaItem" in report


def test_large_pages_are_parted_into_batches() -> None:
    assert [len(part) for part in harvest.parts([thing(f"p/{n}") for n in range(1200)])] == [
        500, 500, 200
    ]  # fmt: skip
    large = [{**thing(f"p/{n}"), "name": "x" * 600_000} for n in range(3)]
    assert [len(part) for part in harvest.parts(large)] == [1, 1, 1]
    assert list(harvest.parts([])) == [[]]


def test_files_are_read_in_the_order_in_which_they_name_one_another(tmp_path: Path) -> None:
    for name in ("paper", "organization", "meeting", "agenda-item"):
        with gzip.open(tmp_path / f"{name}.json.gz", "wb") as file:
            file.write(json.dumps({"data": [thing(f"{name}/1")]}).encode())
    (tmp_path / "README.md").write_text("nothing to read")
    found = list(files.pages(tmp_path))
    assert [page.list for page in found] == ["organization", "meeting", "agendaItem", "paper"]
    assert all(len(page.objects) == 1 for page in found)


def test_a_file_that_is_no_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "paper.json.gz").write_bytes(b"no gzip")
    with pytest.raises(NotRead, match="no file of gzip"):
        list(files.pages(tmp_path))


def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_MOST_BYTES", 1000)
    with gzip.open(tmp_path / "paper.json.gz", "wb") as file:
        file.write(b"[" + b" " * 5000 + b"]")
    with pytest.raises(NotRead, match="256 MB"):
        list(files.pages(tmp_path))
