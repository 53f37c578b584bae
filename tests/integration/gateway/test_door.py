"""What passes the door, and what it looks like on both sides."""

import asyncio
import gzip
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from services.commands.openapi import committed
from services.contracts.shared.access import Municipality, Role
from services.gateway.app import Gateway, create_app
from services.kit.identity import HEADER, Signer
from services.kit.settings import Settings
from tests.integration.gateway.conftest import Bearer, client_of, opened
from tests.support.towns import actor


@pytest.fixture
async def strict(
    settings: Settings, database_url: str, looking_glass: FastAPI
) -> AsyncIterator[Gateway]:
    """A gateway with small limits, behind one trusted proxy, for one frontend."""
    given = settings.model_copy(
        update={
            "rate_limit": 5,
            "max_body_megabytes": 1,
            "trusted_proxies": ("10.0.0.0/8",),
            "cors_origins": ("https://frontend.example",),
        }
    )
    async with opened(create_app(given, database_url, {"mirror": looking_glass})) as gateway:
        yield gateway


async def test_the_resource_decides_who_answers(client: httpx.AsyncClient, registered: str) -> None:
    boards = await client.get(f"/v1/{registered}/organisations")
    assert boards.json() == {"items": [], "next": None}
    reflected = await client.get(f"/v1/{registered}/mirror?a=1&a=%C3%BC+x")
    assert reflected.json()["path"] == f"/v1/{registered}/mirror"
    assert reflected.json()["query"] == "a=1&a=%C3%BC+x"
    assert reflected.json()["actor"]["kind"] == "anonymous"


@pytest.mark.parametrize(
    "address",
    [
        "/v1/{town}/dragons",
        "/v1/{town}",
        "/v1/{town}/",
        "/v1/nowhere/organisations",
        "/v1/NOWHERE/organisations",
        "/v1/no%20where/organisations",
        "/v1/{town}/organisations/",
        "/v1",
        "/v2/{town}/organisations",
        "/internal/journal",
        "/v1/internal/journal",
        "/internal",
        "/dragons",
    ],
)
async def test_what_is_not_there_is_a_problem_of_ours(
    client: httpx.AsyncClient, registered: str, address: str
) -> None:
    answer = await client.get(address.format(town=registered))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/{town}/../{town}/mirror",
        "/v1/{town}/%2e%2e/mirror",
        "/v1/{town}/.%2E/mirror",
        "/v1//{town}/mirror",
        "//v1/{town}/mirror",
        "/v1/{town}/mirror%2f..",
        "/v1/{town}%5cmirror",
        "/v1/{town}/./mirror",
        "/v1/{town}/mirror%00",
        "/v1/{town}\\mirror",
    ],
)
async def test_an_address_that_can_be_read_in_two_ways_is_refused(
    gateway: Gateway, registered: str, path: str
) -> None:
    raw = path.format(town=registered).encode()
    status, _ = await raw_request(gateway, raw)
    assert status == 400


