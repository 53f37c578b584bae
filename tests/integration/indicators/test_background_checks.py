"""Large files are checked in the background, and everybody concerned can watch."""

import asyncio
import json
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.indicators.jobs import JOBS
from services.indicators.receiving import commands
from services.kit.jobs import queries_of
from tests.integration.indicators.figures import COUNT, deliver, equip, released, second, tidy
from tests.support.jobs import given_up_soon
from tests.support.towns import Door

JENA = tidy("jena,2024,bevoelkerung,,111191", "winzerla,2024,bevoelkerung,,1500")
ASYNC = {"Content-Type": "text/csv", "Prefer": "respond-async"}


async def ordered(door: Door, file: bytes, **query: str) -> httpx.Response:
    """Deliver a file to be checked in the background."""
    return await door(
        "POST", "/deliveries", content=file, headers=ASYNC, params={"source": "x", **query}
    )


async def settled(door: Door, key: str) -> dict[str, Any]:
    """The delivery as it is when its check is done."""
    for _ in range(200):
        progress = (await door.get(f"/deliveries/{key}/progress")).json()
        if progress["state"] != "received":
            assert progress["phase"] == "finished"
            body: dict[str, Any] = (await door.get(f"/deliveries/{key}")).json()
            return body
        await asyncio.sleep(0.05)
    raise AssertionError(f"the check did not end: {progress}")


async def test_a_file_is_received_first_and_checked_later(indicators: Door) -> None:
    await equip(indicators)
    answer = await ordered(indicators, JENA)
    assert answer.status_code == 202, answer.text
    assert answer.headers["preference-applied"] == "respond-async"
    body = answer.json()
    assert (body["state"], body["format"], body["diff"]) == ("received", None, None)
    assert answer.headers["location"].endswith(f"/deliveries/{body['key']}")
    done = await settled(indicators, body["key"])
    assert (done["state"], done["format"], done["counts"]["figures"]) == ("checked", "tidy_csv", 2)
    at_once = (await deliver(indicators, JENA + b"\n")).json()
    for name in ("counts", "diff", "issues", "format", "encoding"):
        assert done[name] == at_once[name], name
    history = (await indicators.get(f"/deliveries/{body['key']}/history")).json()
    assert [(h["row"]["state"], h["actor"]) for h in history] == [
        ("checked", "test:clerk"),
        ("received", "test:clerk"),
    ]


async def test_what_was_received_can_be_approved_and_released(indicators: Door) -> None:
    await equip(indicators)
    key = (await ordered(indicators, JENA)).json()["key"]
    early = await second(indicators).post(f"/deliveries/{key}/approval")
    assert early.status_code in (200, 409)
    await settled(indicators, key)
    await second(indicators).post(f"/deliveries/{key}/approval")
    made = await indicators.made("/releases", {"title": {"de": "Stand"}, "deliveries": [key]})
    assert made["figures"] == 2


async def test_a_file_beyond_the_limit_needs_no_asking(indicators: Door) -> None:
    await equip(indicators)
    filler = b"jena,2024,bevoelkerung,,5\n" * 170_000
    file = b"area,period,indicator,GES,value\n" + filler
    answer = await deliver(indicators, file)
    assert (answer.status_code, answer.json()["state"]) == (202, "received")
    done = await settled(indicators, answer.json()["key"])
    assert (done["state"], done["counts"]["figures"]) == ("checked", 1)
    assert done["issue_counts"]["repeated"] == 169_999
    assert len(done["issues"]) == 50


@pytest.mark.parametrize(
    ("file", "code"),
    [(b"name;age\nx;1\n", "unknown_format"), (b"%PDF-1.7", "not_text"), (b"\x00" * 900, None)],
)
async def test_what_is_no_such_file_is_refused_later(
    indicators: Door, file: bytes, code: str | None
) -> None:
    answer = await ordered(indicators, file)
    assert answer.status_code == 202
    done = await settled(indicators, answer.json()["key"])
    assert (done["state"], done["counts"]["errors"]) == ("refused", 1)
    assert code is None or done["issues"][0]["code"] == code
    assert (await ordered(indicators, file)).json()["key"] != done["key"]


