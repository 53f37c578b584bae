"""What everybody reads of several services is never older than what the services themselves say.

Every change is made at the door of one service, past the gateway, so that nothing but what the
service journals can tell the gateway of it. The town is built once.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.gateway.app import create_app
from services.kit.identity import Signer
from services.kit.settings import Settings
from tests.integration.boards.council import text
from tests.integration.gateway.conftest import Bearer, client_of, opened
from tests.integration.gateway.whole import a_strategy, on
from tests.integration.indicators.figures import released, tidy
from tests.integration.threads import chain
from tests.support.following import followers
from tests.support.towns import Door, doors_of, new_town, register


@dataclass(frozen=True)
class Here:
    """Somebody without a token before the gateway, and the doors of the services behind it."""

    client: httpx.AsyncClient
    town: Municipality
    doors: dict[str, Door]
    rings: asyncio.Queue[str]
    """What the bell of the journals has said, after the gateway has heard it."""

    async def read(self, path: str) -> httpx.Response:
        answer = await self.client.get(f"/v1/{self.town.key}/{path}")
        assert answer.status_code == 200, answer.text
        return answer

    async def batch(self, *paths: str) -> str:
        asked = {"requests": [{"path": f"/v1/{self.town.key}/{path}"} for path in paths]}
        answer = await self.client.post(f"/v1/{self.town.key}/batch", json=asked)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def changed(self, service: str, path: str, body: dict[str, Any]) -> None:
        while not self.rings.empty():
            self.rings.get_nowait()
        door = self.doors[service]
        revision = (await door.get(path)).json()["revision"]
        answer = await door.patch(path, body, revision)
        assert answer.status_code == 200, answer.text

    async def rung(self, service: str) -> None:
        """The gateway has heard of a change."""
        async with asyncio.timeout(10):
            while await self.rings.get() != f"{service} {self.town.id}":
                pass


@pytest.fixture(scope="module")
async def here(
    settings: Settings,
    database_url: str,
    apps: dict[str, FastAPI],
    signer: Signer,
    bearer: Bearer,
) -> AsyncIterator[Here]:
    town = new_town()
    doors = doors_of(Door, apps, signer, town)
    gateway = create_app(settings, database_url, apps)
    rings, hear = asyncio.Queue[str](), gateway.cache.ring

    def ring(told: str) -> None:
        hear(told)
        rings.put_nowait(told)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gateway.cache, "ring", ring)
        async with opened(gateway), client_of(gateway) as client:
            await register(client, town, bearer("administrator"))
            await chain.found(doors["indicators"], apps)
            await followers(apps["projects"])["effects"].catch_up()  # before there is a measure
            await chain.decided(doors["boards"])
            await chain.carried_out(doors["projects"])
            plan = {**a_strategy("plan"), "review_on": on(5), "title": text("Plan")}
            await doors["projects"].made("/strategies", plan)
            yield Here(client, town, doors, rings)


@dataclass(frozen=True)
class Composed:
    """An address that asks several services, and a change of one of them that it must show."""

    path: str
    service: str
    at: str
    field: str
    new: str


COMPOSED = [
    Composed("thread?of=measure:familienzentrum", "boards", "/resolutions/b-1", "title", "Eins"),
    Composed("thread?of=resolution:b-1", "projects", "/measures/familienzentrum", "title", "Zwei"),
    Composed(
        "thread?of=recommendation:r-1&format=svg", "projects", "/measures/familienzentrum",
        "title", "Drei",
    ),
    Composed("gaps", "projects", "/measures/familienzentrum", "title", "Vier"),
    Composed(
        "search?q=Quellwort", "boards", "/publications/armutsbericht", "title", "Quellwort belegt"
    ),
    Composed("suggestions?q=Anfang", "projects", "/strategies/strategie", "title", "Anfangswort"),
    Composed("deadlines?kind=review", "projects", "/strategies/plan", "title", "Sechs"),
    Composed("planning-overview", "boards", "/recommendations/r-1", "title", "Sieben"),
    Composed("planning-overview.svg", "boards", "/resolutions/b-1", "title", "Acht"),
]  # fmt: skip


@pytest.mark.parametrize("composed", COMPOSED, ids=lambda one: f"{one.path} {one.service}")
async def test_what_is_asked_of_several_services_is_kept_for_nobody(
    here: Here, composed: Composed
) -> None:
    before, shown = await here.read(composed.path), composed.new.split()[-1]
    assert shown not in before.text
    assert "private" in before.headers["cache-control"]
    await here.changed(composed.service, composed.at, {composed.field: text(composed.new)})
    assert shown in (await here.read(composed.path)).text


async def test_an_effect_that_was_computed_for_an_answer_follows_the_figures(here: Here) -> None:
    address = "measures/familienzentrum/effects"
    before = await here.read(address)
    assert (before.json()["release"], before.json()["evaluated_at"]) == (1, None)
    assert before.headers["cache-control"] == "private, no-cache"
    await released(here.doors["indicators"], tidy("bezirk-a,2024-12-31,kinder,,140"))
    assert (await here.read(address)).json()["release"] == 2


async def test_what_a_batch_brings_is_dropped_with_each_of_its_services(here: Here) -> None:
    """Its parts are answers of one service each, and kept; the change has to ring for them."""
    changes = {
        "boards": ("publications/armutsbericht", "Neun"),
        "projects": ("strategies/plan", "Zehn"),
        "indicators": ("topics/kinder-jugend", "Elf"),
    }
    paths = [path for path, _ in changes.values()]
    for _ in range(2):
        before = await here.batch(*paths)
        assert [new for _, new in changes.values() if new in before] == []
    for service, (path, new) in changes.items():
        field = "name" if service == "indicators" else "title"
        await here.changed(service, f"/{path}", {field: text(new)})
        await here.rung(service)
        assert new in await here.batch(*paths)


async def test_what_is_brought_along_is_dropped_with_what_it_brings(here: Here) -> None:
    """Within a service one bell rings for the resource and for what it brings."""
    address = "measures/familienzentrum?include=strategy"
    for _ in range(2):
        kept = await here.read(address)
    assert kept.headers["cache-control"].startswith("public")
    await here.changed("projects", "/strategies/strategie", {"title": text("Zwölf")})
    await here.rung("projects")
    assert "Zwölf" in (await here.read(address)).text