async def raw_request(
    app: Gateway,
    raw_path: bytes,
    headers: tuple[tuple[bytes, bytes], ...] = (),
    method: str = "GET",
) -> tuple[int, bytes]:
    """A request exactly as written, without a client that would tidy it."""
    sent: list[dict[str, object]] = []
    scope = {
        "type": "http",
        "method": method,
        "path": raw_path.decode("latin-1"),
        "raw_path": raw_path,
        "query_string": b"",
        "headers": list(headers),
        "client": ("203.0.113.77", 1),
        "scheme": "http",
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    body = b"".join(m.get("body", b"") for m in sent[1:])
    return sent[0]["status"], body


async def test_nobody_brings_an_identity_from_outside(
    client: httpx.AsyncClient, registered: str, gateway: Gateway
) -> None:
    number = (await gateway.towns.find(registered)).id
    king = actor(Municipality(key=registered, id=number), [Role.administrator], "test:king")
    forged = Signer("another key that nobody here knows").sign(king)
    for name in (HEADER, HEADER.upper(), "X-Planraum-Roles", "x-planraum-anything"):
        headers = {name: forged, "X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.1"}
        answer = (await client.get(f"/v1/{registered}/mirror", headers=headers)).json()
        assert answer["actor"]["kind"] == "anonymous"
        assert answer["actor"]["roles"] == []
        got = answer["headers"]
        assert [name for name in got if name.startswith("x-planraum-")] == [HEADER]
        assert got["x-forwarded-for"] == "203.0.113.9"
        assert got["x-forwarded-host"] == "planraum.test"
        assert got["x-forwarded-proto"] == "https"
        assert "x-real-ip" not in got


async def test_headers_of_one_connection_end_at_the_door(
    client: httpx.AsyncClient, registered: str
) -> None:
    headers = {
        "Connection": "keep-alive, X-Mine",
        "X-Mine": "1",
        "TE": "trailers",
        "Cookie": "session=1",
        "Proxy-Authorization": "Basic x",
        "Traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "X-Request-ID": "0193d3a4-5b6c-7d8e-9f00-112233445566",
    }
    answer = await client.get(f"/v1/{registered}/mirror?hop", headers=headers)
    got = answer.json()["headers"]
    assert not {"connection", "x-mine", "te", "cookie", "proxy-authorization"} & set(got)
    assert got["traceparent"] == headers["Traceparent"]
    assert got["x-request-id"] == answer.headers["x-request-id"] == headers["X-Request-ID"]
    for name in ("server", "x-hop", "connection"):
        assert name not in answer.headers
    assert answer.headers.get_list("x-request-id") == [headers["X-Request-ID"]]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_role_counts_in_its_own_town_only(
    client: httpx.AsyncClient, registered: str, bearer: Bearer
) -> None:
    async def roles(headers: dict[str, str]) -> list[str]:
        answer = await client.get(f"/v1/{registered}/mirror", headers=headers)
        found: list[str] = answer.json()["actor"]["roles"]
        return found

    assert await roles(bearer("planner", town=registered)) == ["planner"]
    assert await roles(bearer("planner", town="elsewhere")) == []
    assert await roles(bearer("statistician")) == ["statistician"]
    made = {"key": "amt", "name": {"de": "Amt"}, "kind": "administration"}
    address = f"/v1/{registered}/organisations"
    refused = await client.post(address, json=made, headers=bearer("secretary", town="elsewhere"))
    assert refused.status_code == 404
    done = await client.post(address, json=made, headers=bearer("secretary", town=registered))
    assert done.status_code == 201, done.text


async def test_head_is_get_without_the_body(client: httpx.AsyncClient, registered: str) -> None:
    for address in (f"/v1/{registered}/organisations", "/", "/openapi.json"):
        got, headed = await client.get(address), await client.head(address)
        again = await client.head(address)
        for answer in (headed, again):
            assert (answer.status_code, answer.content) == (200, b"")
            assert answer.headers.get("etag") == got.headers.get("etag")
            assert answer.headers["content-length"] == got.headers["content-length"]
    assert (await client.head("/v1/nowhere/bodies")).status_code == 404


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("DELETE", "/v1/municipalities"),
        ("PUT", "/v1/{town}/organisations"),
        ("POST", "/docs"),
        ("TRACE", "/v1/{town}/mirror"),
        ("OPTIONS", "/v1/{town}/organisations"),
    ],
)
async def test_a_method_that_is_not_taken_says_which_are(
    client: httpx.AsyncClient, registered: str, method: str, address: str
) -> None:
    answer = await client.request(method, address.format(town=registered))
    assert answer.status_code == 405
    if "mirror" not in address:
        assert answer.json()["type"] == "/problems/method-not-allowed"
        assert "GET" in answer.headers["allow"]


async def test_a_body_is_refused_when_it_grows_too_large(strict: Gateway, registered: str) -> None:
    pulled = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal pulled
        for _ in range(100):
            pulled += 1
            yield b"x" * 100_000

    async with client_of(strict) as client:
        address = f"/v1/{registered}/mirror"
        told = await client.post(address, content=b"x" * 1_048_577)
        assert told.status_code == 413
        assert told.json()["type"] == "/problems/too-large"
        streamed = await client.post(address, content=endless())
        assert streamed.status_code == 413, streamed.text
        assert pulled < 20
        exactly = await client.post(address, content=b"x" * 1_048_576)
        assert exactly.json()["body"] == 1_048_576


async def test_who_asks_too_often_waits_and_others_do_not(
    strict: Gateway, registered: str, bearer: Bearer
) -> None:
    async with client_of(strict, "192.0.2.1") as one, client_of(strict, "192.0.2.2") as two:
        answers = [await one.get(f"/v1/{registered}/mirror?n={n}") for n in range(6)]
        assert [a.status_code for a in answers] == [200] * 5 + [429]
        assert answers[0].headers["ratelimit-policy"] == '"default";q=5;w=60'
        assert answers[0].headers["ratelimit"].startswith('"default";r=4;t=')
        refused = answers[5]
        assert refused.json()["type"] == "/problems/too-many"
        assert 1 <= int(refused.headers["retry-after"]) <= 75
        assert '"default";r=0;' in refused.headers["ratelimit"]
        assert (await two.get(f"/v1/{registered}/mirror")).status_code == 200
        planner = bearer("planner", subject="busy-planner")
        used = [await two.get(f"/v1/{registered}/mirror", headers=planner) for _ in range(6)]
        assert [a.status_code for a in used] == [200] * 5 + [429]
        other = bearer("planner", subject="quiet-planner")
        assert (await two.get(f"/v1/{registered}/mirror", headers=other)).status_code == 200


