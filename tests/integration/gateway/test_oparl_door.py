"""OParl through the door: open to web pages everywhere, kept, counted, in its own words."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from services.boards.app import create_app as create_boards
from services.gateway.app import Gateway, create_app
from services.kit.settings import Settings
from tests.integration.gateway.conftest import Bearer, client_of, opened

ORIGIN = {"Origin": "https://transparenz.example.org"}
AMT = {"key": "amt", "name": {"de": "Sozialamt"}, "kind": "administration"}


@pytest.fixture
async def published(client: httpx.AsyncClient, registered: str, bearer: Bearer) -> str:
    """The OParl system of a town that has an office."""
    made = await client.post(
        f"/v1/{registered}/organisations", json=AMT, headers=bearer("secretary")
    )
    assert made.status_code == 201
    return f"/oparl/v1.1/{registered}"


async def test_web_pages_of_everybody_may_read_it(
    client: httpx.AsyncClient, published: str
) -> None:
    for address, status in (
        (published, 200),
        (f"{published}/organizations", 200),
        (f"{published}/organizations?limit=0", 422),
        (f"{published}/nothing", 404),
        (f"{published}/", 301),
        ("/oparl/v1.1/nowhere", 404),
        ("/oparl/v1.1/", 404),
        ("/oparl/v1.0/nowhere", 404),
        ("/oparl", 404),
        (f"{published}//organizations", 400),
    ):
        for headers in ({}, ORIGIN):
            response = await client.get(address, headers=headers)
            assert response.status_code == status, address
            assert response.headers.get_list("access-control-allow-origin") == ["*"], address
            if status >= 400:
                assert response.json()["type"] == "https://schema.oparl.org/1.1/Error"
    known = await client.get(published)
    unchanged = await client.get(published, headers={"If-None-Match": known.headers["etag"]})
    assert unchanged.status_code == 304
    assert unchanged.headers["access-control-allow-origin"] == "*"


async def test_a_browser_that_asks_first_is_let_in(
    client: httpx.AsyncClient, published: str
) -> None:
    asks = {**ORIGIN, "Access-Control-Request-Method": "GET"}
    asks["Access-Control-Request-Headers"] = "if-none-match"
    answer = await client.options(f"{published}/organizations", headers=asks)
    assert answer.status_code == 200
    assert answer.headers.get_list("access-control-allow-origin") == ["*"]
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in answer.headers
    refused = await client.post(f"{published}/organizations", json={}, headers=ORIGIN)
    assert refused.status_code == 405
    assert refused.json()["type"] == "https://schema.oparl.org/1.1/Error"


async def test_an_origin_of_the_allow_list_is_answered_like_any_other(
    settings: Settings, database_url: str, apps: dict[str, FastAPI], published: str
) -> None:
    given = settings.model_copy(update={"cors_origins": (ORIGIN["Origin"],)})
    gateway = create_app(given, database_url, {"boards": apps["boards"]})
    async with opened(gateway), client_of(gateway) as client:
        response = await client.get(published, headers=ORIGIN)
        assert response.headers.get_list("access-control-allow-origin") == ["*"]


async def test_a_head_says_all_but_the_body(client: httpx.AsyncClient, published: str) -> None:
    full = await client.get(f"{published}/organizations")
    for _ in range(2):
        head = await client.head(f"{published}/organizations")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == full.headers["etag"]
        assert head.headers["content-type"] == "application/json"
    said = ("content-type", "content-length", "location", "allow", "access-control-allow-origin")
    for address in (
        published,
        f"{published}/",
        f"{published}/nothing",
        f"{published}/organizations?limit=0",
        f"{published}/organizations/0193d3a4-5b6c-7d8e-9f00-112233445566",
        f"{published}//organizations",
        "/oparl/v1.1/nowhere",
    ):
        full, head = await client.get(address), await client.head(address)
        assert (head.status_code, head.content) == (full.status_code, b""), address
        for name in said:
            assert head.headers.get(name) == full.headers.get(name), (address, name)


async def test_what_everybody_reads_is_kept_until_something_changes(
    client: httpx.AsyncClient, gateway: Gateway, published: str, bearer: Bearer
) -> None:
    address = f"{published}/organizations"
    town = published.rsplit("/", 1)[1]
    for _ in range(100):  # the bell may still ring of what was published just now
        before = len(gateway.cache)
        first = (await client.get(address)).json()
        if len(gateway.cache) == before + 1:
            break
        await asyncio.sleep(0.05)
    assert len(gateway.cache) == before + 1
    assert (await client.get(address, headers=bearer("administrator"))).json() == first
    assert len(gateway.cache) == before + 1
    (one,) = first["data"]
    changed = await client.patch(
        f"/v1/{town}/organisations/amt",
        json={"visibility": "administration"},
        headers={**bearer("secretary"), "If-Match": '"r1"'},
    )
    assert changed.status_code == 200
    assert (await client.get(address)).json()["data"] == []
    path = one["id"].split("/oparl/", 1)[1]
    assert (await client.get(f"/oparl/{path}")).json()["deleted"] is True


async def test_whoever_comes_too_often_is_told_so_in_the_words_of_the_standard(
    settings: Settings, database_url: str, apps: dict[str, FastAPI], published: str
) -> None:
    given = settings.model_copy(update={"rate_limit": 1})
    gateway = create_app(given, database_url, {"boards": apps["boards"]})
    async with opened(gateway), client_of(gateway, "203.0.113.77") as client:
        answers = [await client.get(published) for _ in range(3)]
    last = answers[-1]
    assert last.status_code == 429
    assert last.json()["type"] == "https://schema.oparl.org/1.1/Error"
    assert last.headers["access-control-allow-origin"] == "*"
    assert "retry-after" in last.headers


async def test_ids_begin_with_the_configured_address_whatever_the_caller_says(
    settings: Settings, database_url: str, apps: dict[str, FastAPI], published: str
) -> None:
    given = settings.model_copy(update={"public_url": "https://oparl.musterstadt.example"})
    boards = create_boards(given, database_url)
    gateway = create_app(given, database_url, {"boards": boards})
    async with opened(gateway, boards), client_of(gateway) as client:
        for headers in ({}, {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}):
            system = (await client.get(published, headers=headers)).json()
            assert system["id"] == f"https://oparl.musterstadt.example{published}"
            page = (await client.get(f"{published}/organizations", headers=headers)).json()
            assert page["links"]["self"] == f"{system['id']}/organizations"
            assert page["data"][0]["id"].startswith(system["id"])


async def test_the_start_page_leads_there(client: httpx.AsyncClient, published: str) -> None:
    page = await client.get("/")
    assert f'href="{published}"' in page.text
