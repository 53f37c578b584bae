"""Reports of the demo: the one a newcomer sees, and a whole edition by each template."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pypdf import PdfReader

from services.contracts.shared.access import Municipality
from services.demo.api import PLANNER
from services.demo.jena import TOWN as JENA
from services.gateway.app import create_app
from services.kit.days import today
from services.kit.identity import Signer
from services.kit.settings import Settings
from tests.integration.boards.deciding import a_body_that_meets, a_recommendation, voted
from tests.integration.boards.reporting import second
from tests.integration.demo.test_loading_the_demo import Platform, elsewhere
from tests.support.towns import Door

STRATEGY, LEVEL = "armutspraeventionsstrategie", "statistischer-bezirk"
SHARE = "einpersonenhaushalte-anteil"
ABOUT: dict[str, dict[str, Any]] = {
    "poverty_report": {
        "body": "beirat",
        "strategy": STRATEGY,
        "level": LEVEL,
        "indicators": ["privathaushalte", SHARE],
    },
    "living_conditions": {"level": LEVEL, "indicators": [SHARE]},
    "newsletter": {"since": "2016-01-01"},
    "progress": {"body": "beirat", "strategy": STRATEGY, "level": LEVEL, "indicators": [SHARE]},
    "decision_paper": {
        "body": "sozialausschuss",
        "strategy": STRATEGY,
        "recommendation": "treffpunkte",
    },
}
"""Template -> what a report of it is about."""
WORDS = {
    "poverty_report": (
        "Indikatoren im Überblick",
        "Problemlagen",
        "Viele Einpersonenhaushalte",
        "Treffpunkte für Alleinlebende",
        "Pilotprojekte mit Betroffenen und Akteuren",
        "Empfehlung ohne Beschluss",
    ),
    "living_conditions": ("Gebiete im Vergleich", "Lobeda-Altstadt", "Keine Beschlüsse."),
    "newsletter": ("Erste Kennzahlen der Stadt Jena", "Treffpunkte für Alleinlebende", "Begonnen"),
    "progress": ("Was aus den Empfehlungen wurde", "offen", "abgeschlossen", "Keine Ziele."),
    "decision_paper": (
        "Der Beirat empfiehlt Treffpunkte in Lobeda-Altstadt.",
        "Anteil der Einpersonenhaushalte (Prozent)",
        "37,0",
    ),
}
"""Template -> what stands in its edition."""


@dataclass
class Shown:
    """The demo in a town of its own, through the gateway and at the door of the boards."""

    client: httpx.AsyncClient
    door: Door
    town: str

    async def document(self, report: str, form: str, lang: str) -> bytes:
        """The first edition of a report, as everybody reads it."""
        address = f"/v1/{self.town}/coordinated-reports/{report}/editions/1/document"
        answer = await self.client.get(address, params={"format": form, "lang": lang})
        assert answer.status_code == 200, answer.text
        return answer.content


@pytest.fixture(scope="module")
async def shown(
    apps: dict[str, FastAPI], settings: Settings, database_url: str, signer: Signer
) -> AsyncIterator[Shown]:
    """Jena as the demo shows it, loaded once, and a recommendation of a board beside it."""
    gateway, town = create_app(settings, database_url, apps), elsewhere(JENA)
    there = Municipality(key=town.key, id=int(town.municipality.id))
    async with (
        gateway.lifespan(),
        httpx.AsyncClient(transport=httpx.ASGITransport(gateway), base_url="http://127.0.0.1") as c,
        httpx.AsyncClient(transport=httpx.ASGITransport(apps["boards"]), base_url="http://b") as b,
    ):
        platform, door = Platform(c, settings, database_url), Door(b, signer, there)
        everything = await platform.load(town, steps=-1)
        (report,), planner = town.coordinated_reports, Door(b, signer, there, subject=PLANNER)
        dated = report.model_copy(update={"on": today()})
        await planner.made("/coordinated-reports", dated.model_dump(mode="json"))
        await planner.made(f"/coordinated-reports/{report.key}/editions", {})
        # A run that broke off in the middle of the report is completed, and that once.
        again = [await platform.load(town), await platform.load(town)]
        assert (everything > 0, again) == (True, [1, 0])
        await a_body_that_meets(door, "beirat", "advisory_board", ["advises"])
        evidence = {"indicator": SHARE, "area": "lobeda-altstadt", "period": "2016-12-31"}
        said = {
            "title": {"de": "Treffpunkte für Alleinlebende"},
            "text": {"de": "Der Beirat empfiehlt Treffpunkte in Lobeda-Altstadt."},
            "evidence": [evidence],
        }
        vote = await voted(door, "beirat")
        await door.made("/recommendations", {**a_recommendation(vote, "treffpunkte"), **said})
        yield Shown(c, door, town.key)


async def test_a_newcomer_sees_a_published_report_with_its_sources(shown: Shown) -> None:
    page = (await shown.document("beispielbericht", "html", "de")).decode()
    for words in (
        "In Jena gibt es 61.012\u00a0Haushalte",
        "Viele Einpersonenhaushalte",
        "Viele Einpersonenhaushalte, Jena-Nord",
        "Arbeitsladen Lobeda",
        "Pilotprojekte mit Betroffenen und Akteuren",
        "Quellen: Stadt Jena; Statistische Ämter des Bundes und der Länder.",
    ):
        assert words in page
    assert "There are 61,012" in (await shown.document("beispielbericht", "html", "en")).decode()
    listed = await shown.client.get(f"/v1/{shown.town}/publications/beispielbericht")
    assert listed.json()["title"]["de"] == "Wie Menschen in Jena leben: Beispielbericht der Demo"


@pytest.mark.parametrize("kind", list(ABOUT))
async def test_each_template_makes_a_whole_edition(shown: Shown, kind: str) -> None:
    key = kind.replace("_", "-")
    report = {
        "key": key,
        "kind": kind,
        "title": {"de": f"Bericht {key}", "en": f"Report {key}"},
        "release": 1,
        "on": (await shown.door.get("/coordinated-reports/beispielbericht")).json()["on"],
        **ABOUT[kind],
    }
    await shown.door.made("/coordinated-reports", report)
    address = f"/coordinated-reports/{key}/editions"
    edition = await shown.door.made(address, {})
    assert edition["number"] == 1
    approved = await second(shown.door).post(f"{address}/1/approval")
    assert approved.status_code == 200, approved.text
    published = await shown.door.post(f"{address}/1/publication", {})
    assert published.status_code == 200, published.text
    page = (await shown.document(key, "html", "de")).decode()
    for words in WORDS[kind]:
        assert words in page, words
    assert "{{" not in page
    read = PdfReader(BytesIO(await shown.document(key, "pdf", "en")))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert f"Report {key}" in "".join(sheet.extract_text() for sheet in read.pages)
