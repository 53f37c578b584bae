"""What happened is told in order to those who may see it: nothing twice, nothing not at all."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.boards.papers.queries import PAPERS
from services.contracts.projects.booking_mappings import NewBookingMapping
from services.contracts.shared.access import Municipality
from services.contracts.shared.events import Event
from services.gateway.app import Gateway
from services.kit.settings import Settings
from services.projects.booking_mappings.queries import BOOKING_MAPPINGS
from tests.integration.boards.council import a_body, a_membership, a_paper, a_person
from tests.integration.gateway.conftest import Bearer, served
from tests.integration.gateway.telling import Listening, before_all, listening
from tests.integration.indicators.figures import deliver, equip, second, tidy
from tests.integration.projects.samples import BOOKING_MAPPING
from tests.support.towns import Door, actor


@pytest.fixture(scope="module")
async def whole(
    settings: Settings, database_url: str, apps: dict[str, FastAPI]
) -> AsyncIterator[Gateway]:
    async with before_all(settings, database_url, apps) as made:
        yield made


@pytest.fixture
async def office(
    whole: Gateway,
    town: Municipality,
    doors: Callable[[str, Municipality], Door],
    bearer: Bearer,
) -> AsyncIterator[Listening]:
    async with listening(whole, town, doors, bearer) as made:
        yield made


def a_topic(key: str) -> dict[str, Any]:
    return {"key": key, "name": {"de": "Bildung"}}


def a_project(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": {"de": "Jobladen"}, "starts_on": "2025-01-01", **more}


async def test_events_of_all_services_come_in_the_order_in_which_they_happened(
    office: Listening,
) -> None:
    await office.service("boards").made("/bodies", a_body())
    await office.service("indicators").made("/topics", a_topic("bildung"))
    await office.service("boards").made("/papers", a_paper())
    page = await office.page()
    assert [item["type"] for item in page["items"]] == [
        "gateway.municipality.created.v1",
        "boards.body.created.v1",
        "indicators.topic.created.v1",
        "boards.paper.created.v1",
    ]
    assert page["next"] is None
    event = page["items"][1]
    assert event["specversion"] == "1.0"
    assert event["id"] == "boards-1"
    assert event["subject"] == "bodies/planungsbeirat"
    assert event["source"].endswith(f"/v1/{office.town.key}")
    assert event["municipality"] == office.town.key
    assert "actor" not in event
    assert Event.model_validate(event).time.tzinfo is not None


async def test_every_stretch_goes_on_where_the_last_ended(office: Listening) -> None:
    for number in range(3):
        await office.service("boards").made("/papers", a_paper(f"vorlage-{number}"))
        await office.service("indicators").made("/topics", a_topic(f"thema-{number}"))
    everything = [item["id"] for item in (await office.page())["items"]]
    assert len(everything) == 7
    page = await office.page(limit=2)
    walked = page["items"]
    while page["next"]:
        page = (await office.get(page["next"])).json()
        walked += page["items"]
    assert [item["id"] for item in walked] == everything
    for place, item in enumerate(walked):
        rest = await office.page(after=item["cursor"])
        assert [one["id"] for one in rest["items"]] == everything[place + 1 :]
    assert (await office.page(after=page["after"]))["items"] == []


async def test_nothing_is_lost_or_doubled_while_others_write(office: Listening) -> None:
    boards, indicators = office.service("boards"), office.service("indicators")
    written = asyncio.Event()

    async def write() -> None:
        for number in range(12):
            await asyncio.gather(
                boards.made("/papers", a_paper(f"vorlage-{number}")),
                boards.made("/bodies", a_body(f"beirat-{number}")),
                indicators.made("/topics", a_topic(f"thema-{number}")),
            )
        written.set()

    async def read() -> list[dict[str, Any]]:
        heard, after, last = [], {}, False
        while True:
            page = await office.page(limit=3, **after)
            heard += page["items"]
            after = {"after": page["after"]}
            if not page["items"] and last:
                return heard
            last = written.is_set()

    _, heard = await asyncio.gather(write(), read())
    names = [item["id"] for item in heard]
    assert len(names) == len(set(names)) == 37
    for service in ("boards", "indicators"):
        numbers = [int(n.split("-")[1]) for n in names if n.startswith(service)]
        assert numbers == sorted(numbers)


async def test_a_draft_is_never_heard_of_and_what_was_published_only_from_then_on(
    office: Listening,
) -> None:
    boards = office.service("boards")
    draft = a_paper("entwurf", state="draft", visibility="administration")
    await boards.made("/papers", draft)
    await boards.patch("/papers/entwurf", {"title": {"de": "Geheim"}})
    public = office.as_()
    assert await public.heard() == []
    change = {"state": "submitted", "visibility": "public"}
    assert (await boards.patch("/papers/entwurf", change, revision=2)).status_code == 200
    [event] = [e for e in (await public.page())["items"] if e["type"].startswith("boards")]
    assert event["type"] == "boards.paper.changed.v1"
    assert event["data"].keys() == {"id", "revision"}
    assert event["data"]["revision"] == 3
    assert len(await office.heard()) == 3
    [*_, last] = (await office.page())["items"]
    assert {"state", "visibility"} <= set(last["data"]["fields"])


async def test_what_is_hidden_again_is_told_no_longer(office: Listening) -> None:
    boards = office.service("boards")
    await boards.made("/papers", a_paper())
    assert await office.as_().heard() == [("boards.paper.created.v1", "papers/vorlage-1")]
    await boards.patch("/papers/vorlage-1", {"visibility": "members"})
    assert await office.as_().heard() == []
    assert await office.as_("member").heard() == [
        ("boards.paper.created.v1", "papers/vorlage-1"),
        ("boards.paper.changed.v1", "papers/vorlage-1"),
    ]


async def test_who_may_not_see_the_body_hears_nothing_of_its_meetings(office: Listening) -> None:
    boards = office.service("boards")
    await boards.made("/bodies", a_body(visibility="administration"))
    await boards.made(
        "/meetings",
        {
            "key": "sitzung",
            "body": "planungsbeirat",
            "name": {"de": "Sitzung"},
            "starts_at": "2026-03-12T13:00:00+01:00",
        },
    )
    assert await office.as_().heard() == []
    assert len(await office.as_("planner").heard()) == 2


async def test_that_a_closed_meeting_decided_on_a_paper_is_for_the_administration(
    office: Listening, apps: dict[str, FastAPI]
) -> None:
    await office.service("boards").made("/papers", a_paper())
    clerk = actor(office.town, ["secretary"])
    async with apps["boards"].state.database.writing(clerk) as session:
        paper = await PAPERS.one(session, "vorlage-1")
        await PAPERS.tell(session, paper, "decided", resolution="geheim")
    assert [kind for kind, _ in await office.as_().heard()] == ["boards.paper.created.v1"]
    [_, decided] = await office.as_("secretary").heard()
    assert decided == ("boards.paper.decided.v1", "papers/vorlage-1")


async def test_of_persons_keys_and_erasures_nobody_hears(
    office: Listening, apps: dict[str, FastAPI]
) -> None:
    boards = office.service("boards")
    await boards.made("/bodies", a_body())
    await boards.made("/persons", a_person(visibility="public"))
    await boards.made("/memberships", a_membership(visibility="public"))
    await boards.made("/papers", a_paper())
    async with apps["boards"].state.database.writing(actor(office.town, ["secretary"])) as session:
        await PAPERS.tell(session, await PAPERS.one(session, "vorlage-1"), "erased")
    key = {
        "key": "maschine",
        "purpose": "x",
        "roles": ["planner"],
        "expires_at": "2026-12-31T00:00:00Z",
    }
    made = await office.client.post(
        f"/v1/{office.town.key}/api-keys", json=key, headers=office.headers
    )
    assert made.status_code == 201, made.text
    assert [kind for kind, _ in await office.heard()] == [
        "boards.body.created.v1",
        "boards.paper.created.v1",
    ]


async def test_only_what_was_asked_for_is_told(office: Listening) -> None:
    await office.service("boards").made("/bodies", a_body())
    await office.service("boards").made("/papers", a_paper())
    await office.service("indicators").made("/topics", a_topic("bildung"))
    asked = "boards.paper.*,indicators.topic.created.v1"
    assert [kind for kind, _ in await office.heard(type=asked)] == [
        "boards.paper.created.v1",
        "indicators.topic.created.v1",
    ]
    first = await office.page(type="boards.body.*", limit=1)
    assert (await office.page(type="boards.body.*", after=first["after"]))["items"] == []


@pytest.mark.parametrize(
    "asked",
    [
        *("boards.papper.*", "boards", "boards.person.*", "%", "boards.paper.*,", "*.v1"),
        *("boards.paper.craeted.v1", "boards.paper.erased.v1", "boards.pap*"),
    ],
)
async def test_a_type_of_which_nothing_is_told_is_refused(office: Listening, asked: str) -> None:
    answer = await office.get(type=asked)
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert (fault["parameter"], fault["code"]) == ("type", "unknown_type")


async def test_an_underscore_in_a_type_stands_for_itself(office: Listening) -> None:
    await office.service("indicators").made("/topics", a_topic("bildung"))
    assert await office.heard(type="indicators.area_level.*") == []


@pytest.mark.parametrize("cursor", ["nonsense", "WzEsMl0", "WzFd"])
async def test_a_cursor_of_another_town_or_none_is_refused(office: Listening, cursor: str) -> None:
    answer = await office.get(after=cursor)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "after"


async def test_too_many_open_lines_and_a_broken_place_are_refused_in_so_many_words(
    office: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/v1/{office.town.key}/events"
    stream = {"Accept": "text/event-stream", **office.headers}
    broken = {**stream, "Last-Event-ID": "nonsense"}
    refused = await office.client.get(address, headers=broken)
    assert refused.status_code == 422
    [fault] = refused.json()["errors"]
    assert (fault["header"], fault["code"]) == ("Last-Event-ID", "cursor")
    for name in ("_STREAMS", "_OPEN_FOR"):
        monkeypatch.setattr(f"services.gateway.events.stream.{name}", 0)
    full = await office.client.get(address, headers=stream)
    assert (full.status_code, full.headers["retry-after"]) == (503, "30")


async def test_who_begins_now_hears_what_happens_from_now_on(office: Listening) -> None:
    await office.service("boards").made("/papers", a_paper())
    page = await office.page(after="latest")
    assert page["items"] == []
    await office.service("boards").made("/bodies", a_body())
    later = await office.page(after=page["after"])
    assert [item["type"] for item in later["items"]] == ["boards.body.created.v1"]


async def test_the_answer_is_not_kept_for_others_and_costs_nothing_when_nothing_happened(
    office: Listening,
) -> None:
    await office.service("boards").made("/papers", a_paper())
    public = office.as_()
    first = await public.get()
    assert "public" not in first.headers["cache-control"]
    address = f"/v1/{office.town.key}/events"
    again = {"If-None-Match": first.headers["etag"]}
    assert (await office.client.get(address, headers=again)).status_code == 304
    await office.service("boards").made("/bodies", a_body())
    assert len((await office.client.get(address, headers=again)).json()["items"]) == 3


async def test_money_is_told_to_those_who_may_inspect_it(
    office: Listening, apps: dict[str, FastAPI]
) -> None:
    await office.service("projects").made("/projects", a_project("jobladen", visibility="public"))
    clerk = actor(office.town, ["controller"])
    async with apps["projects"].state.database.writing(clerk) as session:
        mapping = NewBookingMapping.model_validate(BOOKING_MAPPING)
        await BOOKING_MAPPINGS.add(session, mapping, visibility="administration")
    project = ("projects.project.created.v1", "projects/jobladen")
    money = ("projects.booking-mapping.created.v1", "booking-mappings/journal")
    assert await office.as_("controller").heard() == [project, money]
    for role in ("secretary", "member"):
        assert await office.as_(role).heard() == [project]


async def test_the_address_between_services_does_not_answer_outside(office: Listening) -> None:
    answer = await office.get("/v1/../internal/events/" + office.town.key)
    assert answer.status_code in (400, 404)
    direct = await office.client.get(f"/internal/events/{office.town.key}", headers=office.headers)
    assert direct.status_code == 404


async def test_whoever_listens_hears_at_once_and_goes_on_where_they_were_cut_off(
    office: Listening, whole: Gateway
) -> None:
    await office.service("boards").made("/bodies", a_body())
    stream = {"Accept": "text/event-stream", **office.headers}
    query = {"type": "boards.*"}
    async with served(whole) as url, httpx.AsyncClient(base_url=url, timeout=20) as client:
        address = f"/v1/{office.town.key}/events"
        async with client.stream("GET", address, headers=stream, params=query) as heard:
            assert heard.headers["content-type"].startswith("text/event-stream")
            assert heard.headers["cache-control"] == "no-store"
            lines = heard.aiter_lines()
            first = await next_event(lines)
            assert first["event"] == "boards.body.created.v1"
            await office.service("boards").made("/papers", a_paper())
            assert (await next_event(lines))["event"] == "boards.paper.created.v1"
        stream["Last-Event-ID"] = first["id"]
        async with client.stream("GET", address, headers=stream, params=query) as heard:
            assert (await next_event(heard.aiter_lines()))["event"] == "boards.paper.created.v1"


async def next_event(lines: AsyncIterator[str]) -> dict[str, str]:
    event: dict[str, str] = {}
    async for line in lines:
        if not line and event:
            return event
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value
    raise AssertionError("the stream ended")


async def test_who_delivered_hears_every_step_of_the_own_delivery_and_of_no_other(
    office: Listening,
) -> None:
    indicators = office.service("indicators")
    await equip(indicators)
    for figure, supplier in enumerate(("jenarbeit", "statistik"), start=100):
        door = indicators.as_("supplier", subject=f"key:{supplier}", supplier=supplier)
        sent = await deliver(door, tidy(f"jena,2024,bevoelkerung,,{figure}"))
        assert sent.status_code == 201, sent.text
        key = sent.json()["key"]
        approval = await second(indicators).post(f"/deliveries/{key}/approval")
        assert approval.status_code == 200, approval.text
    mine = actor(office.town, ["supplier"], subject="key:jenarbeit", supplier="jenarbeit")
    journals = office.gateway.inner.state.journals
    heard = (await journals.line(mine, {}, 100, ["indicators.delivery.*"])).events
    assert [event.type.split(".")[2] for event in heard] == ["created", "approved"]
    assert len({event.subject for event in heard}) == 1
    everything = await office.heard(type="indicators.delivery.*")
    assert len(everything) == 4
    assert await office.as_().heard(type="indicators.delivery.*") == []


async def test_a_page_of_a_hundred_events_costs_a_handful_of_statements(
    office: Listening, statements: list[str]
) -> None:
    boards = office.service("boards")
    for number in range(20):
        await boards.made("/papers", a_paper(f"vorlage-{number}"))
        await boards.made("/bodies", a_body(f"beirat-{number}"))
    statements.clear()
    public = await office.as_().page(type="boards.*")
    assert len(public["items"]) == 40
    assert len([one for one in statements if "set_config" not in one]) <= 6
