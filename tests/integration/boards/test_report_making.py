"""Editions that take long are made in the background, whole or not at all."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from services.boards.app import create_app
from services.boards.report_making import commands
from services.kit.jobs import Work
from services.kit.problems import Invalid
from services.kit.settings import Settings
from tests.integration.boards.beside import INDICATORS
from tests.integration.boards.reporting import (
    REPORT,
    a_report,
    in_the_end,
    in_work,
    published,
    second,
)
from tests.support import server
from tests.support.jobs import given_up_soon
from tests.support.towns import Door, actor

LATER = {"Prefer": "respond-async"}


@pytest.fixture(scope="module")
async def apps(settings: Settings, database_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """The boards with a database of their own: what is to be done in that of the other tests is
    also done by their services, which do not know these indicators."""
    own = await server.beside(database_url, "making")
    app = create_app(settings, own, {"indicators": INDICATORS}.get)
    async with app.router.lifespan_context(app):
        INDICATORS.away = False
        yield {"boards": app}


@pytest.fixture
async def office(boards: Door) -> Door:
    """A report with a list in it."""
    return await in_work(boards, a_report("{{recommendations}}"))


async def ordered(door: Door, **said: Any) -> dict[str, Any]:
    """Hand in an edition to be made in the background."""
    answer = await door("POST", f"{REPORT}/editions", json=said, headers=LATER)
    assert answer.status_code == 202, answer.text
    assert answer.headers["preference-applied"] == "respond-async"
    assert answer.headers["location"].endswith(f"{REPORT}/making")
    told: dict[str, Any] = answer.json()
    return told


async def written(door: Door, *texts: str) -> None:
    """The report, with other chapters."""
    report = (await door.get(REPORT)).json()
    chapters = a_report(*texts)["chapters"]
    changed = await door.patch(REPORT, {"chapters": chapters}, report["revision"])
    assert changed.status_code == 200, changed.text


async def test_an_edition_is_ordered_first_and_made_later(office: Door) -> None:
    told = await ordered(office)
    assert (told["state"], told["done"], told["total"]) == ("waiting", 0, 1)
    ended = await in_the_end(office)
    assert (ended["state"], ended["edition"], ended["done"]) == ("made", 1, 1)
    edition = (await office.get(f"{REPORT}/editions/1")).json()
    assert (edition["stage"], edition["made_by"]) == ("in_review", "test:clerk")
    assert edition["content"]["bindings"]["recommendations"]["entries"] == []
    assert (await office.post(f"{REPORT}/editions/1/approval")).status_code == 403
    assert (await second(office).post(f"{REPORT}/editions/1/approval")).status_code == 200


async def test_what_was_made_at_once_and_later_is_the_same(office: Door) -> None:
    await published(office)
    report = (await office.get(REPORT)).json()
    await office.patch(REPORT, {"audience": "members"}, report["revision"])
    await ordered(office, changes={"de": "Für Mitglieder."})
    assert (await in_the_end(office))["edition"] == 2
    one, other = [(await office.get(f"{REPORT}/editions/{n}")).json() for n in (1, 2)]
    assert other["content"] == {**one["content"], "since": "2026-06-30"}
    assert other["changes"] == {"de": "Für Mitglieder."}


async def test_a_report_with_many_bindings_needs_no_asking(office: Door) -> None:
    bindings = [f"{{{{recommendations:since=2020-01-{n:02}}}}}" for n in range(1, 32)]
    bindings += [f"{{{{resolutions:since=2020-01-{n:02}}}}}" for n in range(1, 11)]
    await written(office, "\n\n".join(bindings))
    answer = await office.post(f"{REPORT}/editions", {})
    assert (answer.status_code, answer.json()["total"]) == (202, 41)
    assert "preference-applied" not in answer.headers
    assert (await in_the_end(office))["done"] == 41


async def test_nothing_is_kept_of_an_edition_that_cannot_be_made(office: Door) -> None:
    await written(office, "{{recommendations}}", "Hier:\n\n{{resolutions:body=nirgends}}")
    await ordered(office)
    ended = await in_the_end(office)
    assert (ended["state"], ended["edition"]) == ("refused", None)
    (fault,) = ended["faults"]
    assert (fault["pointer"], fault["line"], fault["column"]) == ("/chapters/1/text/de", 3, 1)
    assert fault["code"] == "unknown"
    assert (await office.get(f"{REPORT}/editions")).json()["items"] == []
    assert (await office.get(REPORT)).json()["stage"] == "draft"
    await written(office, "{{recommendations}}")
    await ordered(office)
    again = await in_the_end(office)
    assert (again["edition"], again["faults"]) == (1, [])


async def test_a_published_report_stays_published_when_its_next_edition_is_refused(
    office: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    await published(office)

    async def refuse(*_: Any, **__: Any) -> Any:
        raise Invalid("It stands for nothing.", pointer="/chapters/0/text/de", code="unknown")

    monkeypatch.setattr(commands, "put_together", refuse)
    await ordered(office, changes={"de": "Neu."})
    assert (await in_the_end(office))["state"] == "refused"
    assert (await office.get(REPORT)).json()["stage"] == "published"


async def test_what_is_being_made_is_neither_changed_nor_handed_in_again(
    office: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go = asyncio.Event(), asyncio.Event()
    put_together = commands.put_together

    async def slowly(*given: Any, **named: Any) -> Any:
        reached.set()
        await go.wait()
        return await put_together(*given, **named)

    monkeypatch.setattr(commands, "put_together", slowly)
    await ordered(office)
    await reached.wait()
    report = (await office.get(REPORT)).json()
    assert report["stage"] == "making"
    change = {"title": {"de": "Anders"}}
    assert (await office.patch(REPORT, change, report["revision"])).status_code == 409
    assert (await office.post(f"{REPORT}/editions", {})).status_code == 409
    assert (await office.get(f"{REPORT}/editions")).json()["items"] == []
    go.set()
    assert (await in_the_end(office))["state"] == "made"


async def test_a_job_that_runs_again_makes_no_second_edition(
    office: Door, apps: dict[str, FastAPI]
) -> None:
    await ordered(office)
    await in_the_end(office)
    state = apps["boards"].state
    clerk = actor(office.municipality, ("administrator",))
    work = Work(state.database, state.settings, clerk, {"report": "armutsbericht-2026"}, state)
    await commands.make_in_background(work)
    assert len((await office.get(f"{REPORT}/editions")).json()["items"]) == 1


async def test_a_neighbour_that_is_away_delays_the_edition_and_a_failure_ends_it(
    office: Door, apps: dict[str, FastAPI], monkeypatch: pytest.MonkeyPatch
) -> None:
    INDICATORS.away = True
    try:
        async with given_up_soon(apps["boards"], monkeypatch):
            await ordered(office)
            ended = await in_the_end(office)
    finally:
        INDICATORS.away = False
    assert ended["state"] == "refused"
    assert [fault["code"] for fault in ended["faults"]] == ["failed"]
    assert (await office.get(REPORT)).json()["stage"] == "draft"


async def test_whoever_watches_is_told_until_the_end(office: Door) -> None:
    await ordered(office)
    answer = await office.get(f"{REPORT}/making/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = [line[6:] for line in answer.text.splitlines() if line.startswith("data: ")]
    assert json.loads(told[-1])["edition"] == 1
    assert answer.text.count("event: finished") == 1


async def test_the_making_is_for_the_administration(office: Door) -> None:
    assert (await office.get(f"{REPORT}/making")).status_code == 404
    await ordered(office)
    await in_the_end(office)
    for path in ("making", "making/events"):
        assert (await office.as_().get(f"{REPORT}/{path}")).status_code == 401
        assert (await office.as_("member").get(f"{REPORT}/{path}")).status_code == 403


async def test_a_chapter_of_the_draft_is_shown_alone(office: Door) -> None:
    await written(office, "Eins.", "{{resolutions:body=nirgends}}", "Drei.")
    shown = await office.get(f"{REPORT}/draft", params={"format": "html", "chapter": "3"})
    assert "Drei." in shown.text
    assert "Eins." not in shown.text
    refused = await office.get(f"{REPORT}/draft", params={"chapter": "2"})
    assert refused.json()["errors"][0]["pointer"] == "/chapters/1/text/de"
    assert (await office.get(f"{REPORT}/draft", params={"chapter": "4"})).status_code == 404


async def test_nobody_waits_for_more_drawings_than_come_in_time(office: Door) -> None:
    charts = "\n\n".join(f"{{{{chart:quote/a{number}}}}}" for number in range(25))
    await written(office, "Eins.", charts)
    refused = await office.get(f"{REPORT}/draft")
    assert (refused.status_code, refused.json()["detail"][:27]) == (
        409,
        "It has 25 charts and maps: ",
    )
    shown = await office.get(f"{REPORT}/draft", params={"format": "html", "chapter": "1"})
    assert shown.status_code == 200, shown.text
