"""What is due in all services, in one calendar."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar

from services.contracts.shared.access import Municipality
from services.gateway.app import create_app
from services.kit.settings import Settings
from tests.integration.boards.deciding import a_resolution, voted
from tests.integration.gateway.conftest import Bearer, client_of, opened
from tests.integration.gateway.whole import Doors, gateway, on, the_services
from tests.support.copies import copied
from tests.support.spoken import is_told_as_asked

__all__ = ["gateway"]

due_everywhere = copied(the_services)


@pytest.fixture
async def full(registered: str, town: Municipality, doors: Doors) -> str:
    """The key of a town where every service has something that is due."""
    await due_everywhere(*(doors(name, town) for name in ("boards", "indicators", "projects")))
    return registered


async def due(
    client: httpx.AsyncClient, town: str, query: str = "", **headers: str
) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/{town}/deadlines?{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def named(found: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(one["on"], one["what"], one["state"]) for one in found]


async def test_everything_that_is_due_is_in_one_list(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    found = await due(client, full, **bearer("controller", town=full))
    one = {(item["kind"], item["what"]): item for item in found}
    expected = {
        ("implementation", "implementation:bescheide"): (-3, "overdue", "boards"),
        ("invitation", "meeting:rat-2"): (25, "open", "boards"),
        ("meeting", "meeting:rat-2"): (30, "open", "boards"),
        ("meeting", "meeting:rat-3"): (60, "open", "boards"),
        ("term", "legislative_term:wahl-1"): (90, "open", "boards"),
        ("obligation", "obligation:jahresgespraech"): (5, "due_soon", "projects"),
        ("planning_task", "planning_task:bestandsanalyse"): (10, "due_soon", "projects"),
        ("measure_end", "measure:jobladen"): (20, "open", "projects"),
        ("grant_end", "grant:bescheid"): (40, "open", "projects"),
        ("position_end", "position:koordination"): (40, "open", "projects"),
        ("review", "strategy:strategie"): (-1, "overdue", "projects"),
    }
    for name, (days, state, service) in expected.items():
        item = one[name]
        assert (item["on"], item["days_left"]) == (on(days), days), name
        assert (item["state"], item["service"]) == (state, service), name
    late = [item for item in found if item["kind"] == "delivery"]
    assert late[0]["responsible"] == ["organisation:amt"]
    assert late[0]["reason"]["de"] == "Es fehlen: empfaenger"
    assert [item["on"] for item in found] == sorted(item["on"] for item in found)


async def test_a_task_is_due_while_its_resolution_holds(
    client: httpx.AsyncClient, full: str, town: Municipality, doors: Doors, bearer: Bearer
) -> None:
    asked, head = "kind=implementation", bearer("controller", town=full)
    assert [item["state"] for item in await due(client, full, asked, **head)] == ["overdue"]
    boards = doors("boards", town)
    ends = {"ends": [{"resolution": "b-1", "kind": "repeals"}]}
    await boards.made(
        "/resolutions", a_resolution(await voted(boards, "stadtrat", "b"), "b-2", **ends)
    )
    assert await due(client, full, asked, **head) == []


async def test_an_invitation_is_due_by_the_rules_of_the_body(
    client: httpx.AsyncClient, full: str, town: Municipality, doors: Doors, bearer: Bearer
) -> None:
    asked = "kind=invitation&from=" + on(1)
    head = bearer("secretary", town=full)
    (second, third) = await due(client, full, asked, **head)
    assert second["clause"] == "§ 35 Abs. 2 Satz 2 ThürKO"
    assert second["reason"]["en"] == "4 full calendar days between receipt and meeting"
    assert third["on"] == on(55)
    boards = doors("boards", town)
    await boards.made(
        "/procedures",
        {"key": "go", "body": "stadtrat", "name": {"de": "Geschäftsordnung"}, "notice_days": 10},
    )
    assert [item["on"] for item in await due(client, full, asked, **head)] == [on(19), on(49)]
    await boards.made("/meetings/rat-2/invitation", {"sent_on": on(0), "received_on": on(0)})
    (sent, _) = await due(client, full, asked, **head)
    assert (sent["what"], sent["state"]) == ("meeting:rat-2", "done")


async def test_everybody_sees_what_they_may_see_and_nothing_else(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    public = {(item["kind"], item["what"]) for item in await due(client, full)}
    assert ("meeting", "meeting:rat-2") in public
    assert ("meeting", "meeting:rat-3") not in public
    hidden = {"obligation", "invitation", "delivery", "contribution_answer"}
    assert {kind for kind, _ in public} & hidden == set()
    assert await due(client, full, "responsible=account:test:coordination") == []
    supplier = await due(client, full, "kind=delivery", **bearer("supplier", town=full))
    assert supplier == []


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("service=projects&state=overdue", {"review"}),
        ("state=due_soon&soon=7", {"obligation"}),
        ("kind=grant_end,position_end", {"grant_end", "position_end"}),
        ("responsible=account:test:coordination", {"obligation"}),
        ("responsible=organisation:amt&service=boards", {"implementation"}),
        ("responsible=body:stadtrat&kind=meeting,measure_end", {"meeting"}),
        ("service=boards&kind=review", set()),
    ],
)
async def test_filters_narrow_the_list(
    client: httpx.AsyncClient, full: str, bearer: Bearer, query: str, kinds: set[str]
) -> None:
    found = await due(client, full, query, **bearer("controller", town=full))
    assert {item["kind"] for item in found} == kinds


async def test_me_is_whoever_asks(client: httpx.AsyncClient, full: str, bearer: Bearer) -> None:
    nobody = await due(client, full, "responsible=me", **bearer("controller", town=full))
    assert nobody == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=meeting,dream", "kind"),
        ("service=gateway", "service"),
        ("responsible=somebody", "responsible"),
        ("from=2026-02-01&to=2026-01-01", "to"),
        ("from=2020-01-01&to=2026-01-01", "to"),
        ("state=lost", "state"),
        ("cursor=bm90aGluZw", "cursor"),
        ("form=2026-01-01", "form"),
    ],
)
async def test_a_question_that_cannot_be_meant_is_refused(
    client: httpx.AsyncClient, registered: str, query: str, parameter: str
) -> None:
    refused = await client.get(f"/v1/{registered}/deadlines?{query}")
    assert refused.status_code == 422
    assert [fault["parameter"] for fault in refused.json()["errors"]] == [parameter]


async def test_pages_hold_everything_once_and_in_order(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    head = bearer("controller", town=full)
    whole = await due(client, full, "limit=1000", **head)
    for size in (1, 3):
        found, address = [], f"/v1/{full}/deadlines?limit={size}"
        while address:
            page = (await client.get(address, headers=head)).json()
            assert len(page["items"]) <= size
            found += page["items"]
            address = page["next"]
        assert [one["id"] for one in found] == [one["id"] for one in whole]


async def test_one_question_to_each_service(
    client: httpx.AsyncClient, full: str, bearer: Bearer, statements: list[str]
) -> None:
    head = bearer("controller", town=full)
    statements.clear()
    await due(client, full, **head)
    assert len([one for one in statements if "set_config" in one]) == 3
    assert len(statements) <= 28


async def test_no_cache_keeps_what_depends_on_the_day_and_on_all_services(
    client: httpx.AsyncClient, full: str, town: Municipality, doors: Doors
) -> None:
    before = await client.get(f"/v1/{full}/deadlines?kind=meeting")
    assert before.headers["cache-control"] == "private, no-cache"
    tag = {"If-None-Match": before.headers["etag"]}
    again = await client.get(f"/v1/{full}/deadlines?kind=meeting", headers=tag)
    assert again.status_code == 304
    moved = await doors("boards", town).patch("/meetings/rat-2", {"state": "cancelled"})
    assert moved.status_code == 200
    after = await client.get(f"/v1/{full}/deadlines?kind=meeting", headers=tag)
    assert after.status_code == 200
    assert "meeting:rat-2" not in {one["what"] for one in after.json()["items"]}


async def test_a_service_that_is_away_is_named(
    settings: Settings,
    database_url: str,
    apps: dict[str, FastAPI],
    full: str,
) -> None:
    async def away(*_: object) -> None:
        raise ConnectionError

    upstreams = {**apps, "projects": away}
    documents = create_app(settings, database_url, upstreams)
    async with opened(documents) as gateway, client_of(gateway) as somebody:
        answer = (await somebody.get(f"/v1/{full}/deadlines?kind=meeting,review")).json()
    assert answer["away"] == ["projects"]
    assert "meeting:rat-2" in {one["what"] for one in answer["items"]}


async def test_the_calendar_holds_the_same_and_keeps_its_names(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    head = bearer("controller", town=full)
    address = f"/v1/{full}/deadlines.ics?service=boards,projects&lang=en"
    answer = await client.get(address, headers=head)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    entries = {str(one["summary"]): one for one in events}
    listed = await due(client, full, "service=boards,projects&limit=1000", **head)
    titles = [one["title"].get("en", one["title"]["de"]) for one in listed]
    assert sorted(entries) == sorted(set(titles))
    talk = entries["Annual talk"]
    assert str(talk["dtstart"].dt) == on(5)
    assert "due soon" in talk["description"]
    assert "Grant bescheid" in talk["description"]
    moments = [str(one["dtstart"].dt) for one in events if "T" in one["dtstart"].to_ical().decode()]
    assert on(30) in {moment[:10] for moment in moments}
    again = await client.get(address, headers=head)
    assert again.content == answer.content


async def test_a_calendar_is_refused_while_a_service_is_away(
    settings: Settings, database_url: str, apps: dict[str, FastAPI], full: str
) -> None:
    async def away(*_: object) -> None:
        raise ConnectionError

    made = create_app(settings, database_url, {**apps, "projects": away})
    async with opened(made) as gateway, client_of(gateway) as somebody:
        refused = await somebody.get(f"/v1/{full}/deadlines.ics")
        boards = await somebody.get(f"/v1/{full}/deadlines.ics?service=boards")
    assert refused.status_code == 503
    assert boards.status_code == 200


async def issued(
    client: httpx.AsyncClient, town: str, head: dict[str, str], **fields: object
) -> dict[str, Any]:
    feed = {"purpose": "Planungskoordination", **fields}
    made = await client.post(f"/v1/{town}/deadline-feeds", json=feed, headers=head)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def summaries(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {str(one["summary"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")}


async def test_a_calendar_program_follows_until_the_address_is_revoked(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    head = bearer("controller", town=full)
    once = {**head, "Idempotency-Key": "give-out-once"}
    feed, again = [
        await issued(client, full, once, kinds=["obligation", "review", "meeting"])
        for _ in range(2)
    ]
    assert feed["address"] != again["address"], "no answer that tells an address is kept"
    assert feed["roles"] == ["controller"]
    answer = await client.get(feed["address"] + "?lang=en")
    assert {"Annual talk", "Review due: Strategie"} <= summaries(answer)
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "private, no-store"
    listed = await client.get(f"/v1/{full}/deadline-feeds", headers=head)
    assert feed["address"].rsplit("/", 1)[1] not in listed.text
    assert "digest" not in listed.text
    for _ in range(2):
        revoked = await client.post(
            f"/v1/{full}/deadline-feeds/{feed['key']}/revocation", headers=head
        )
        assert revoked.json()["revoked_at"] is not None
    assert (await client.get(feed["address"])).status_code == 404


async def test_a_calendar_shows_no_more_than_its_audience_may_see(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    head = bearer("secretary", town=full)
    public = await issued(client, full, head, audience="public")
    members = await issued(client, full, head, audience="members")
    office = await issued(client, full, head, responsible=["organisation:amt"])
    assert (public["roles"], members["roles"], office["roles"]) == ([], ["member"], ["secretary"])
    shown = summaries(await client.get(public["address"]))
    assert "Maßnahme endet: Jobladen" in shown
    assert not any(one.startswith("Einladung") for one in shown)
    assert shown <= summaries(await client.get(members["address"]))
    mine = summaries(await client.get(office["address"]))
    assert "Bescheide" in mine
    assert "Jahresgespräch" not in mine


@pytest.mark.parametrize("role", ["member", "supplier", "case_worker"])
async def test_who_is_no_staff_gives_out_no_calendar(
    client: httpx.AsyncClient, registered: str, bearer: Bearer, role: str
) -> None:
    refused = await client.post(
        f"/v1/{registered}/deadline-feeds",
        json={"purpose": "Mein Kalender"},
        headers=bearer(role, town=registered),
    )
    assert refused.status_code == 403


async def test_the_internal_address_is_not_for_the_world(
    client: httpx.AsyncClient, registered: str, bearer: Bearer
) -> None:
    for path in (f"/internal/deadlines/{registered}", "/internal/deadlines"):
        answer = await client.get(path, headers=bearer("administrator"))
        assert answer.status_code == 404


async def test_calendars_of_what_is_due_are_in_the_language_that_is_asked_for(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    head = bearer("controller", town=full)
    feed = await issued(client, full, head, kinds=["obligation", "review", "meeting"])
    await is_told_as_asked(client.get, feed["address"])
    await is_told_as_asked(client.get, f"/v1/{full}/deadlines.ics", head)
