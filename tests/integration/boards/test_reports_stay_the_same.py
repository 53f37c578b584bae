"""An edition says the same for good: whatever becomes of what it tells of, and after a restart."""

from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from json import dumps
from typing import Any

import httpx
import pytest

from services.boards.app import create_app
from services.kit.identity import Signer
from services.kit.settings import Settings
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    answers,
    bodies,
    voted,
)
from tests.integration.boards.reporting import REPORT, a_report, published
from tests.integration.indicators.figures import equip, released, tidy
from tests.integration.indicators.test_reports import FIRST
from tests.support.towns import Door

EVERYTHING = (
    "In Winzerla leben {{indicator:bevoelkerung/winzerla@release}}.",
    "{{table:bevoelkerung,empfaenger@release; level=statistischer-bezirk}}",
    "{{chart:bevoelkerung/winzerla,lobeda-west@release}}",
    "{{map:bevoelkerung@release; level=statistischer-bezirk}}",
    "{{recommendations}}",
    "{{resolutions}}",
    "{{measures}}",
    "{{gaps}}",
    "{{releases}}",
    "{{evidence:recommendation=r-1}}",
)
FORMS = [(form, lang) for form in ("html", "pdf") for lang in ("de", "en")]


@pytest.fixture
async def office(boards: Door, indicators: Door, projects: Door) -> Door:
    """A town of whose every kind of thing there is a published report."""
    await equip(indicators)
    await released(indicators, FIRST)
    await bodies(boards, "beirat", "stadtrat")
    named = {"indicator": "bevoelkerung", "area": "winzerla", "period": "2024", "breakdown": ""}
    vote = await voted(boards, "beirat")
    await boards.made("/recommendations", a_recommendation(vote, evidence=[named]))
    measure = {"key": "jobladen", "title": {"de": "Jobladen"}, "state": "running"}
    await projects.made("/measures", {**measure, "starts_on": "2026-02-01"})
    report = a_report(*EVERYTHING)
    for chapter in report["chapters"]:
        chapter["text"]["en"] = chapter["text"]["de"]
    await boards.made("/coordinated-reports", report)
    await published(boards)
    return boards


@pytest.fixture
async def after_a_restart(
    settings: Settings, database_url: str, signer: Signer, office: Door
) -> AsyncIterator[Door]:
    """The boards service made anew on the same database, with nobody beside it."""
    app = create_app(settings, database_url, {}.get)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://again") as client,
    ):
        yield Door(client, signer, office.municipality)


async def documents(door: Door) -> Mapping[tuple[str, str], bytes]:
    """The edition in each form and language, as everybody reads it."""
    made = {}
    for form, lang in FORMS:
        query = {"format": form, "lang": lang}
        answer = await door.as_().get(f"{REPORT}/editions/1/document", params=query)
        assert answer.status_code == 200, answer.text
        made[form, lang] = answer.content
    return made


async def everything_changes(office: Door, indicators: Door, projects: Door) -> None:
    """What the report tells of has another name, state or value now."""
    changes: tuple[tuple[Door, str, dict[str, Any]], ...] = (
        (projects, "/measures/jobladen", {"state": "completed", "title": {"de": "Laden"}}),
        (office, "/bodies/beirat", {"name": {"de": "Anderer Beirat"}}),
        (office, "/recommendations/r-1", {"title": {"de": "Anders"}}),
        (indicators, "/areas/winzerla", {"name": {"de": "Winzerla-Nord"}}),
        (indicators, "/indicators/bevoelkerung", {"name": {"de": "Einwohnerzahl"}}),
    )
    for door, path, change in changes:
        revision = (await door.get(path)).json()["revision"]
        changed = await door.patch(path, change, revision)
        assert changed.status_code == 200, changed.text
    await released(indicators, tidy("winzerla,2024,bevoelkerung,,1"))
    vote = await voted(office, "stadtrat")
    await office.made("/resolutions", a_resolution(vote, **answers("follows")))


async def test_an_edition_is_the_same_bytes_whatever_changes_and_after_a_restart(
    office: Door, indicators: Door, projects: Door, after_a_restart: Door
) -> None:
    before = await documents(office)
    edition = (await office.get(f"{REPORT}/editions/1")).json()
    told = dumps(edition["content"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert sha256(told.encode()).hexdigest() == edition["sha256"]
    await everything_changes(office, indicators, projects)
    draft = (await office.get(f"{REPORT}/draft", params={"format": "html"})).text
    for words in ("abgeschlossen", "Anderer Beirat", "Anders", "Laden"):
        assert words in draft
        assert words.encode() not in before["html", "de"]
    assert await documents(after_a_restart) == before
    assert b"<td>l\xc3\xa4uft</td>" in before["html", "de"]
    again = (await after_a_restart.get(f"{REPORT}/editions/1")).json()
    assert again["content"] == edition["content"]
    (measure,) = again["content"]["bindings"]["measures"]["entries"]
    assert (measure["title"], measure["state"]) == ({"de": "Jobladen"}, "running")


@pytest.mark.parametrize(
    ("on", "state"), [("2026-03-12", "open"), ("2026-06-30", "followed")], ids=["before", "after"]
)
async def test_a_recommendation_stands_as_it_did_on_the_day_of_the_report(
    boards: Door, indicators: Door, on: str, state: str
) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    await bodies(boards, "beirat", "stadtrat")
    await boards.made("/recommendations", a_recommendation(await voted(boards, "beirat")))
    vote = await voted(boards, "stadtrat")
    await boards.made("/resolutions", a_resolution(vote, **answers("follows")))
    asked = ("{{recommendations}}", "{{recommendations:state=open}}")
    await boards.made("/coordinated-reports", a_report(*asked, on=on))
    await published(boards)
    found = (await boards.get(f"{REPORT}/editions/1")).json()["content"]["bindings"]
    assert [one["state"] for one in found["recommendations"]["entries"]] == [state]
    assert len(found["recommendations:state=open"]["entries"]) == (state == "open")
