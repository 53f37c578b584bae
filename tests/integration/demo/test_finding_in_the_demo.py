"""What the people of the towns type into the search, and what they find first."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Role
from services.demo import loader
from services.demo.jena import TOWN as JENA
from services.demo.towns import Town
from services.demo.wartburgkreis import TOWN as WARTBURGKREIS
from services.gateway import local_tokens
from services.gateway.app import create_app
from services.kit.settings import Settings
from tests.integration.demo.test_loading_the_demo import elsewhere


@pytest.fixture
async def client(
    apps: dict[str, FastAPI], settings: Settings, database_url: str
) -> AsyncIterator[httpx.AsyncClient]:
    gateway = create_app(settings, database_url, apps)
    transport = httpx.ASGITransport(gateway)
    async with (
        gateway.lifespan(),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


async def loaded(client: httpx.AsyncClient, settings: Settings, town: Town) -> Town:
    def as_(municipality: str, roles: Sequence[Role], subject: str) -> Mapping[str, str]:
        token = local_tokens.mint(settings, municipality, roles, subject, 600)
        return {"Authorization": f"Bearer {token}"}

    there = elsewhere(town)
    await loader.load(client, as_, lambda steps: steps, [there])
    return there


async def found(client: httpx.AsyncClient, town: Town, q: str, **more: str) -> dict[str, Any]:
    response = await client.get(f"/v1/{town.key}/search", params={"q": q, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def first(answer: dict[str, Any]) -> tuple[str, str]:
    return answer["hits"][0]["category"], answer["hits"][0]["key"]


RIGHT = {
    "Armutspraevention": ("projects", "armutspraevention"),
    "Armutspräventon": ("projects", "armutspraevention"),
    '"Bildung integriert"': ("projects", "bildung-integriert"),
    "povertà": ("bodies", "programmbeirat-abi"),
    "BIWAQ": ("projects", "biwaq"),
}


async def test_jena_finds_its_seeds(client: httpx.AsyncClient, settings: Settings) -> None:
    town = await loaded(client, settings, JENA)
    answers = {q: await found(client, town, q) for q in RIGHT}
    assert {q: first(answer) for q, answer in answers.items()} == RIGHT
    meant = {q: answer["did_you_mean"] for q, answer in answers.items()}
    assert meant == {**dict.fromkeys(RIGHT), "Armutspräventon": "Armutsprävention"}
    exactly = answers['"Bildung integriert"']["hits"]
    assert all("bildung integriert" in str(hit).lower() for hit in exactly[:3])
    italian = await found(client, town, "povertà", lang="it")
    assert "<mark>povertà</mark>" in italian["hits"][0]["snippet"]


async def test_the_county_finds_its_seeds(client: httpx.AsyncClient, settings: Settings) -> None:
    town = await loaded(client, settings, WARTBURGKREIS)
    programme = ("programmes", "armutspraeventionsrichtlinie-2-1")
    for q in ("Armutspraevention", "Armutspräventon", "povertà"):
        assert first(await found(client, town, q)) == programme
    # Another town's programmes are not there.
    assert (await found(client, town, "BIWAQ"))["total"] == 0