async def test_the_same_file_is_one_delivery_while_it_waits(indicators: Door) -> None:
    await equip(indicators)
    answers = await asyncio.gather(*(ordered(indicators, JENA) for _ in range(5)))
    assert {a.json()["key"] for a in answers} == {"delivery-1"}
    await settled(indicators, "delivery-1")
    again = await ordered(indicators, JENA)
    assert (again.status_code, again.json()["state"]) == (200, "checked")


async def test_nothing_of_the_file_is_left_when_it_is_checked(
    indicators: Door, database_url: str
) -> None:
    await equip(indicators)
    key = (await ordered(indicators, JENA)).json()["key"]
    await settled(indicators, key)
    connection = await asyncpg.connect(database_url)
    try:
        for table in ("delivery_part", "delivery_progress"):
            count = f"SELECT count(*) FROM indicators.{table} WHERE municipality_id = $1"
            assert await connection.fetchval(count, indicators.municipality.id) == 0
    finally:
        await connection.close()


async def test_the_job_acts_as_whoever_delivered(indicators: Door) -> None:
    await equip(indicators)
    supplier = indicators.as_("supplier", subject="key:office", supplier="statistikstelle")
    key = (await ordered(supplier, JENA)).json()["key"]
    done = await settled(supplier, key)
    assert (done["supplier"], done["delivered_by"]) == ("statistikstelle", "key:office")
    service = indicators.as_("administrator", kind="service")
    entries = (await service.get(f"/internal/journal/{indicators.municipality.key}")).json()
    told = [(e["type"], e["actor"]) for e in entries if e["subject"] == f"deliveries/{key}"]
    assert told == [
        ("indicators.delivery.created.v1", "key:office"),
        ("indicators.delivery.checked.v1", "key:office"),
    ]
    other = indicators.as_("supplier", subject="key:other", supplier="jenarbeit")
    for part in ("progress", "events", "receipt"):
        assert (await other.get(f"/deliveries/{key}/{part}")).status_code == 404


async def test_whoever_watches_is_told_until_the_end(indicators: Door) -> None:
    await equip(indicators)
    key = (await ordered(indicators, JENA)).json()["key"]
    answer = await indicators.get(f"/deliveries/{key}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = [block for block in answer.text.split("\n\n") if block]
    events = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    assert events[-1]["event"] == "finished"
    last = json.loads(events[-1]["data"])
    assert (last["delivery"], last["state"], last["phase"]) == (key, "checked", "finished")
    assert all(event["event"] == "progress" for event in events[:-1])


async def test_a_check_that_fails_again_and_again_is_given_up(
    indicators: Door, apps: dict[str, FastAPI], monkeypatch: pytest.MonkeyPatch
) -> None:
    await equip(indicators)

    async def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the words of this failure must not leave")

    monkeypatch.setattr(commands, "check", broken)
    async with given_up_soon(apps["indicators"], monkeypatch):
        key = (await ordered(indicators, JENA)).json()["key"]
        done = await settled(indicators, key)
    assert (done["state"], done["issues"][0]["code"]) == ("refused", "check_failed")
    assert "words" not in json.dumps(done)


async def test_other_requests_go_on_while_a_file_is_checked(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy("jena,2024,bevoelkerung,,5"))
    for number in range(20):
        await indicators.made(
            "/indicators", {**COUNT, "key": f"i-{number}", "name": {"de": f"I {number}"}}
        )
    rows = [
        f"{area},{year}-{month:02},i-{number},,{number}"
        for number in range(20)
        for area in ("jena", "winzerla", "lobeda-west", "wartburgkreis", "thueringen")
        for year in range(1990, 2024)
        for month in range(1, 13)
    ]
    key = (await ordered(indicators, tidy(*rows))).json()["key"]
    answered = 0
    while (await indicators.get(f"/deliveries/{key}/progress")).json()["state"] == "received":
        assert (await indicators.get("/observations?indicator=bevoelkerung")).status_code == 200
        answered += 1
    assert (await indicators.get(f"/deliveries/{key}")).json()["state"] == "checked"
    assert answered > 5


async def test_the_tables_of_jobs_are_those_that_the_library_expects(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        plan = await queries_of(JOBS.service, connection).plan_upgrade()
    finally:
        await connection.close()
    ours = [line for line in plan.statements if "FUNCTION" not in line and "TRIGGER" not in line]
    assert ours == []
