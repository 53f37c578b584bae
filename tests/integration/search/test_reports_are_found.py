"""What a report says is found by those who may read it, from when until when they may."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from services.boards.app import create_app
from services.boards.search.declared import INDEX
from services.kit.search import keeping
from services.kit.settings import Settings
from tests.integration.boards.council import a_body, organisations
from tests.integration.boards.reporting import REPORT, a_report, published
from tests.integration.projects.neighbour import Neighbour
from tests.support.towns import Door, actor

INDICATORS = Neighbour()


@pytest.fixture(scope="module")
async def apps(settings: Settings, database_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """The boards service beside indicators that know every release."""
    app = create_app(settings, database_url, {"indicators": INDICATORS}.get)
    async with app.router.lifespan_context(app):
        INDICATORS.away = False
        yield {"boards": app}


async def found(door: Door, q: str) -> list[str]:
    answer = await door.get(f"/internal/search/{door.municipality.key}", params={"q": q})
    assert answer.status_code == 200, answer.text
    return sorted(hit["address"].split("/", 3)[3] for hit in answer.json()["hits"])


async def test_a_report_is_found_by_those_who_may_read_it(
    apps: dict[str, FastAPI], boards: Door
) -> None:
    release = f"/v1/{boards.municipality.key}/releases/release-1"
    INDICATORS.known[release] = {"created_at": "2026-01-15T09:30:00Z"}
    await organisations(boards)
    await boards.made("/bodies", a_body())
    text = "Die Energiearmut wächst.\n\n{{recommendations}}"
    await boards.made("/coordinated-reports", a_report(text, body="planungsbeirat"))
    draft, edition = REPORT.removeprefix("/"), f"{REPORT}/editions/1".removeprefix("/")
    anybody, planner = boards.as_(), boards.as_("planner")
    assert await found(planner, "Energiearmut") == [draft]
    assert await found(anybody, "Energiearmut") == await found(boards.as_("member"), "wachst") == []
    await published(boards)
    assert await found(planner, "Energiearmut") == [draft, edition]
    assert await found(anybody, "Energiearmut") == [edition]
    assert (await anybody.get(f"/{edition}")).status_code == 200
    # What stands in braces is no text.
    assert await found(anybody, "recommendations") == []
    reason = {"reason": "Kapitel 2 nennt eine falsche Zahl."}
    taken = await boards.post("/publications/armutsbericht-2026/versions/1/withdrawal", reason)
    assert taken.status_code == 200, taken.text
    assert (await anybody.get(f"/{edition}")).status_code == 410
    assert await found(anybody, "Energiearmut") == []
    assert await found(planner, "Energiearmut") == [draft]
    office = actor(boards.municipality, ["administrator"])
    async with apps["boards"].state.database.writing(office) as session:
        assert await keeping.compare(session, INDEX) == []
