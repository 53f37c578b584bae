"""Services in processes of their own: one that hangs or falls takes nobody with it."""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway import document
from services.gateway.app import Gateway, create_app
from services.gateway.dispatch import Remote
from services.kit.settings import Settings
from tests.integration.gateway.conftest import client_of, opened, served

PIECES = 40


class Streamer:
    """A service that sends an answer piece by piece and takes a body piece by piece."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.got: list[int] = []
        self.first_piece = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            await self._take(receive)
        start: Message = {"type": "http.response.start", "status": 200, "headers": []}
        await send(start)
        if scope["query_string"] == b"break":
            await send({"type": "http.response.body", "body": b"half", "more_body": True})
            raise RuntimeError("fell over")
        for number in range(PIECES):
            if number == 1 and scope["query_string"] == b"wait":
                await self.go_on.wait()
            await send({"type": "http.response.body", "body": b"x" * 50_000, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _take(self, receive: Receive) -> None:
        more = True
        while more:
            message = await receive()
            self.got.append(len(message.get("body", b"")))
            self.first_piece.set()
            more = message.get("more_body", False)


@pytest.fixture
def silent() -> AsyncIterator[str]:
    """A socket that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def closed() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"


@pytest.fixture
async def streamer() -> Streamer:
    return Streamer()


@pytest.fixture
async def apart(
    settings: Settings,
    database_url: str,
    looking_glass: FastAPI,
    streamer: Streamer,
    silent: str,
    closed: str,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Gateway]:
    """The gateway before four services over HTTP, two well, one silent, one gone; one near."""
    monkeypatch.setattr(
        document,
        "committed",
        lambda service: {"paths": {f"/v1/{{municipality}}/{service}": {}}},
    )
    given = settings.model_copy(update={"upstream_timeout": 1.0})
    async with served(looking_glass) as mirror, served(streamer) as streaming:
        urls = {"mirror": mirror, "stream": streaming, "silent": silent, "closed": closed}
        upstreams: dict[str, ASGIApp] = {name: Remote(url) for name, url in urls.items()}
        upstreams["near"] = streamer
        async with opened(create_app(given, database_url, upstreams)) as gateway:
            yield gateway


@pytest.fixture
async def caller(apart: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(apart) as client:
        yield client


async def test_a_service_over_http_sees_the_same_request(
    caller: httpx.AsyncClient, registered: str
) -> None:
    answer = await caller.post(
        f"/v1/{registered}/mirror?a=%2F&b=+",
        content=b"x" * 100_000,
        headers={"Connection": "x-mine", "X-Mine": "1", "Traceparent": "00-1-2-01"},
    )
    told = answer.json()
    assert told["path"] == f"/v1/{registered}/mirror"
    assert told["query"] == "a=%2F&b=+"
    assert told["body"] == 100_000
    assert told["actor"]["municipality"]["key"] == registered
    assert told["headers"]["traceparent"] == "00-1-2-01"
    assert told["headers"]["x-forwarded-for"] == "203.0.113.9"
    assert told["headers"]["host"].startswith("127.0.0.1")
    assert "x-mine" not in told["headers"]
    assert "server" not in answer.headers
    assert len(answer.headers.get_list("x-request-id")) == 1
    assert (await caller.head(f"/v1/{registered}/mirror")).content == b""


async def test_a_service_that_is_away_is_503_and_the_others_go_on(
    caller: httpx.AsyncClient, registered: str
) -> None:
    away, well = await asyncio.gather(
        caller.get(f"/v1/{registered}/closed"), caller.get(f"/v1/{registered}/mirror")
    )
    assert away.status_code == 503
    assert away.json()["type"] == "/problems/unavailable"
    assert int(away.headers["retry-after"]) > 0
    assert well.status_code == 200


async def test_a_service_that_never_answers_is_504_and_the_others_go_on(
    caller: httpx.AsyncClient, registered: str
) -> None:
    hanging = [asyncio.create_task(caller.get(f"/v1/{registered}/silent")) for _ in range(20)]
    await asyncio.sleep(0.05)
    well = await caller.get(f"/v1/{registered}/mirror")
    assert well.status_code == 200
    assert not any(task.done() for task in hanging)
    assert {(await task).status_code for task in hanging} == {504}


async def test_readiness_names_who_is_away_and_stays_ready(caller: httpx.AsyncClient) -> None:
    answer = await caller.get("/readyz")
    assert answer.status_code == 200
    report = answer.json()
    assert report["ready"] is True
    assert report["services"]["closed"] == {"ready": False, "reason": "it does not answer"}
    assert report["services"]["silent"]["ready"] is False
    assert (await caller.get("/livez")).json()["status"] == "alive"


@pytest.mark.parametrize("where", ["stream", "near"])
async def test_a_large_answer_flows_while_it_is_made(
    apart: Gateway, streamer: Streamer, registered: str, where: str
) -> None:
    async with served(apart) as url, httpx.AsyncClient(base_url=url) as client:
        plain = {"accept-encoding": "identity"}
        async with client.stream("GET", f"/v1/{registered}/{where}?wait", headers=plain) as answer:
            pieces = answer.aiter_raw()
            size = len(await anext(pieces))
            assert 0 < size <= 50_000
            streamer.go_on.set()
            async for piece in pieces:
                size += len(piece)
        assert size == PIECES * 50_000


@pytest.mark.parametrize("where", ["stream", "near"])
async def test_a_large_body_flows_while_it_is_sent(
    apart: Gateway, streamer: Streamer, registered: str, where: str
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"x" * 60_000
        await asyncio.wait_for(streamer.first_piece.wait(), 2)
        yield b"y" * 60_000

    async with served(apart) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await client.post(f"/v1/{registered}/{where}", content=pieces())
        assert answer.status_code == 200, answer.text
        assert sum(streamer.got) == 120_000
        assert len(streamer.got) > 1


async def test_an_answer_that_breaks_off_is_not_taken_for_whole(
    apart: Gateway, registered: str
) -> None:
    async with served(apart) as url, httpx.AsyncClient(base_url=url) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(f"/v1/{registered}/stream?break")


async def test_a_body_over_http_is_counted_while_it_flows(
    settings: Settings,
    database_url: str,
    streamer: Streamer,
    registered: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b"x" * 100_000

    monkeypatch.setattr(
        document, "committed", lambda _: {"paths": {"/v1/{municipality}/stream": {}}}
    )
    given = settings.model_copy(update={"max_body_megabytes": 1})
    async with served(streamer) as url:
        gateway = create_app(given, database_url, {"stream": Remote(url)})
        async with opened(gateway), client_of(gateway) as client:
            answer = await client.post(f"/v1/{registered}/stream", content=endless())
            assert answer.status_code == 413
            assert answer.json()["type"] == "/problems/too-large"