async def test_guessing_tokens_is_slowed_down_by_address(
    strict: Gateway, registered: str, bearer: Bearer
) -> None:
    async with client_of(strict, "192.0.2.3") as guesser, client_of(strict, "192.0.2.4") as clerk:
        address = f"/v1/{registered}/mirror"
        guesses = [
            await guesser.get(address, headers={"Authorization": f"Bearer guess-{n}"})
            for n in range(7)
        ]
        assert [a.status_code for a in guesses] == [401] * 5 + [429] * 2
        assert (await clerk.get(address, headers=bearer("planner"))).status_code == 200


async def test_the_client_behind_a_trusted_proxy_is_counted_not_the_proxy(
    strict: Gateway, registered: str
) -> None:
    async with client_of(strict, "10.1.1.1") as proxy, client_of(strict, "192.0.2.9") as liar:
        for number in range(12):
            headers = {"X-Forwarded-For": f"198.51.100.{number}"}
            answer = await proxy.get(f"/v1/{registered}/mirror", headers=headers)
            assert answer.status_code == 200
        statuses = [
            (
                await liar.get(
                    f"/v1/{registered}/mirror", headers={"X-Forwarded-For": f"198.51.100.{n}"}
                )
            ).status_code
            for n in range(6)
        ]
        assert statuses[-1] == 429


async def test_only_listed_frontends_may_call_from_a_browser(
    strict: Gateway, registered: str
) -> None:
    described = {
        one["name"].lower()
        for item in committed()["platform"]["paths"].values()
        for method in item.keys() & {"get", "post", "patch", "put", "delete"}
        for one in item[method].get("parameters", ())
        if one["in"] == "header"
    }
    assert {"if-match", "prefer"} < described
    asked = {
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": ",".join(sorted({"authorization", *described})),
    }
    address = f"/v1/{registered}/mirror"
    async with client_of(strict, "192.0.2.20") as client:
        allowed = await client.options(
            address, headers={"Origin": "https://frontend.example", **asked}
        )
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == "https://frontend.example"
        refused = await client.options(address, headers={"Origin": "https://evil.example", **asked})
        assert refused.status_code == 400
        assert "access-control-allow-origin" not in refused.headers
        for _ in range(2):  # computed, then kept
            read = await client.get(address, headers={"Origin": "https://frontend.example"})
            assert read.headers["access-control-allow-origin"] == "https://frontend.example"
            assert "etag" in read.headers["access-control-expose-headers"].lower()
        other = await client.get(address, headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("accepted", ["gzip", "gzip;q=1.0, br;q=0", "GZIP", "deflate, gzip"])
async def test_answers_are_compressed_once(
    client: httpx.AsyncClient, registered: str, accepted: str
) -> None:
    address = f"/v1/{registered}/mirror?long={'x' * 2000}"
    for _ in range(2):
        async with client.stream("GET", address, headers={"accept-encoding": accepted}) as answer:
            raw = b"".join([chunk async for chunk in answer.aiter_raw()])
        assert answer.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert gzip.decompress(raw).startswith(b"{")
    plain = await client.get(address, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers


async def test_a_service_that_fails_does_not_say_why(
    settings: Settings, database_url: str, registered: str
) -> None:
    broken = FastAPI()

    @broken.get("/v1/{municipality}/broken")
    async def fail(municipality: str) -> None:
        raise RuntimeError(f"secret of {municipality}")

    @broken.get("/v1/{municipality}/slow")
    async def sleep(municipality: str) -> str:
        await asyncio.sleep(30)
        return municipality

    given = settings.model_copy(update={"upstream_timeout": 0.1})
    gateway = create_app(given, database_url, {"broken": broken})
    async with opened(gateway), client_of(gateway) as client:
        failed = await client.get(f"/v1/{registered}/broken")
        assert failed.status_code == 500
        assert "secret" not in failed.text
        late = await client.get(f"/v1/{registered}/slow")
        assert late.status_code == 504
        assert late.json()["type"] == "/problems/upstream-timeout"
